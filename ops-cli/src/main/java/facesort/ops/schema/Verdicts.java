package facesort.ops.schema;

import facesort.ops.console.ExitCode;
import facesort.ops.console.Output;
import facesort.ops.console.Table;
import facesort.schemas.SchemaRegistration.Verdict;
import facesort.schemas.SchemaRegistration.Verdict.Compatible;
import facesort.schemas.SchemaRegistration.Verdict.Incompatible;
import java.util.List;

/** Prints what was found about each subject. */
final class Verdicts {
  private Verdicts() {}

  static ExitCode print(Output output, List<Verdict> verdicts) {
    List<Line> lines = verdicts.stream().map(Verdicts::line).toList();
    Table table = Table.of("subject", "versions", "compatible", "why not");
    for (Line line : lines) {
      table.row(
          line.subject(),
          line.versions() < 0 ? "-" : line.versions(),
          line.compatible() ? "yes" : "no",
          String.join("; ", line.reasons()));
    }
    output.say(table);
    output.result(new Lines(lines));
    return lines.stream().allMatch(Line::compatible) ? ExitCode.DONE : ExitCode.ERROR;
  }

  private static Line line(Verdict verdict) {
    return switch (verdict) {
      case Compatible yes -> new Line(yes.subject(), true, yes.versions(), List.of());
      case Incompatible no -> new Line(no.subject(), false, -1, no.reasons());
    };
  }

  /** What is printed as JSON. */
  record Lines(List<Line> subjects) {}

  /**
   * One subject.
   *
   * @param versions number of versions registered before; -1 when not known
   */
  record Line(String subject, boolean compatible, int versions, List<String> reasons) {}
}
