-- How far each reader has come; written in the transaction of the rows that the records led to.
CREATE TABLE IF NOT EXISTS watermark (
  reader          text   NOT NULL,
  topic           text   NOT NULL,
  kafka_partition int    NOT NULL,
  next_offset     bigint NOT NULL,
  PRIMARY KEY (reader, topic, kafka_partition)
);
