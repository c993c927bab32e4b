package facesort.ops.api;

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

  private static String segment(String id) {
    return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private record Page(@Nullable List<Photo> photos) {}

  private record Friends(@Nullable List<Friend> friends) {}
}
