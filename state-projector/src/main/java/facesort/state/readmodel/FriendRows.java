package facesort.state.readmodel;

import static facesort.state.readmodel.ColumnType.BIGINT;
import static facesort.state.readmodel.ColumnType.BOOL;
import static facesort.state.readmodel.ColumnType.INT;
import static facesort.state.readmodel.ColumnType.JSON;
import static facesort.state.readmodel.ColumnType.TEXT;

import facesort.schemas.FriendGallery;
import facesort.schemas.FriendProfile;
import facesort.schemas.GalleryWarning;
import facesort.schemas.ReferenceAnswer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Table friend: the newest records, by offset. Exemplars are counted, their vectors stay behind.
 */
final class FriendRows {

  private static final Upsert PROFILE =
      Upsert.into("friend")
          .key("owner_id", "friend_id")
          .set(BIGINT, "version")
          .set(TEXT, "name")
          .set(BOOL, "consent", "erased")
          .set(BIGINT, "profile_offset")
          .where("old.profile_offset IS NULL OR old.profile_offset < excluded.profile_offset");

  private static final Upsert GALLERY =
      Upsert.into("friend")
          .key("owner_id", "friend_id")
          .set(BIGINT, "gallery_version")
          .set(TEXT, "gallery_state", "gallery_code")
          .set(INT, "exemplars")
          .set(JSON, "answers", "warnings")
          .set(BIGINT, "gallery_offset")
          .where("old.gallery_offset IS NULL OR old.gallery_offset < excluded.gallery_offset");

  private static final String NO_PROFILE =
      """
      UPDATE readmodel.friend SET version = NULL, name = NULL, consent = NULL, erased = NULL,
        profile_offset = NULL
      WHERE owner_id || '/' || friend_id = $1
      """;

  private static final String NO_GALLERY =
      """
      UPDATE readmodel.friend SET gallery_version = NULL, gallery_state = NULL,
        gallery_code = NULL, exemplars = NULL, answers = NULL, warnings = NULL,
        gallery_offset = NULL
      WHERE owner_id || '/' || friend_id = $1
      """;

  /** As if the friend had never been. */
  private static final String NOTHING_LEFT =
      """
      DELETE FROM readmodel.friend
      WHERE owner_id || '/' || friend_id = $1 AND version IS NULL AND gallery_version IS NULL
      """;

  private FriendRows() {}

  static void write(FriendProfile profile, ConsumerRecord<byte[], byte[]> record, SqlRows rows) {
    rows.add(
        PROFILE,
        profile.getOwnerId(),
        profile.getFriendId(),
        profile.getVersion(),
        profile.getName(),
        profile.getConsent().getGiven(),
        profile.getErased(),
        record.offset());
  }

  static void write(FriendGallery gallery, ConsumerRecord<byte[], byte[]> record, SqlRows rows) {
    rows.add(
        GALLERY,
        gallery.getOwnerId(),
        gallery.getFriendId(),
        gallery.getProfileVersion(),
        gallery.getState().name(),
        Texts.of(gallery.getCode()),
        gallery.getExemplars().size(),
        Texts.json(gallery.getReferences().stream().map(FriendRows::answer).toList()),
        Texts.json(gallery.getWarnings().stream().map(FriendRows::warning).toList()),
        record.offset());
  }

  static void removeProfile(String key, SqlRows rows) {
    rows.run(NO_PROFILE, key);
    rows.run(NOTHING_LEFT, key);
  }

  static void removeGallery(String key, SqlRows rows) {
    rows.run(NO_GALLERY, key);
    rows.run(NOTHING_LEFT, key);
  }

  private static Map<String, @Nullable Object> answer(ReferenceAnswer answer) {
    var fields = new LinkedHashMap<String, @Nullable Object>();
    fields.put("key", answer.getKey());
    fields.put("accepted", answer.getAccepted());
    fields.put("code", Texts.of(answer.getCode()));
    fields.put("faces", answer.getFaces());
    fields.put("message", answer.getMessage());
    return fields;
  }

  private static Map<String, @Nullable Object> warning(GalleryWarning warning) {
    var fields = new LinkedHashMap<String, @Nullable Object>();
    fields.put("code", warning.getCode().name());
    fields.put("friend_id", warning.getFriendId());
    fields.put("score", warning.getScore());
    fields.put("message", warning.getMessage());
    return fields;
  }
}
