package facesort.inference.wrong;

/** Breaks: stages have no Kafka in them. */
public record UsesKafka(org.apache.kafka.common.TopicPartition partition) {}
