package facesort.state.readmodel;

import java.time.Instant;

/** How values of a column travel: an array of one element type, and what makes a value of each. */
enum ColumnType {
  TEXT(String.class, "text", "%s"),
  INT(Integer.class, "int", "%s"),
  BIGINT(Long.class, "bigint", "%s"),
  BOOL(Boolean.class, "boolean", "%s"),
  REAL(Float.class, "real", "%s"),
  DOUBLE(Double.class, "double precision", "%s"),
  TIME(Instant.class, "timestamptz", "%s"),
  /** A JSON text. */
  JSON(String.class, "text", "%s::jsonb"),
  /** A JSON text, an array of texts: an array of arrays would be flattened. */
  TEXTS(String.class, "text", "ARRAY(SELECT jsonb_array_elements_text(%s::jsonb))"),
  /** A text, numbers with commas between braces. */
  REALS(String.class, "text", "%s::real[]");

  private final Class<?> element;
  private final String array;
  private final String value;

  ColumnType(Class<?> element, String array, String value) {
    this.element = element;
    this.array = array;
    this.value = value;
  }

  Class<?> element() {
    return element;
  }

  /** The parameter of that position as an array. */
  String parameter(int position) {
    return "$" + position + "::" + array + "[]";
  }

  /** The value to insert, of an element of the array. */
  String value(String name) {
    return value.formatted(name);
  }
}
