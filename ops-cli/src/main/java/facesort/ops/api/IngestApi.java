package facesort.ops.api;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

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
        "/v1/friends", form("friend", friend, "references", references), FriendAccepted.class);
  }

  /** Submits photos, in this order. */
  public JobAccepted submit(NewJob job, List<Path> photos) {
    return http.post("/v1/jobs", form("job", job, "photos", photos), JobAccepted.class);
  }

  private static Multipart form(String name, Object value, String filesName, List<Path> files) {
    Multipart form = new Multipart("facesort-" + UUID.randomUUID()).json(name, value);
    files.forEach(file -> form.file(filesName, file));
    return form;
  }
}
