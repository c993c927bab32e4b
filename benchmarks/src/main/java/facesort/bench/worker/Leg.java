package facesort.bench.worker;

import facesort.bench.drive.Answer;
import java.util.List;

/**
 * One run of one contender.
 *
 * @param contender its name
 * @param records how many it answered
 * @param perSecond its rate after the first tenth, by the broker's clock
 * @param spinBefore milliseconds of the calibration before it
 * @param spinAfter the same after it
 * @param steady false when the machine's speed moved meanwhile
 */
record Leg(
    String contender,
    int records,
    double perSecond,
    double spinBefore,
    double spinAfter,
    boolean steady) {

  /** Records a second from the time at which a tenth was appended to the last append. */
  static double rate(List<Answer> answers) {
    long[] times = answers.stream().mapToLong(Answer::appended).sorted().toArray();
    int tenth = times.length / 10;
    long millis = Math.max(times[times.length - 1] - times[tenth], 1);
    return (times.length - 1 - tenth) * 1000.0 / millis;
  }
}
