package facesort.schemas;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;

/** Creates the topics of the catalogue, each with its dead-letter topic. */
public final class TopicCreation {

  private TopicCreation() {}

  /**
   * Creates what is missing and leaves what is there.
   *
   * @param replication replication factor of new topics
   * @return names of the topics that were created
   * @throws IllegalStateException when a topic is there with another partition count: the contract
   *     fixes the count, since tasks are spread by key
   * @throws ExecutionException when the broker refuses
   */
  public static List<String> createMissing(Admin admin, short replication)
      throws ExecutionException, InterruptedException {
    var wanted = wanted(replication);
    var existing = admin.listTopics().names().get();
    refuseOtherPartitionCounts(admin, wanted, existing);
    var created = new ArrayList<String>();
    var missing = wanted.stream().filter(topic -> !existing.contains(topic.name())).toList();
    for (var result : admin.createTopics(missing).values().entrySet()) {
      try {
        result.getValue().get();
        created.add(result.getKey());
      } catch (ExecutionException e) {
        // Another starter was quicker: the topic is there, which is all that is asked.
        if (!(e.getCause() instanceof TopicExistsException)) {
          throw e;
        }
      }
    }
    return created;
  }

  private static List<NewTopic> wanted(short replication) {
    var wanted = new ArrayList<NewTopic>();
    for (Topic<?> topic : Topics.ALL) {
      wanted.add(
          new NewTopic(topic.name(), topic.partitions(), replication).configs(topic.settings()));
      wanted.add(
          new NewTopic(topic.deadLetters(), topic.partitions(), replication)
              .configs(topic.deadLetterSettings()));
    }
    wanted.add(
        new NewTopic(Topics.PROJECTOR_DEAD_LETTERS, Topics.CLEANUP.partitions(), replication)
            .configs(Topics.CLEANUP.deadLetterSettings()));
    return wanted;
  }

  private static void refuseOtherPartitionCounts(
      Admin admin, List<NewTopic> wanted, java.util.Set<String> existing)
      throws ExecutionException, InterruptedException {
    var there = wanted.stream().map(NewTopic::name).filter(existing::contains).toList();
    Map<String, Integer> counts = new HashMap<>();
    admin
        .describeTopics(there)
        .allTopicNames()
        .get()
        .forEach((name, topic) -> counts.put(name, topic.partitions().size()));
    var wrong =
        wanted.stream()
            .filter(topic ->
                counts.getOrDefault(topic.name(), topic.numPartitions()) != topic.numPartitions())
            .map(topic ->
                "%s has %d partitions, the contract says %d"
                    .formatted(topic.name(), counts.get(topic.name()), topic.numPartitions()))
            .collect(Collectors.joining("; "));
    if (!wrong.isEmpty()) {
      throw new IllegalStateException("partition counts are fixed at creation: " + wrong);
    }
  }
}
