package facesort.delivery.ledger;

import java.util.List;

/**
 * Released pairs of one job that go to one friend by one channel.
 *
 * @param jobId job
 * @param friendId friend
 * @param address where they go; personal data, never logged
 * @param pairs the pairs by their place in the job, at least one
 */
public record ReleasedGroup(
    String jobId, String friendId, String address, List<ReleasedPair> pairs) {

  @Override
  public String toString() {
    return "ReleasedGroup[job=%s, friend=%s, %d pairs]".formatted(jobId, friendId, pairs.size());
  }
}
