package facesort.delivery.send;

import facesort.schemas.FailureCode;
import java.util.List;

/** What is known after a request to a channel. */
public sealed interface SendOutcome {

  /**
   * The channel confirmed every photo.
   *
   * @param messageIds the channel's id for each photo, in the order of the album; empty when it
   *     gives none
   */
  record Sent(List<String> messageIds) implements SendOutcome {}

  /**
   * Nobody can tell whether it went out: it is never sent again by itself.
   *
   * @param message what happened, without secrets
   */
  record Unclear(String message) implements SendOutcome {}

  /**
   * The channel refused for good, and nothing went out.
   *
   * @param code why, for programs
   * @param message why, for people
   */
  record Refused(FailureCode code, String message) implements SendOutcome {}

  /** The channel refused the album for one of its photos; nothing went out, each may go alone. */
  record RefusedTogether() implements SendOutcome {}

  /**
   * Certainly nothing went out, and trying again later can help; the channel itself keeps the next
   * request back as long as it has to.
   *
   * @param message what happened, without secrets
   */
  record NotSent(String message) implements SendOutcome {}
}
