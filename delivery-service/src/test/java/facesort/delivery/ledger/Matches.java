package facesort.delivery.ledger;

import facesort.schemas.Box;
import facesort.schemas.MatchDecision;
import facesort.schemas.MatchResult;
import facesort.schemas.MatchRule;
import facesort.schemas.MatchedFace;
import facesort.schemas.ObjectRef;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Match results for tests. */
public final class Matches {

  private Matches() {}

  /** What was decided about one face. */
  public record Found(MatchDecision decision, @Nullable String friendId, float score) {

    /** A sure match. */
    public static Found matched(String friendId, double score) {
      return new Found(MatchDecision.MATCHED, friendId, (float) score);
    }

    /** A match in the review band. */
    public static Found review(String friendId, double score) {
      return new Found(MatchDecision.REVIEW, friendId, (float) score);
    }
  }

  /** The result for a photo stored where ingest puts it. */
  public static MatchResult match(
      String owner, String job, String photo, int position, Found... found) {
    var key = "owners/" + owner + "/jobs/" + job + "/photos/" + photo;
    return match(owner, job, photo, position, new ObjectRef("facesort", key, null, 4L), found);
  }

  /** The result for a photo stored anywhere. */
  public static MatchResult match(
      String owner, String job, String photo, int position, ObjectRef source, Found... found) {
    return MatchResult.newBuilder()
        .setEventId("event-" + job + photo)
        .setOccurredAt(Instant.ofEpochSecond(1))
        .setJobId(job)
        .setOwnerId(owner)
        .setTaskId("task-" + job + photo)
        .setPhotoId(photo)
        .setSource(source)
        .setFilename(photo + ".jpg")
        .setMediaType("image/jpeg")
        .setFaces(faces(found))
        .setThreshold(0.5f)
        .setMargin(0.08f)
        .setReviewFrom(0.4f)
        .setComparedFriends(3)
        .setModelId("model")
        .setSpaceId("space")
        .setPosition(position)
        .build();
  }

  private static List<MatchedFace> faces(Found... found) {
    return IntStream.range(0, found.length)
        .mapToObj(i ->
            MatchedFace.newBuilder()
                .setIndex(i)
                .setBox(new Box(0f, 0f, 10f, 10f))
                .setDecision(found[i].decision())
                .setRule(MatchRule.ACCEPTED)
                .setFriendId(found[i].friendId())
                .setScore(found[i].score())
                .setCandidates(List.of())
                .build())
        .toList();
  }
}
