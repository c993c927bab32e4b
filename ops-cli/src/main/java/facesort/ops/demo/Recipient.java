package facesort.ops.demo;

import facesort.ops.api.NewFriend.Contact;

/**
 * A friend of a demo run.
 *
 * @param friendId also the name of the friend's folder in OUT
 * @param name for people
 * @param contact where the photos go
 */
record Recipient(String friendId, String name, Contact contact) {
  static final String FOLDER = "folder";
  static final String TELEGRAM = "telegram";
}
