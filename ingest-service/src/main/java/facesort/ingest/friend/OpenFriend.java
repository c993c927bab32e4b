package facesort.ingest.friend;

import facesort.schemas.ObjectRef;
import java.util.ArrayList;
import java.util.List;

/**
 * A request for a friend while its reference photos come. For one request, one step at a time.
 *
 * @param request what is asked for
 * @param references the photos so far
 */
public record OpenFriend(FriendRequest request, List<ObjectRef> references) {

  /** Without photos. */
  public static OpenFriend of(FriendRequest request) {
    return new OpenFriend(request, new ArrayList<>());
  }
}
