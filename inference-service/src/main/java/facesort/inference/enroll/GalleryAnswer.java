package facesort.inference.enroll;

import facesort.inference.enroll.ReferenceVerdict.Accepted;
import facesort.inference.enroll.ReferenceVerdict.Refused;
import facesort.inference.onnx.FaceModels;
import facesort.schemas.EventIds;
import facesort.schemas.Exemplar;
import facesort.schemas.FailureCode;
import facesort.schemas.FriendGallery;
import facesort.schemas.FriendProfile;
import facesort.schemas.GalleryState;
import facesort.schemas.ReferenceAnswer;
import facesort.schemas.Topics;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Words the answer to a profile.
 *
 * @param profile what is answered
 * @param clock gives the time of the answer
 */
record GalleryAnswer(FriendProfile profile, Clock clock) {

  /** Returns the answer when no reference was looked at. */
  FriendGallery refused(FailureCode code) {
    return answer(List.of(), List.of(), code);
  }

  /** Returns the answer to the verdicts on the profile's references, in their order. */
  FriendGallery to(List<ReferenceVerdict> verdicts) {
    List<ReferenceAnswer> answers = new ArrayList<>();
    List<Exemplar> exemplars = new ArrayList<>();
    FailureCode code = FailureCode.NO_REFERENCE;
    for (ReferenceVerdict verdict : verdicts) {
      String key = profile.getReferences().get(answers.size()).getKey();
      switch (verdict) {
        case Accepted accepted -> {
          answers.add(new ReferenceAnswer(key, true, null, 1, null));
          exemplars.add(new Exemplar(key, accepted.embedding().toBytes()));
        }
        case Refused refused -> {
          code = code == FailureCode.NO_REFERENCE ? refused.code() : code;
          answers.add(
              new ReferenceAnswer(key, false, refused.code(), refused.faces(), refused.message()));
        }
      }
    }
    return answer(answers, exemplars, exemplars.isEmpty() ? code : null);
  }

  private FriendGallery answer(
      List<ReferenceAnswer> references, List<Exemplar> exemplars, @Nullable FailureCode code) {
    boolean looked = !references.isEmpty();
    return FriendGallery.newBuilder()
        .setEventId(
            EventIds.friend(
                Topics.FRIEND_GALLERY,
                profile.getOwnerId(),
                profile.getFriendId(),
                profile.getVersion()))
        .setOccurredAt(clock.instant())
        .setOwnerId(profile.getOwnerId())
        .setFriendId(profile.getFriendId())
        .setProfileVersion(profile.getVersion())
        .setState(code == null ? GalleryState.ACCEPTED : GalleryState.REFUSED)
        .setCode(code)
        .setReferences(references)
        .setExemplars(exemplars)
        .setWarnings(List.of())
        .setDimension(code == null ? FaceModels.DIMENSION : 0)
        .setModelId(FaceModels.modelId())
        .setSpaceId(looked ? FaceModels.spaceId() : "")
        .build();
  }
}
