package facesort.state.query;

/**
 * A job with a photo in each state, as the tables have it after its events:
 *
 * <ul>
 *   <li>a: Ann was accepted with 0.71 and got it; b: Bob with 0.45 is for review
 *   <li>c: Ann's 0.31 is too low; k: its only face was too small; d: no face
 *   <li>e: a again; f: too big for ingest; g: became a dead letter
 *   <li>h: detected; i: queued
 * </ul>
 */
public final class Fixture {

  /** When the job was submitted. */
  public static final String AT = "2026-11-22T10:00:00Z";

  private Fixture() {}

  /** Adds it. */
  public static void add(Tables tables, String ownerId, String jobId) {
    var in = new Fixture.Rows(tables, ownerId, jobId);
    in.job("RUNNING", 10, 2);
    in.photos();
    in.pairs();
    in.history();
    in.friends();
  }

  /** Rows of one job. */
  public record Rows(Tables tables, String ownerId, String jobId) {

    /** The job itself. */
    public void job(String state, int submitted, int inFlight) {
      tables.add(
          "job",
          """
          {"job_id": "%s", "owner_id": "%s", "name": "Wedding of Zoë", "state": "%s",
           "release": "AUTO", "closed": true, "run": 0, "total": %d, "submitted": %d,
           "in_flight": %d, "photos": {"submitted": %d, "matched": 2, "no_match": 2, "no_face": 1,
             "duplicate": 1, "failed": 2, "cancelled": 0, "in_flight": %d},
           "faces": 7, "deliveries": {"pairs": 2, "sent": 1, "held": 1},
           "commands": [{"event_id": "c1", "command": "CANCEL", "answer": "REFUSED",
             "code": "JOB_ENDED", "run": 0, "photos": 0, "message": "too late"}],
           "cleanup_requests": 0, "submitted_at": "2026-11-22T10:00:00Z",
           "updated_at": "2026-11-22T10:01:00Z", "first_seen": "2026-11-22T10:00:00Z",
           "status_offset": 1}
          """
              .formatted(
                  jobId, ownerId, state, submitted, submitted, inFlight, submitted, inFlight));
    }

    /** A photo whose task was seen in partition 3, with more columns. */
    public void photo(String id, int position, String columns) {
      tables.add(
          "photo",
          """
          {"job_id": "%s", "owner_id": "%s", "photo_id": "%s", "task_id": "t-%s", "run": 0,
           "task_topic": "task.queued", "task_partition": 3, "task_offset": %d,
           "queued_at": "2026-11-22T10:00:00Z", "list_position": %d, "filename": "%s.jpg"%s}
          """
              .formatted(jobId, ownerId, id, id, 100 + position, position, id, columns));
    }

    private static String detected(int faces, int skipped, int seconds) {
      return """
      , "detected_run": 0, "detected_partition": 5, "detected_offset": 60, "detected": %d, "skipped": %d, "detect_millis": 500,
      "detected_at": "2026-11-22T10:00:%02dZ"\
      """
          .formatted(faces, skipped, seconds);
    }

    private static String matched(int offset, int faces, int people, String scores, String json) {
      return """
      , "match_run": 0, "rematch": 0, "match_partition": 5, "match_offset": %d,
      "match_faces": %d, "people": %d, "matched_at": "2026-11-22T10:00:30Z", "scores": %s,
      "match": {"threshold": 0.5, "margin": 0.08, "review_from": 0.4, "compared_friends": 2,
        "gallery_late": false, "faces": [%s]}\
      """
          .formatted(offset, faces, people, scores, json);
    }

    private static String face(String decision, String rule, String friend, String candidates) {
      return """
      {"face": 0, "decision": "%s", "rule": "%s", "friend_id": %s, "score": null,
       "runner_up_margin": 0.1, "skipped": null, "candidates": [%s]}\
      """
          .formatted(decision, rule, friend, candidates);
    }

    private void photos() {
      var ann = "{\"friend_id\": \"ann\", \"score\": %s, \"profile_version\": 1}";
      var bob = "{\"friend_id\": \"bob\", \"score\": 0.45, \"profile_version\": 1}";
      photo(
          "a",
          0,
          detected(1, 0, 2)
              + matched(
                  50, 1, 1, "[0.71]", face("MATCHED", "ACCEPTED", "\"ann\"", ann.formatted(0.71))));
      photo(
          "b",
          1,
          detected(2, 0, 4)
              + matched(
                  51, 2, 1, "[0.45, -0.2]", face("REVIEW", "IN_REVIEW_BAND", "\"bob\"", bob)));
      photo(
          "c",
          2,
          detected(1, 0, 4)
              + matched(
                  52,
                  1,
                  0,
                  "[0.31]",
                  face("NO_MATCH", "BELOW_REVIEW_BAND", "null", ann.formatted(0.31))));
      photo("d", 3, detected(0, 0, 4) + matched(53, 0, 0, "[]", ""));
      photo("e", 4, ", \"settled\": \"DUPLICATE\", \"duplicate_of\": \"a\"");
      photo("f", 5, ", \"settled\": \"TOO_MANY_BYTES\", \"settled_message\": \"61000000 bytes\"");
      photo("g", 6, "");
      photo("h", 7, detected(2, 1, 4));
      photo("i", 8, "");
      var small =
          """
          {"face": 0, "decision": "SKIPPED", "rule": "NO_EMBEDDING", "friend_id": null,
           "score": null, "runner_up_margin": null, "skipped": "FACE_TOO_SMALL", "candidates": []}\
          """;
      photo("k", 9, detected(1, 1, 4) + matched(54, 1, 0, "[]", small));
      failure("task.queued", 7, "g", "CORRUPT_IMAGE", "not an image: byte 17");
    }

    /** A dead letter of a photo. */
    public void failure(String source, long offset, String photo, String code, String message) {
      tables.add(
          "failure",
          """
          {"source": "%s", "kafka_partition": 3, "kafka_offset": %d, "origin": "%s-3@106",
           "code": "%s", "message": "%s", "attempts": 3, "replays": 0,
           "service": "inference-service-detect", "owner_id": "%s", "job_id": "%s",
           "photo_id": "%s", "run": 0, "signature": "sig-%s", "seen_at": "2026-11-22T10:00:40Z"}
          """
              .formatted(
                  source,
                  offset + 1000L * jobId.hashCode(),
                  source,
                  code,
                  message,
                  ownerId,
                  jobId,
                  photo,
                  code));
    }

    private void pairs() {
      pair(
          "a",
          "ann",
          "MATCHED",
          0.71,
          ", \"seq\": 0, \"state\": \"SENT\", \"channel\": \"FOLDER\", \"album_id\": \"al\","
              + " \"attempts\": 1, \"closed_at\": \"2026-11-22T10:01:30Z\"");
      pair("b", "bob", "REVIEW", 0.45, "");
    }

    /** A friend on a photo, with more columns. */
    public void pair(String photo, String friend, String decision, double score, String columns) {
      tables.add(
          "pair",
          """
          {"job_id": "%s", "owner_id": "%s", "photo_id": "%s", "friend_id": "%s", "match_run": 0,
           "rematch": 0, "decision": "%s", "score": %s%s}
          """
              .formatted(jobId, ownerId, photo, friend, decision, score, columns));
    }

    private void history() {
      event("job.control", 0, "10:00:00", null, null, "SUBMIT of 10 photos, release AUTO");
      event("task.queued", 100, "10:00:00", "a", null, "queued");
      event("faces.detected", 60, "10:00:02", "a", null, "1 faces found");
      event("match.result", 50, "10:00:30", "a", null, "1 faces: 1 matched");
      event("delivery.done", 9, "10:01:30", "a", "ann", "SENT by FOLDER");
      event("faces.detected", 61, "10:00:04", "h", null, "2 faces found");
    }

    /** An event in partition 3. */
    public void event(
        String topic,
        long offset,
        String time,
        @org.jspecify.annotations.Nullable String photo,
        @org.jspecify.annotations.Nullable String friend,
        String summary) {
      tables.add(
          "history",
          """
          {"job_id": "%s", "owner_id": "%s", "topic": "%s", "kafka_partition": 3,
           "kafka_offset": %d, "at": "2026-11-22T%sZ", "event_id": "e-%s-%d", "run": 0,
           "photo_id": %s, "friend_id": %s, "summary": "%s"}
          """
              .formatted(
                  jobId,
                  ownerId,
                  topic,
                  offset,
                  time,
                  topic,
                  offset,
                  quoted(photo),
                  quoted(friend),
                  summary));
    }

    private static String quoted(@org.jspecify.annotations.Nullable String text) {
      return text == null ? "null" : "\"" + text + "\"";
    }

    private void friends() {
      for (var friend : new String[] {"ann", "bob"}) {
        tables.add(
            "friend",
            """
            {"owner_id": "%s", "friend_id": "%s", "version": 1, "name": "Name of %s",
             "consent": true, "erased": false, "gallery_version": 1, "gallery_state": "ACCEPTED",
             "exemplars": 2, "answers": [{"key": "ref", "accepted": true, "code": null, "faces": 1,
               "message": null}],
             "warnings": [{"code": "TWIN", "friend_id": "eve", "score": 0.6, "message": "alike"}]}
            """
                .formatted(ownerId, friend, friend));
      }
    }
  }
}
