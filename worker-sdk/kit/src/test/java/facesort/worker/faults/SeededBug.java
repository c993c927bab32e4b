package facesort.worker.faults;

import facesort.worker.kit.Guarantee;
import facesort.worker.kit.SeededSource;

/** Bugs that a runtime of this kind may have, and the guarantee that must find each. */
enum SeededBug {
  OFFSETS_COMMITTED_BEFORE_THE_WORK(
      Scenario.KILLED_WHILE_WORKING,
      Guarantee.NOTHING_IS_LOST,
      "BatchRunner",
      "work(batch, consumer);",
      """
      java.util.Map<TopicPartition, org.apache.kafka.clients.consumer.OffsetAndMetadata> now =
          new HashMap<>();
      records.forEach(r -> now.put(partition(r),
          new org.apache.kafka.clients.consumer.OffsetAndMetadata(r.offset() + 1)));
      consumer.commitSync(now);
      work(batch, consumer);
      """),
  EVENTS_OUTSIDE_THE_TRANSACTION(
      Scenario.KILLED_BEFORE_OFFSETS,
      Guarantee.NOTHING_IS_DOUBLED,
      "BatchRunner",
      "producer.send(record)",
      "facesort.worker.faults.Seeds.sendOutside(record)"),
  DEAD_LETTERS_OUTSIDE_THE_TRANSACTION(
      Scenario.KILLED_BEFORE_OFFSETS,
      Guarantee.NOTHING_IS_DOUBLED,
      "DeadLetterSender",
      "producer.send(letter)",
      "facesort.worker.faults.Seeds.sendOutside(letter)"),
  TRANSACTIONAL_ID_AT_RANDOM(
      Scenario.KILLED_BEFORE_COMMIT,
      Guarantee.READERS_ARE_NOT_STALLED,
      "LaneContainer",
      "String prefix = lane.memberId() + \"-\";",
      "String prefix = lane.memberId() + \"-\" + java.util.UUID.randomUUID() + \"-\";"),
  FAILED_BATCH_SKIPPED(
      Scenario.ROLLED_BACK,
      Guarantee.NOTHING_IS_LOST,
      "AfterRollback",
      "consumer.seek(partition, offset);",
      ""),
  ANSWERS_OF_A_ROLLED_BACK_BATCH_DROPPED(
      Scenario.ROLLED_BACK,
      Guarantee.WORK_IS_DONE_ONCE,
      "BatchRunner",
      ".put(received.record().offset(), received.answer());",
      ".size();"),
  LOST_ANSWER_TAKEN_FOR_A_FAILURE(
      Scenario.ANSWER_OF_A_COMMIT_LOST,
      Guarantee.NOTHING_IS_DOUBLED,
      "BatchRunner",
      "lookUp(consumer);",
      "undecided = false;"),
  POLLED_TAKEN_FOR_DONE(
      Scenario.STOPPED_BETWEEN_POLL_AND_WORK,
      Guarantee.NOTHING_IS_LOST,
      "Quarantine",
      "partitions.stream().filter(assigned::contains).forEach(p -> consumer.seek(p, 0));",
      ""),
  BULK_GOES_FIRST(
      Scenario.BOTH_LANES_BUSY,
      Guarantee.INTERACTIVE_COMES_FIRST,
      "policy.LaneOrder",
      "interactiveWaits && !bulkIsDue ? LaneKind.INTERACTIVE : LaneKind.BULK",
      "bulkWaits ? LaneKind.BULK : LaneKind.INTERACTIVE"),
  TURN_GIVEN_BACK_BEFORE_THE_NEXT(
      Scenario.BOTH_LANES_BUSY,
      Guarantee.INTERACTIVE_COMES_FIRST,
      "policy.Turns",
      "return take(lane, this::close);",
      """
      close();
      return take(lane);
      """),
  BULK_NEVER_DUE(
      Scenario.BOTH_LANES_BUSY,
      Guarantee.BULK_IS_NOT_STARVED,
      "policy.LaneOrder",
      "passedOver + 1 >= every",
      "passedOver < 0"),
  IDEMPOTENCY_WINDOW_OFF(
      Scenario.REPEATED,
      Guarantee.NOTHING_IS_DOUBLED,
      "BatchRunner",
      "!inBatch.add(key) || recent.seen(record.topic(), record.partition(), key)",
      "!inBatch.add(key)"),
  UNCOMMITTED_RECORDS_READ(
      Scenario.INPUT_ABORTED,
      Guarantee.ABORTED_IS_NOT_READ,
      "facesort.service.KafkaClients",
      "\"read_committed\"",
      "\"read_uncommitted\""),
  MARKS_NEVER_READ(
      Scenario.KILLER,
      Guarantee.ONE_DEATH_A_KILLER,
      "policy.CrashMark",
      "if (!parts.matches()) {",
      "if (!parts.matches() || text != null) {"),
  CONVICTED_BY_THE_FIRST_DEATH(
      Scenario.KILLED_WHILE_WORKING,
      Guarantee.NO_INNOCENT_IS_HELD,
      "BucketRunner",
      "together(bucket);",
      "bucket.forEach(received -> take(received, crashed(received, \"seeded\")));"),
  CHILD_STARTED_WITH_THE_RECORD_NOTED(
      Scenario.KILLED_WHILE_THE_CHILD_STARTS,
      Guarantee.NO_INNOCENT_IS_HELD,
      "ChildProcess",
      "synchronized Running ready() {",
      """
      synchronized Running ready() {
        if (StackWalker.getInstance()
            .walk(calls -> calls.noneMatch(call -> call.getMethodName().equals("answers")))) {
          return null;
        }
      """),
  UNREADABLE_SKIPPED(
      Scenario.UNREADABLE,
      Guarantee.POISON_IS_HELD,
      "LoadedStage",
      "catch (UndecodableException e) {",
      """
      catch (UndecodableException e) {
        if (e.getMessage() != null) { return Received.answered(record, new Answer.Skip("")); }
      """),
  OUTCOME_OF_A_NEIGHBOUR_TAKEN(
      Scenario.UNREADABLE,
      Guarantee.EVENTS_ARE_OF_THEIR_TASK,
      "LoadedStage",
      "work.outcomes.get(received.task())",
      "work.outcomes.get(bucket.getFirst().task())"),
  CANCELLATION_IGNORED(
      Scenario.CANCELLED,
      Guarantee.CANCELLED_WORK_DOES_NOT_START,
      "WorkerParts",
      "known.isCancelled(job, task.run())",
      "job.isEmpty()"),
  FAILED_DEAD_LETTER_SWALLOWED(
      Scenario.NO_DEAD_LETTER_TOPIC,
      Guarantee.TROUBLE_IS_LOUD,
      "DeadLetterSender",
      "throw new DeadLetterRefused(letter.topic(), cause);",
      "return;"),
  OLDER_INSTANCE_STAYS(
      Scenario.TWO_IN_A_SLOT,
      Guarantee.THE_OLDER_IS_FENCED,
      "SlotGuard",
      "Runtime.getRuntime().halt(WorkerIdentity.SLOT_TAKEN);",
      "return;");

  private final Scenario scenario;
  private final Guarantee guarantee;
  private final String type;
  private final String snippet;
  private final String replacement;

  SeededBug(
      Scenario scenario, Guarantee guarantee, String type, String snippet, String replacement) {
    this.scenario = scenario;
    this.guarantee = guarantee;
    this.type = type.startsWith("facesort.") ? type : "facesort.worker." + type;
    this.snippet = snippet;
    this.replacement = replacement;
  }

  Scenario scenario() {
    return scenario;
  }

  Guarantee guarantee() {
    return guarantee;
  }

  SeededSource source() {
    return SeededSource.shipped().replace(type, snippet, replacement);
  }
}
