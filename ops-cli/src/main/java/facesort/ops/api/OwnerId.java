package facesort.ops.api;

import facesort.schemas.EventIds;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Takes an owner's id from the command line; anything else is a wrong command line. */
public final class OwnerId implements ITypeConverter<String> {
  @Override
  public String convert(String value) {
    if (!EventIds.isValid(value)) {
      throw new TypeConversionException("an owner is an id of the form " + EventIds.FORM);
    }
    return value;
  }
}
