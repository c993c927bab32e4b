package facesort.worker.policy;

import java.util.List;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a partition's committed offset says about the process that had it last: kept as the offset's
 * metadata, written when the partition is assigned, cleared when it is handed over cleanly. A mark
 * found dirty means that the process died.
 *
 * <table>
 *   <caption>What the attempt number means while records are left to be careful with</caption>
 *   <tr><th>attempt</th><th>since the last clean end</th><th>how the suspects run</th></tr>
 *   <tr><td>0</td><td>nobody works: {@link #NONE}</td><td>-</td></tr>
 *   <tr><td>1</td><td>no death: {@link #WORKING}</td><td>in the process itself</td></tr>
 *   <tr><td>2</td><td>one death</td><td>whole buckets in the child: {@link #isCareful()}</td></tr>
 *   <tr><td>3 and more</td><td>a careful process died, too</td>
 *       <td>one record at a time in the child, each noted before it runs: {@link #singly()}</td>
 *   </tr>
 * </table>
 *
 * <p>Only the deaths of processes that had noted the same record convict it, three in a row: a kill
 * from outside hits the same one three times only by intent. Records convicted earlier in a batch
 * stay convicted until the batch is committed, or two killers in one batch would acquit each other
 * for ever.
 *
 * @param dirty true while a process works
 * @param attempt see the table
 * @param left records that are still to be run carefully
 * @param suspect offset of the record that ran when a process died last, or -1
 * @param deaths how many processes in a row died with it
 * @param current offset of the record that runs now, or -1
 * @param convicted offsets of records convicted before the suspect, not committed yet
 */
public record CrashMark(
    boolean dirty,
    int attempt,
    int left,
    long suspect,
    int deaths,
    long current,
    List<Long> convicted) {

  /** No record: what {@link #running} is given when a careful batch has run and is published. */
  public static final long NOTHING = -1;

  /** Nobody works on the partition, and nothing is known against its records. */
  public static final CrashMark NONE = new CrashMark(false, 0, 0, NOTHING, 0, NOTHING, List.of());

  /** A process works on the partition, and nothing is known against its records. */
  public static final CrashMark WORKING = new CrashMark(true, 1, 0, NOTHING, 0, NOTHING, List.of());

  private static final int DEATHS_TO_CONVICT = 3;
  private static final Pattern TEXT =
      Pattern.compile(
          "q1;([01]);(\\d{1,9});(\\d{1,9});(-1|\\d{1,18});(\\d{1,9});(-1|\\d{1,18})"
              + "(?:;(\\d{1,18}(?:,\\d{1,18})*))?");

  /** Copies the list. */
  public CrashMark {
    convicted = List.copyOf(convicted);
  }

  /** The mark of this text; {@link #NONE} for a text that no mark of this version has. */
  public static CrashMark parse(@Nullable String text) {
    Matcher parts = TEXT.matcher(text == null ? "" : text);
    if (!parts.matches()) {
      return NONE;
    }
    String offsets = parts.group(7);
    return new CrashMark(
        parts.group(1).equals("1"),
        Integer.parseInt(parts.group(2)),
        Integer.parseInt(parts.group(3)),
        Long.parseLong(parts.group(4)),
        Integer.parseInt(parts.group(5)),
        Long.parseLong(parts.group(6)),
        offsets == null
            ? List.of()
            : Stream.of(offsets.split(",", -1)).map(Long::parseLong).toList());
  }

  /**
   * The text that {@link #parse} reads: {@code q1;1;attempt;left;suspect;deaths;current}, and the
   * convicted where there are any.
   */
  public String text() {
    var text = new StringJoiner(";", "q1;", "");
    text.add(dirty ? "1" : "0");
    Stream.of(attempt, left, suspect, deaths, current).map(String::valueOf).forEach(text::add);
    if (!convicted.isEmpty()) {
      text.add(convicted.stream().map(String::valueOf).collect(Collectors.joining(",")));
    }
    return text.toString();
  }

  /**
   * The mark of a process that was just given the partition by the one that left this mark.
   *
   * @param suspects how many records may have been in work when that process died: a poll's most
   */
  public CrashMark assigned(int suspects) {
    if (!dirty) {
      return new CrashMark(true, Math.max(1, attempt), left, suspect, deaths, NOTHING, convicted);
    }
    if (current < 0) {
      return new CrashMark(true, attempt + 1, suspects, suspect, deaths, NOTHING, convicted);
    }
    boolean again = current == suspect;
    return new CrashMark(
        true,
        attempt + 1,
        suspects,
        current,
        again ? deaths + 1 : 1,
        NOTHING,
        again ? convicted : withSuspect());
  }

  /** The mark of a partition that was given back in order; who gets it next goes on carefully. */
  public CrashMark handedOver() {
    return left > 0
        ? new CrashMark(false, attempt, left, suspect, deaths, NOTHING, convicted)
        : NONE;
  }

  /** The mark while this record runs in the child. */
  public CrashMark running(long offset) {
    return new CrashMark(true, attempt, left, suspect, deaths, offset, convicted);
  }

  /**
   * The mark after a careful batch was committed; {@link #WORKING} when it was the last one.
   *
   * @param lastOffset offset of the batch's last record in this partition
   * @param records how many records of this partition it had
   * @param endAtAssignment the partition's end when it was assigned: nothing behind it was in work
   */
  public CrashMark after(long lastOffset, int records, long endAtAssignment) {
    int remaining = lastOffset + 1 >= endAtAssignment ? 0 : left - records;
    if (remaining <= 0) {
      return WORKING;
    }
    boolean passed = suspect <= lastOffset;
    return new CrashMark(
        true,
        attempt,
        remaining,
        passed ? NOTHING : suspect,
        passed ? 0 : deaths,
        NOTHING,
        convicted.stream().filter(offset -> offset > lastOffset).toList());
  }

  /** True while records run in the child instead of the process itself. */
  public boolean isCareful() {
    return left > 0;
  }

  /**
   * True when a process died although it was careful already: then one record runs at a time, and
   * {@link #running} is committed before each.
   */
  public boolean singly() {
    return left > 0 && attempt > 2;
  }

  /** True when three processes in a row died with exactly this record: it is not run again. */
  public boolean convicts(long offset) {
    return (suspect == offset && deaths >= DEATHS_TO_CONVICT) || convicted.contains(offset);
  }

  private List<Long> withSuspect() {
    return deaths < DEATHS_TO_CONVICT
        ? convicted
        : LongStream.concat(convicted.stream().mapToLong(Long::longValue), LongStream.of(suspect))
            .boxed()
            .toList();
  }
}
