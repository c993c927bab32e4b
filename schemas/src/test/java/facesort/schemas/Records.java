package facesort.schemas;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.List;

/** Complete records whose values do not matter unless a test names them. */
final class Records {

  private Records() {}

  static Cleanup aCleanup() {
    return Cleanup.newBuilder()
        .setEventId("e")
        .setOccurredAt(Instant.ofEpochMilli(1))
        .setJobId("j")
        .setOwnerId("o")
        .setKind(CleanupKind.REQUESTED)
        .setSeq(0)
        .build();
  }

  static FriendGallery aGallery(List<ReferenceAnswer> references) {
    return FriendGallery.newBuilder()
        .setEventId("e")
        .setOccurredAt(Instant.ofEpochMilli(1))
        .setOwnerId("o")
        .setFriendId("f")
        .setProfileVersion(1)
        .setState(GalleryState.ACCEPTED)
        .setReferences(references)
        .setExemplars(
            List.of(Exemplar.newBuilder().setKey("k").setEmbedding(anEmbedding(512)).build()))
        .setDimension(512)
        .setModelId("m")
        .setSpaceId("s")
        .build();
  }

  static ReferenceAnswer aReference() {
    return ReferenceAnswer.newBuilder().setKey("").setAccepted(true).setFaces(1).build();
  }

  private static ByteBuffer anEmbedding(int dimension) {
    var floats = ByteBuffer.allocate(dimension * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < dimension; i++) {
      floats.putFloat(i / (float) dimension);
    }
    return floats.flip();
  }
}
