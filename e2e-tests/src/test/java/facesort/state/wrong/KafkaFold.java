package facesort.state.wrong;

/** Breaks: the pure fold has no Kafka in it. */
public record KafkaFold(org.apache.kafka.common.TopicPartition partition) {}
