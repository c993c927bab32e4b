package facesort.ops.api;

import org.jspecify.annotations.Nullable;

/**
 * A friend to enroll.
 *
 * @param friendId wanted id; null: made from the name
 * @param contact where the photos go; null: nowhere yet
 */
public record NewFriend(
    @Nullable String friendId, String name, boolean consent, @Nullable Contact contact) {

  /**
   * Where a friend's photos go.
   *
   * @param channel folder or telegram
   * @param address folder name or chat id
   */
  public record Contact(String channel, String address) {}
}
