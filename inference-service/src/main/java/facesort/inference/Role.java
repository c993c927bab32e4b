package facesort.inference;

import java.util.Locale;

/** What an instance does; one jar has all of them. */
enum Role {
  /** Finds and embeds the faces of photos. */
  DETECT,
  /** Compares faces with friends. */
  MATCH,
  /** Makes the vectors that friends are recognised by. */
  ENROLL;

  /** Returns the name as it stands in groups, transactional ids and heartbeats. */
  String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
