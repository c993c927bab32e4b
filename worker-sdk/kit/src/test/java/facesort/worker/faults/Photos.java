package facesort.worker.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import facesort.local.StackAddresses;
import facesort.schemas.ObjectRef;
import facesort.service.ObjectStore;
import facesort.service.ServiceConfiguration;
import facesort.service.StoredObject;
import facesort.worker.kit.ClientSettings;
import facesort.worker.kit.Tasks;
import java.nio.file.Path;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** The photos of a test's tasks, in the bucket itself. */
record Photos(Tasks tasks, S3AsyncClient s3, ObjectStore store) implements AutoCloseable {
  private static final int LENGTH = 1_500;

  static Photos of(Tasks tasks, StackAddresses stack) {
    S3AsyncClient s3 = new ServiceConfiguration().s3(ClientSettings.of(stack, Path.of("none")));
    return new Photos(tasks, s3, new ObjectStore(s3, stack.bucket()));
  }

  /** Writes a photo that begins with its id; what it returns names this content alone. */
  ObjectRef put(String photo) {
    byte[] bytes = (photo + " ".repeat(LENGTH)).getBytes(UTF_8);
    StoredObject stored =
        store.put(tasks.photoKey(photo), bytes, "image/jpeg").blockOptional().orElseThrow();
    return new ObjectRef(store.bucket(), stored.key(), stored.etag(), stored.length());
  }

  @Override
  public void close() {
    s3.close();
  }
}
