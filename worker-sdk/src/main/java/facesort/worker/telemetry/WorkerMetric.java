package facesort.worker.telemetry;

/** Every metric of a worker with what an operator must know about it. */
enum WorkerMetric {
  TASKS(
      "facesort.worker.tasks",
      "Tasks that were settled, by outcome; the code says why, NONE when there is nothing to say.",
      "all outcomes together: the records of all committed batches",
      "rejected or failed ones with one code rise for 15 min"),
  BATCH(
      "facesort.worker.batch",
      "Time of a batch from the poll to its commit.",
      "count: committed batches; without the waiting for a dependency the steps' time",
      "the longest comes near the deadline of a task"),
  STEP(
      "facesort.worker.step",
      "Time of one step of a batch.",
      "over all steps: at most the time of the batches",
      "never alone; it says which step makes a slow batch slow"),
  BUCKET(
      "facesort.worker.bucket.tasks",
      "Tasks that went through the model together.",
      "sum: the tasks less the skipped, cancelled and invalid ones, plus those that were tried again",
      "never; a mean of 1 under a backlog says that the model does not use its hardware"),
  ROLLBACKS(
      "facesort.worker.rollbacks",
      "Batches that were rolled back and come again, by reason.",
      "none",
      "they go on for 5 min with no dependency down"),
  CHILD_DEATHS(
      "facesort.worker.child.deaths",
      "Deaths of the child process that tries suspect records.",
      "two for each task with the code NATIVE_CRASH",
      "more than five an hour: a model or a library is broken, not a photo"),
  CAREFUL(
      "facesort.worker.careful",
      "1 while records are tried in a child process after an unclean end, else 0.",
      "none",
      "it is 1 for 10 min"),
  ABANDONED_THREADS(
      "facesort.worker.abandoned.threads",
      "Threads left behind in native calls that did not come back in time.",
      "tasks with the code DEADLINE since the start",
      "the process restarts for it twice in an hour"),
  IN_FLIGHT(
      "facesort.worker.in.flight",
      "Tasks being worked on now.",
      "in_flight of the heartbeat, which lists at most 100",
      "it is above 0 and no task was settled for 10 min"),
  DEPENDENCY_DOWN(
      "facesort.worker.dependency.down",
      "1 while the worker waits for this dependency, else 0.",
      "none",
      "it is 1 for 5 min: nothing is lost, nothing goes on"),
  DEVICE(
      "facesort.worker.device",
      "1 for what the stage computes on now, 0 for what it has given up.",
      "device of the heartbeat",
      "it is 0 for a device: that one failed, and the worker is slower until it is restarted");

  private final String id;
  private final String sentence;
  private final String addsUpWith;
  private final String wakeWhen;

  WorkerMetric(String id, String sentence, String addsUpWith, String wakeWhen) {
    this.id = id;
    this.sentence = sentence;
    this.addsUpWith = addsUpWith;
    this.wakeWhen = wakeWhen;
  }

  /** Name as Micrometer has it. */
  String id() {
    return id;
  }

  /** What it means, in one sentence. */
  String sentence() {
    return sentence;
  }

  /** Which other figures it must agree with. */
  String addsUpWith() {
    return addsUpWith;
  }

  /** When somebody must be woken. */
  String wakeWhen() {
    return wakeWhen;
  }
}
