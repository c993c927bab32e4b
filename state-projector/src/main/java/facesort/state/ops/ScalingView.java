package facesort.state.ops;

import java.util.List;

/** Work that remains, stage by stage. */
public record ScalingView(List<Stage> stages) {

  /**
   * A stage: detect and match count photos, delivery pairs of photo and friend, cleanup jobs.
   *
   * @param remaining what it still has to do
   * @param poisoned open dead letters of what it reads; they are no part of the remaining work
   */
  public record Stage(String stage, long remaining, long poisoned, List<Partition> partitions) {}

  /**
   * The part of one partition of the topic that the stage reads.
   *
   * @param oldestSeconds how long the oldest waits; 0 when there is none
   */
  public record Partition(
      String topic, int partition, long remaining, double oldestSeconds, long poisoned) {}
}
