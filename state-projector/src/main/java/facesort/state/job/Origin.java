package facesort.state.job;

/**
 * Where an event was read.
 *
 * @param topic topic name
 * @param partition partition number
 * @param offset offset of the record
 */
record Origin(String topic, int partition, long offset) {

  @Override
  public String toString() {
    return topic + "-" + partition + "@" + offset;
  }
}
