package facesort.service;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;

/**
 * Names of settings as records declare them: {@code a.b-c}, {@code a.*.d} in a map, {@code a[0]} in
 * a list. Compared in uniform form, as relaxed binding does: without case, dashes and underscores.
 */
final class SettingNames {

  /** Stands for any key of a map. */
  private static final String ANY = "*";

  /** Stands for any index of a list. */
  private static final String INDEX = "#";

  private final Set<String> names = new TreeSet<>();

  /**
   * Adds all that can be set in a record.
   *
   * @param prefix where it is bound
   */
  void add(String prefix, Class<?> type) {
    if (!type.isRecord()) {
      throw new IllegalArgumentException("settings are records, but not " + type.getName());
    }
    for (var component : type.getRecordComponents()) {
      var name = DataObjectPropertyName.toDashedForm(component.getName());
      addValue(prefix + "." + name, component.getGenericType());
    }
  }

  private void addValue(String name, Type type) {
    if (type instanceof Class<?> record && record.isRecord()) {
      add(name, record);
    } else if (type instanceof ParameterizedType map && isA(Map.class, map)) {
      addValue(name + "." + ANY, map.getActualTypeArguments()[1]);
    } else {
      names.add(name);
      if (type instanceof ParameterizedType list && isA(Collection.class, list)) {
        addValue(name + "." + INDEX, list.getActualTypeArguments()[0]);
      }
    }
  }

  private static boolean isA(Class<?> wanted, ParameterizedType type) {
    return type.getRawType() instanceof Class<?> raw && wanted.isAssignableFrom(raw);
  }

  /** True for the name of a setting as files and arguments have it. */
  boolean hasProperty(String property) {
    return names.stream()
        .anyMatch(name -> pattern(name, "\\.").matcher(uniform(property)).matches());
  }

  /** True for a name that only leads to settings, as an empty section of a file has it. */
  boolean hasSection(String property) {
    var section = uniform(property) + ".";
    return names.stream().anyMatch(name -> uniform(name).startsWith(section));
  }

  /**
   * True for the name of a setting as the environment has it; nobody can tell where its dots are.
   */
  boolean hasVariable(String variable) {
    var uniform = uniform(variable).replace(".", "");
    return names.stream().anyMatch(name -> pattern(name, "").matcher(uniform).matches());
  }

  /** True when some setting lies below this part, such as {@code facesort.delivery}. */
  boolean hasPart(String part) {
    return hasSection(part) || hasProperty(part);
  }

  /** The setting whose name differs least from this one. */
  Optional<String> nearest(String property) {
    var uniform = uniform(property).replace(".", "");
    return names.stream()
        .min(Comparator.comparingInt(name -> distance(uniform, uniform(name).replace(".", ""))))
        .map(name -> name.replace("." + INDEX, "[0]"));
  }

  private static Pattern pattern(String name, String dot) {
    var pattern = new StringBuilder();
    for (var part : uniform(name).split("\\.", -1)) {
      pattern.append(pattern.isEmpty() ? "" : dot);
      pattern.append(
          switch (part) {
            case ANY -> ".+";
            case INDEX -> "\\d+";
            default -> Pattern.quote(part);
          });
    }
    return Pattern.compile(pattern.toString());
  }

  private static String uniform(String name) {
    return name.toLowerCase(Locale.ROOT)
        .replace("-", "")
        .replace("_", "")
        .replace("[", ".")
        .replace("]", "");
  }

  /** How many letters must be changed, added or left out (Levenshtein). */
  private static int distance(String one, String other) {
    var row = new int[other.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int changed = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[other.length()];
  }
}
