package facesort.ops.api;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Enrols friends and submits jobs. Methods block until ingest has committed. */
public final class IngestApi {
  private final JsonHttp http;

  /** As one owner. */
  public IngestApi(URI base, String owner) {
    http = new JsonHttp("ingest", base, owner);
  }

  /** Enrols a friend, or gives one with the same id new reference photos. */
  public FriendAccepted enroll(NewFriend friend, List<Path> references) {
    return http.post(
        "/v1/friends",
        form("friend", friend, "references", references, _ -> {}),
        FriendAccepted.class);
  }

  /**
   * Submits photos, in this order.
   *
   * @param sent told the number of photos sent so far, on a thread of the HTTP client
   */
  public JobAccepted submit(NewJob job, List<Path> photos, IntConsumer sent) {
    return http.post("/v1/jobs", form("job", job, "photos", photos, sent), JobAccepted.class);
  }

  /**
   * Gives a job the command to stop or to go on.
   *
   * @param command cancel or resume
   * @param reason for people; null when not said
   */
  public CommandGiven command(String jobId, String command, @Nullable String reason) {
    return give(jobId, command, new Whole(reason));
  }

  /** Tells a job to try photos again that failed or were cancelled. */
  public CommandGiven retry(String jobId, RetrySelection photos, @Nullable String reason) {
    return give(
        jobId, "retry", new Some(photos.photoIds(), photos.codes(), photos.signatures(), reason));
  }

  private CommandGiven give(String jobId, String command, Object body) {
    return http.post(
        "/v1/jobs/%s/%s".formatted(ProjectorApi.segment(jobId), command),
        body,
        UUID.randomUUID().toString(),
        CommandGiven.class);
  }

  private record Whole(@Nullable String reason) {}

  private record Some(
      List<String> photoIds,
      List<String> codes,
      List<String> signatures,
      @Nullable String reason) {}

  private static Multipart form(
      String name, Object value, String filesName, List<Path> files, IntConsumer sent) {
    AtomicInteger count = new AtomicInteger();
    Multipart form = new Multipart("facesort-" + UUID.randomUUID()).json(name, value);
    files.forEach(file -> form.file(filesName, file, () -> sent.accept(count.incrementAndGet())));
    return form;
  }
}
