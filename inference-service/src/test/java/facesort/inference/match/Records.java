package facesort.inference.match;

import facesort.inference.face.Embedding;
import facesort.schemas.Consent;
import facesort.schemas.DetectedFace;
import facesort.schemas.Exemplar;
import facesort.schemas.FacesDetected;
import facesort.schemas.FriendGallery;
import facesort.schemas.FriendProfile;
import facesort.schemas.GalleryState;
import facesort.schemas.ObjectRef;
import facesort.schemas.PartitionOffset;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Records that match reads, of one owner, with what a test does not care about filled in. */
final class Records {
  static final String OWNER = "owner";

  private Records() {}

  static FacesDetected faces(Instant found, int dimension, List<DetectedFace> faces) {
    return faces(found, dimension, faces, null);
  }

  static FacesDetected faces(
      Instant found,
      int dimension,
      List<DetectedFace> faces,
      @Nullable List<PartitionOffset> profilesUpto) {
    return FacesDetected.newBuilder()
        .setEventId("event")
        .setOccurredAt(found)
        .setJobId("job")
        .setOwnerId(OWNER)
        .setTaskId("task")
        .setPhotoId("photo")
        .setSource(new ObjectRef("bucket", "key", null, null))
        .setMediaType("image/jpeg")
        .setWidth(10)
        .setHeight(10)
        .setFaces(faces)
        .setDimension(dimension)
        .setModelId("model")
        .setSpaceId("space")
        .setProcessingMillis(1)
        .setProfilesUpto(profilesUpto)
        .build();
  }

  static FriendProfile profile(String friend, long version, boolean consent) {
    return FriendProfile.newBuilder()
        .setEventId("event")
        .setOccurredAt(Instant.EPOCH)
        .setOwnerId(OWNER)
        .setFriendId(friend)
        .setVersion(version)
        .setName(friend)
        .setConsent(new Consent(consent, Instant.EPOCH, "v1"))
        .setReferences(List.of())
        .build();
  }

  static FriendGallery gallery(
      String friend, long version, GalleryState state, List<Exemplar> exemplars) {
    return FriendGallery.newBuilder()
        .setEventId("event")
        .setOccurredAt(Instant.EPOCH)
        .setOwnerId(OWNER)
        .setFriendId(friend)
        .setProfileVersion(version)
        .setState(state)
        .setReferences(List.of())
        .setWarnings(List.of())
        .setExemplars(exemplars)
        .setDimension(2)
        .setModelId("model")
        .setSpaceId("space")
        .build();
  }

  static Exemplar exemplar(Embedding embedding) {
    return new Exemplar("key", embedding.toBytes());
  }
}
