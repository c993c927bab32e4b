package facesort.ops.console;

/** How results are printed. */
public enum Format {
  /** For people. */
  TABLE,
  /** One JSON value on standard output; everything else goes to standard error. */
  JSON
}
