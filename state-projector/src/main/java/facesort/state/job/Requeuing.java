package facesort.state.job;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A part of a selection that was worked off: facts in, facts out. The part that is done is in the
 * job's facts, so that a selection of any size is worked off in many transactions and no photo is
 * queued twice.
 *
 * @param job the job's facts after it
 * @param photos photos to be queued again, with their facts after it
 * @param looked how many photos were looked at
 */
record Requeuing(JobFacts job, List<Map.Entry<String, PhotoFacts>> photos, int looked) {

  /**
   * Works off the next part of the oldest selection.
   *
   * @param rest photos of the job behind the last one that was looked at, in order
   * @param most how many photos are looked at
   */
  static Requeuing of(JobFacts job, Iterator<Map.Entry<String, PhotoFacts>> rest, int most) {
    var pending = job.runs().requeues().getFirst();
    var taken = new ArrayList<Map.Entry<String, PhotoFacts>>();
    var tally = job.tally();
    @Nullable String last = null;
    var looked = 0;
    for (; looked < most && rest.hasNext(); looked++) {
      var photo = rest.next();
      last = photo.getKey();
      // What another command queued in a later run meanwhile is not taken back into this one.
      if (photo.getValue().run() < pending.run()
          && pending.selection().takes(job, last, photo.getValue())) {
        var again = photo.getValue().again(pending.run());
        tally = tally.replace(photo.getValue().tally(job.runs()), again.tally(job.runs()));
        taken.add(Map.entry(last, again));
      }
    }
    var left = rest.hasNext() && last != null ? pending.after(last) : null;
    return new Requeuing(job.with(tally).with(job.runs().worked(left)), taken, looked);
  }
}
