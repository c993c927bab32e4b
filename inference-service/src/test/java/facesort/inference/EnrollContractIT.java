package facesort.inference;

import facesort.inference.enroll.EnrollStage;
import facesort.inference.enroll.Enroller;
import facesort.local.assets.Assets;
import facesort.schemas.Consent;
import facesort.schemas.FailureCode;
import facesort.schemas.FriendGallery;
import facesort.schemas.FriendProfile;
import facesort.schemas.Topics;
import facesort.worker.kit.contract.Given;
import facesort.worker.kit.contract.StageContract;
import facesort.worker.kit.contract.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;

/** Enroll keeps the contract of a stage. */
class EnrollContractIT implements StageContract<Enroller, FriendProfile, FriendGallery> {
  @Override
  public Subject<Enroller, FriendProfile, FriendGallery> subject() {
    return Subject.of(
            InferenceApplication.class, "enroll", EnrollStage::stage, Topics.FRIEND_GALLERY)
        .with("facesort.models.dir", Assets.models());
  }

  @Override
  public FriendProfile doneTask(Given given) throws IOException {
    return profile(given, 1);
  }

  @Override
  public FriendProfile refusedTask(Given given) throws IOException {
    return profile(given, -1);
  }

  @Override
  public FailureCode refusal() {
    return FailureCode.INVALID_EVENT;
  }

  private static FriendProfile profile(Given given, long version) throws IOException {
    byte[] photo = Files.readAllBytes(Assets.samplePhotos().resolve("sample1.jpg"));
    return FriendProfile.newBuilder()
        .setEventId(given.photoId())
        .setOccurredAt(Instant.now())
        .setOwnerId(given.ownerId())
        .setFriendId(given.photoId())
        .setVersion(version)
        .setName("Contract")
        .setConsent(new Consent(true, Instant.now(), "1"))
        .setReferences(List.of(given.photo(photo)))
        .setErased(false)
        .build();
  }
}
