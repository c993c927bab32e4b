package facesort.ingest.cleanup;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import facesort.ingest.job.ManifestStore;
import facesort.schemas.AvroCodec;
import facesort.schemas.Causation;
import facesort.schemas.SchemaIds;
import facesort.schemas.SchemaRegistry;
import java.io.IOException;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CleanerIT {

  private final RefusingStore refusing;

  /** As in the service, where the codec is there first and lets Avro load our records. */
  @BeforeAll
  static void trustRecords() {
    var _ = new AvroCodec(SchemaIds.numbered(), SchemaRegistry.NONE);
  }

  CleanerIT() throws IOException {
    refusing = new RefusingStore();
  }

  @AfterEach
  void stop() {
    refusing.close();
  }

  @Test
  void clean_failsWhenAnObjectIsRefused() {
    refusing.refuseDeletions();

    assertThatExceptionOfType(LeftBehindException.class)
        .isThrownBy(this::clean)
        .withMessageContaining(RefusingStore.KEY)
        .withMessageContaining("AccessDenied");
  }

  @Test
  void clean_failsWhenAnObjectIsStillListedAfterItWasSaidToBeGone() {
    refusing.pretendDeletions();

    assertThatExceptionOfType(LeftBehindException.class)
        .isThrownBy(this::clean)
        .withMessageContaining(RefusingStore.KEY)
        .withMessageContaining("still listed");
  }

  private void clean() {
    var store = refusing.client();
    var cleaner = new Cleaner(store, new ManifestStore(store), Clock.systemUTC());
    var cause = Causation.newBuilder().setTopic("cleanup").setPartition(0).setOffset(0).build();
    cleaner.clean(RefusingStore.request(), cause).block();
  }
}
