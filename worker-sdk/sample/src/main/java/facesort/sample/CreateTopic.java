package facesort.sample;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;

/** Creates the stage's topic: {@code CreateTopic HOST:PORT}. A topic is made on purpose, once. */
public final class CreateTopic {
  private static final short REPLICATION = 1;

  private CreateTopic() {}

  /** Creates it on the broker that the argument names; fails when it is there. */
  public static void main(String[] arguments) throws Exception {
    var broker = AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG;
    try (Admin admin = Admin.create(Map.of(broker, arguments[0]))) {
      admin.createTopics(List.of(topic())).all().get();
    }
    System.out.println("created " + BlurStage.SCORES.name());
  }

  static NewTopic topic() {
    return new NewTopic(BlurStage.SCORES.name(), BlurStage.SCORES.partitions(), REPLICATION)
        .configs(BlurStage.SCORES.settings());
  }
}
