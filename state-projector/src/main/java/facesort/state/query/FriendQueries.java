package facesort.state.query;

import java.util.List;
import java.util.Objects;
import reactor.core.publisher.Mono;

/** An owner's friends, and what enrolment made of them. */
public final class FriendQueries {

  private static final String FRIEND =
      """
      SELECT friend_id, name, consent, version, gallery_version, gallery_state, gallery_code,
        exemplars, answers::text AS answers, warnings::text AS warnings
      FROM readmodel.friend WHERE owner_id = $1 AND version IS NOT NULL AND NOT erased
      """;

  static final String ONE = FRIEND + " AND friend_id = $2";

  private final QueryDatabase database;

  /** Over the read model. */
  public FriendQueries(QueryDatabase database) {
    this.database = database;
  }

  /** The owner's friends by id. */
  public Mono<FriendView.Page> friends(String ownerId) {
    return database.read(snapshot ->
        snapshot
            .list(FRIEND + " ORDER BY friend_id", FriendQueries::friend, ownerId)
            .map(FriendView.Page::new));
  }

  /** One friend; empty when the owner has none of that id. */
  public Mono<FriendView> friend(String ownerId, String friendId) {
    return database.read(snapshot -> snapshot.one(ONE, FriendQueries::friend, ownerId, friendId));
  }

  static FriendView friend(Row row) {
    return new FriendView(
        row.text("friend_id"),
        row.text("name"),
        row.yes("consent"),
        row.number("version"),
        row.textOrNull("gallery_state") == null ? null : gallery(row));
  }

  private static FriendView.Gallery gallery(Row row) {
    return new FriendView.Gallery(
        row.text("gallery_state"),
        row.textOrNull("gallery_code"),
        row.number("gallery_version"),
        row.integer("exemplars"),
        list(row, "answers", FriendView.Reference.class),
        list(row, "warnings", FriendView.Warning.class));
  }

  private static <T> List<T> list(Row row, String column, Class<T> type) {
    return Json.list(Objects.requireNonNullElse(row.textOrNull(column), "[]"), type);
  }
}
