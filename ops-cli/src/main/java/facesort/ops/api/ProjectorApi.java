package facesort.ops.api;

import facesort.ops.console.CommandException;
import facesort.ops.console.ExitCode;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks where jobs, photos and friends stand. */
public final class ProjectorApi {
  private static final int PAGE = 500;

  private final JsonHttp http;

  /** As one owner. */
  public ProjectorApi(URI base, String owner) {
    http = new JsonHttp("projector", base, owner);
  }

  /** A job; empty when this owner has no such job, or it has not arrived yet. */
  public Optional<Job> job(String jobId) {
    return http.get("/v1/jobs/" + segment(jobId), Job.class);
  }

  /** A job with what the answer says about its age. */
  public Optional<Reply<Job>> jobReply(String jobId) {
    return http.reply("/v1/jobs/" + segment(jobId), Job.class);
  }

  /**
   * Jobs, newest first.
   *
   * @param state only those in this state; null for all
   * @param search part of a name or an id; null for all
   */
  public Reply<JobList> jobs(@Nullable String state, @Nullable String search, int limit) {
    return answered(
        "/v1/jobs?limit=" + limit + parameter("state", state) + parameter("search", search),
        JobList.class);
  }

  /** How far a job is; empty when this owner has no such job. */
  public Optional<Reply<Progress>> progress(String jobId) {
    return http.reply(path(jobId, "progress"), Progress.class);
  }

  /** What went wrong in a job; null means any. Empty when this owner has no such job. */
  public Optional<Reply<JobErrors>> errors(
      String jobId, @Nullable String code, @Nullable String signature, int limit) {
    return http.reply(
        path(jobId, "errors?limit=" + limit)
            + parameter("code", code)
            + parameter("signature", signature),
        JobErrors.class);
  }

  /** A page of a job's history; empty when this owner has no such job. */
  public Optional<Reply<JobEvents>> events(
      String jobId, @Nullable String photoId, int limit, long offset) {
    return http.reply(
        path(jobId, "events?limit=" + limit + "&offset=" + offset) + parameter("photo", photoId),
        JobEvents.class);
  }

  /** A photo's way; empty when this owner has no such job or photo. */
  public Optional<Reply<Explanation>> explain(
      String jobId, String photoId, @Nullable String friendId) {
    return http.reply(
        path(jobId, "explain?photo=" + segment(photoId)) + parameter("friend", friendId),
        Explanation.class);
  }

  /** The instances of all services. */
  public Reply<Workers> workers() {
    return answered("/v1/workers", Workers.class);
  }

  /** Conservation over all jobs, or one; empty when there is no such job. */
  public Optional<Reply<Audit>> audit(@Nullable String jobId) {
    return http.reply("/v1/audit" + (jobId == null ? "" : "?job=" + segment(jobId)), Audit.class);
  }

  /** Follows a job by its stream of events. */
  public JobStream stream(String jobId) {
    return new JobStream(http, path(jobId, "stream"));
  }

  private <T> Reply<T> answered(String path, Class<T> type) {
    return http.reply(path, type)
        .orElseThrow(() ->
            new CommandException(
                ExitCode.ERROR,
                "the projector does not know %s: is it an older version?".formatted(path)));
  }

  private static String path(String jobId, String rest) {
    return "/v1/jobs/%s/%s".formatted(segment(jobId), rest);
  }

  private static String parameter(String name, @Nullable String value) {
    return value == null ? "" : "&%s=%s".formatted(name, segment(value));
  }

  /** All photos of a job in the order of submission. */
  public List<Photo> photos(String jobId) {
    List<Photo> photos = new ArrayList<>();
    while (true) {
      List<Photo> page = page(jobId, photos.size());
      photos.addAll(page);
      if (page.size() < PAGE) {
        return photos;
      }
    }
  }

  /** A friend; empty when this owner has no such friend, or it has not arrived yet. */
  public Optional<Friend> friend(String friendId) {
    return http.get("/v1/friends/" + segment(friendId), Friend.class);
  }

  /** All friends of the owner. */
  public List<Friend> friends() {
    return http.get("/v1/friends", Friends.class)
        .map(answer -> Objects.requireNonNullElse(answer.friends(), List.<Friend>of()))
        .orElse(List.of());
  }

  private List<Photo> page(String jobId, int offset) {
    return http.get(
            "/v1/jobs/%s/photos?offset=%d&limit=%d".formatted(segment(jobId), offset, PAGE),
            Page.class)
        .map(answer -> Objects.requireNonNullElse(answer.photos(), List.<Photo>of()))
        .orElse(List.of());
  }

  static String segment(String id) {
    return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private record Page(@Nullable List<Photo> photos) {}

  private record Friends(@Nullable List<Friend> friends) {}
}
