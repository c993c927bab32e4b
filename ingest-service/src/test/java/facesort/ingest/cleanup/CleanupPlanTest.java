package facesort.ingest.cleanup;

import static org.assertj.core.api.Assertions.assertThat;

import facesort.ingest.job.Manifest;
import facesort.ingest.job.Manifests;
import facesort.schemas.Cleanup;
import facesort.schemas.CleanupKind;
import facesort.schemas.EventIds;
import facesort.schemas.KeepReason;
import facesort.schemas.KeptObject;
import facesort.service.StoredObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CleanupPlanTest {

  private static final String PREFIX = "owners/demo/jobs/" + Manifests.JOB + "/";
  private static final List<StoredObject> LISTING =
      Stream.of("photos/p1", "photos/p2", "photos/p2.old", "tasks/t1/result.json")
          .map(name -> new StoredObject(PREFIX + name, "e", 100))
          .toList();

  @Test
  void of_removesEverythingBelowTheJobExceptTheNamedPhotos() {
    var plan = plan(request(false, "p2"), Optional.empty());

    assertThat(plan.keys())
        .containsExactly(
            PREFIX + "photos/p1", PREFIX + "photos/p2.old", PREFIX + "tasks/t1/result.json");
    assertThat(plan.left()).extracting(KeptObject::getPhotoId).containsExactly("p2");
    assertThat(plan.count()).isEqualTo(3);
    assertThat(plan.bytes()).isEqualTo(300);
  }

  @Test
  void of_leavesAllPhotosWhenTheSubmissionSaysSo() {
    var manifest = Manifests.ofKeys(true, true, "owners/demo/in/a.jpg");

    var plan = plan(request(true), Optional.of(manifest));

    assertThat(plan.keys()).containsExactly(PREFIX + "tasks/t1/result.json");
    assertThat(plan.left())
        .extracting(KeptObject::getReason)
        .containsExactly(
            KeepReason.KEEP_ORIGINALS, KeepReason.KEEP_ORIGINALS, KeepReason.KEEP_ORIGINALS);
  }

  @Test
  void of_leavesAllPhotosWhenTheRequestNamesEveryPhoto() {
    var manifest = Manifests.ofKeys(false, true, "owners/demo/in/a.jpg");

    var plan = plan(request(true, EventIds.EVERY_PHOTO), Optional.of(manifest));

    assertThat(plan.keys()).containsExactly(PREFIX + "tasks/t1/result.json");
    assertThat(plan.left())
        .extracting(KeptObject::getPhotoId)
        .containsExactly("p1", "p2", "p2.old");
  }

  @Test
  void of_removesSourcesOnlyWhenRequestAndSubmissionSaySo() {
    var asked = Manifests.ofKeys(false, true, "owners/demo/in/a.jpg");
    var notAsked = Manifests.ofKeys(false, false, "owners/demo/in/a.jpg");

    assertThat(plan(request(true), Optional.of(asked)).sources()).hasSize(1);
    assertThat(plan(request(false), Optional.of(asked)).sources()).isEmpty();
    assertThat(plan(request(true), Optional.of(notAsked)).sources()).isEmpty();
    assertThat(plan(request(true), Optional.empty()).sources()).isEmpty();
  }

  @Test
  void of_neverRemovesWhatBelongsToFaceSortOrToOthersAsASource() {
    var manifest =
        Manifests.ofKeys(
            false,
            true,
            "owners/demo/jobs/other/photos/p1",
            "owners/demo/submissions/other.json",
            "owners/demo/friends/anna/references/x",
            "owners/other/in/a.jpg",
            "owners/demo/in/../jobs/x",
            "owners/demo/in/a.jpg",
            "owners/demo/in/a.jpg");

    var plan = plan(request(true), Optional.of(manifest));

    assertThat(plan.sources())
        .extracting(StoredObject::key)
        .containsExactly("owners/demo/in/a.jpg");
  }

  @Test
  void of_leavesASourceThatIsKeptUnderAnyOfItsNames() {
    var manifest = Manifests.ofKeys(false, true, "owners/demo/in/a.jpg", "owners/demo/in/a.jpg");
    var kept = manifest.sources().get(1).photoId();

    var plan = plan(request(true, kept), Optional.of(manifest));

    assertThat(plan.sources()).isEmpty();
  }

  private static CleanupPlan plan(Cleanup request, Optional<Manifest> manifest) {
    return CleanupPlan.of(request, LISTING, manifest);
  }

  private static Cleanup request(boolean deleteSource, String... kept) {
    return Cleanup.newBuilder()
        .setEventId("e")
        .setOccurredAt(Instant.EPOCH)
        .setJobId(Manifests.JOB)
        .setOwnerId("demo")
        .setKind(CleanupKind.REQUESTED)
        .setSeq(0)
        .setDeleteSource(deleteSource)
        .setKept(
            Stream.of(kept)
                .map(id ->
                    KeptObject.newBuilder()
                        .setPhotoId(id)
                        .setReason(KeepReason.FAILED_PHOTO)
                        .build())
                .toList())
        .build();
  }
}
