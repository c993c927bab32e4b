package facesort.ops.console;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Rows of text under headings, aligned by the widest cell. */
public final class Table {
  private static final String GAP = "  ";

  private final List<String> headings;
  private final List<List<String>> rows = new ArrayList<>();

  private Table(List<String> headings) {
    this.headings = headings;
  }

  /** Without rows. */
  public static Table of(String... headings) {
    return new Table(List.of(headings));
  }

  /** Adds a row with as many cells as there are headings. */
  public Table row(Object... cells) {
    if (cells.length != headings.size()) {
      throw new IllegalArgumentException(
          "%d cells for %d columns".formatted(cells.length, headings.size()));
    }
    rows.add(IntStream.range(0, cells.length).mapToObj(i -> String.valueOf(cells[i])).toList());
    return this;
  }

  List<String> headingLines() {
    return List.of(line(headings));
  }

  List<String> rowLines() {
    return rows.stream().map(this::line).toList();
  }

  private String line(List<String> cells) {
    return IntStream.range(0, cells.size())
        .mapToObj(i -> padded(cells.get(i), width(i)))
        .collect(Collectors.joining(GAP))
        .stripTrailing();
  }

  private int width(int column) {
    int widest = rows.stream().mapToInt(row -> length(row.get(column))).max().orElse(0);
    return Math.max(widest, length(headings.get(column)));
  }

  private static String padded(String cell, int width) {
    return cell + " ".repeat(width - length(cell));
  }

  private static int length(String cell) {
    return cell.codePointCount(0, cell.length());
  }
}
