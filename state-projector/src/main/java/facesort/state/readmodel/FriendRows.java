package facesort.state.readmodel;

import facesort.schemas.FriendGallery;
import facesort.schemas.FriendProfile;
import facesort.schemas.ReferenceAnswer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Table friend. Exemplars are counted, their vectors stay behind. */
final class FriendRows {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static final String PROFILE =
      """
      INSERT INTO projector.friend (owner_id, friend_id, version, name, consent, erased)
      VALUES ($1, $2, $3, $4, $5, $6)
      ON CONFLICT (owner_id, friend_id) DO UPDATE SET
        version = excluded.version, name = excluded.name, consent = excluded.consent,
        erased = excluded.erased
      WHERE friend.version IS NULL OR friend.version <= excluded.version
      """;

  private static final String GALLERY =
      """
      INSERT INTO projector.friend (owner_id, friend_id, gallery_version, gallery_state,
        gallery_code, exemplars, answers)
      VALUES ($1, $2, $3, $4, $5, $6, $7::json)
      ON CONFLICT (owner_id, friend_id) DO UPDATE SET
        gallery_version = excluded.gallery_version, gallery_state = excluded.gallery_state,
        gallery_code = excluded.gallery_code, exemplars = excluded.exemplars,
        answers = excluded.answers
      WHERE friend.gallery_version IS NULL OR friend.gallery_version <= excluded.gallery_version
      """;

  private static final String NO_PROFILE =
      """
      UPDATE projector.friend SET version = NULL, name = NULL, consent = NULL, erased = NULL
      WHERE owner_id || '/' || friend_id = $1
      """;

  private static final String NO_GALLERY =
      """
      UPDATE projector.friend SET gallery_version = NULL, gallery_state = NULL,
        gallery_code = NULL, exemplars = NULL, answers = NULL
      WHERE owner_id || '/' || friend_id = $1
      """;

  private FriendRows() {}

  static void write(FriendProfile profile, SqlRows rows) {
    rows.add(
        PROFILE,
        profile.getOwnerId(),
        profile.getFriendId(),
        profile.getVersion(),
        profile.getName(),
        profile.getConsent().getGiven(),
        profile.getErased());
  }

  static void write(FriendGallery gallery, SqlRows rows) {
    rows.add(
        GALLERY,
        gallery.getOwnerId(),
        gallery.getFriendId(),
        gallery.getProfileVersion(),
        gallery.getState().name(),
        SqlRows.text(gallery.getCode()),
        gallery.getExemplars().size(),
        JSON.writeValueAsString(gallery.getReferences().stream().map(FriendRows::answer).toList()));
  }

  static void removeProfile(String key, SqlRows rows) {
    rows.add(NO_PROFILE, key);
  }

  static void removeGallery(String key, SqlRows rows) {
    rows.add(NO_GALLERY, key);
  }

  private static Map<String, @Nullable Object> answer(ReferenceAnswer answer) {
    var fields = new LinkedHashMap<String, @Nullable Object>();
    fields.put("key", answer.getKey());
    fields.put("accepted", answer.getAccepted());
    fields.put("code", answer.getCode() == null ? null : answer.getCode().name());
    fields.put("faces", answer.getFaces());
    fields.put("message", answer.getMessage());
    return fields;
  }
}
