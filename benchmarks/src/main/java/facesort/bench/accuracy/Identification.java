package facesort.bench.accuracy;

import facesort.bench.accuracy.OpenSet.Row;
import facesort.bench.accuracy.OpenSet.Run;
import facesort.inference.face.Face;
import facesort.inference.match.MatchPolicy;
import facesort.ops.console.Output;
import facesort.ops.console.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What many limits do to friends and strangers, and what a limit that is chosen with half of the
 * people does to the other half, none of whom had a part in the choice.
 *
 * @param people the faces of each picture of each person
 */
record Identification(List<List<List<Face>>> people) {
  private static final int LOWEST = 30;
  private static final int HIGHEST = 60;
  private static final int STEP = 5;
  private static final float[] MARGINS = {0, 0.04f, 0.08f, 0.12f};
  private static final int[] REFERENCES = {1, 3};
  private static final MatchPolicy POLICY = MatchPolicy.DEFAULT;

  /**
   * A threshold that let no stranger through where it was chosen, and what it did elsewhere.
   *
   * @param chosenOn which half
   * @param elsewhere at this threshold, on the other half
   */
  record Chosen(int references, int chosenOn, Row elsewhere) {}

  /** By the folders that the pictures lay in. */
  static Identification of(List<String> people, List<List<Face>> faces) {
    Map<String, List<List<Face>>> byPerson = new LinkedHashMap<>();
    for (int i = 0; i < faces.size(); i++) {
      byPerson.computeIfAbsent(people.get(i), _ -> new ArrayList<>()).add(faces.get(i));
    }
    return new Identification(
        byPerson.values().stream().filter(pictures -> pictures.size() > most()).toList());
  }

  /** Prints the tables; returns what they hold. */
  Map<String, Object> print(Output output) {
    Map<String, Object> all = new LinkedHashMap<>();
    for (int references : REFERENCES) {
      Run run = new OpenSet(references).run(people);
      List<Row> rows = rows(run);
      output.say("");
      output.say(
          "%d reference(s): %d enrolments, %d refused; %d friends and %d strangers looked at; %% of each"
              .formatted(
                  references, run.enrolled(), run.refused(), run.ofFriends(), run.ofStrangers()));
      output.say(table(rows));
      all.put(
          "references_" + references,
          Map.of("enrolled", run.enrolled(), "refused", run.refused(), "rows", rows));
    }
    List<Chosen> chosen = heldOut();
    output.say("");
    output.say(
        "Least threshold that lets no stranger through on one half, and the other half at it");
    chosen.forEach(one ->
        output.say(
            "%d reference(s), half %d: %s"
                .formatted(one.references, one.chosenOn, line(one.elsewhere))));
    all.put("held_out", chosen);
    return all;
  }

  private List<Chosen> heldOut() {
    List<Chosen> chosen = new ArrayList<>();
    for (int references : REFERENCES) {
      OpenSet set = new OpenSet(references);
      for (int half = 0; half < 2; half++) {
        Run here = set.run(half(half));
        Run there = set.run(half(1 - half));
        float threshold =
            (float)
                IntStream.rangeClosed(LOWEST, 100)
                    .mapToDouble(percent -> percent / 100.0)
                    .filter(at -> at((float) at, POLICY.margin(), here).strangersAccepted() == 0)
                    .findFirst()
                    .orElseThrow();
        chosen.add(new Chosen(references, half, at(threshold, POLICY.margin(), there)));
      }
    }
    return chosen;
  }

  /** Two of four: so that each half is halved again in another way. */
  private List<List<List<Face>>> half(int half) {
    return IntStream.range(0, people.size())
        .filter(person -> person / 2 % 2 == half)
        .mapToObj(people::get)
        .toList();
  }

  private static List<Row> rows(Run run) {
    List<Row> rows = new ArrayList<>();
    for (int percent = LOWEST; percent <= HIGHEST; percent += STEP) {
      for (float margin : MARGINS) {
        rows.add(at(percent / 100f, margin, run));
      }
    }
    return rows;
  }

  /** With a review band as wide as the product's. */
  private static Row at(float threshold, float margin, Run run) {
    return run.at(threshold, margin, threshold - (POLICY.threshold() - POLICY.reviewFrom()));
  }

  private static Table table(List<Row> rows) {
    Table table =
        Table.of("THRESHOLD", "MARGIN", "STRANGERS IN", "ASKED", "FRIENDS RIGHT", "WRONG", "ASKED");
    for (Row row : rows) {
      table.row(
          number("%.2f", row.threshold()),
          number("%.2f", row.margin()),
          percent(row.strangersAccepted()),
          percent(row.strangersAsked()),
          percent(row.friendsRight()),
          percent(row.friendsWrong()),
          percent(row.friendsAsked()));
    }
    return table;
  }

  private static String line(Row row) {
    return "threshold %s; strangers in %s, friends right %s, wrong %s, asked %s"
        .formatted(
            number("%.2f", row.threshold()),
            percent(row.strangersAccepted()),
            percent(row.friendsRight()),
            percent(row.friendsWrong()),
            percent(row.friendsAsked()));
  }

  private static String percent(double share) {
    return number("%.2f", 100 * share);
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }

  private static int most() {
    return IntStream.of(REFERENCES).max().orElseThrow();
  }
}
