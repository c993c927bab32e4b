package facesort.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facesort.local.StackAddresses;
import facesort.local.junit.LocalStackExtension;
import facesort.service.ObjectStoreException.Kind;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;

@ExtendWith(LocalStackExtension.class)
class MultipartPutIT {

  private static final int MEGABYTE = 1024 * 1024;
  private static final OutputPrefix PREFIX = new OutputPrefix("anna", "large-it", "t1", "blur");

  private static StackClients clients;

  @BeforeAll
  static void connect(StackAddresses stack, @TempDir Path folder) throws Exception {
    clients = StackClients.on(stack, folder);
  }

  @AfterAll
  static void close() {
    clients.close();
  }

  @Test
  void put_sendsTwentyMegabytesInPartsAndGetReadsTheSame() {
    var parts = new AtomicInteger();
    var bytes = random(20 * MEGABYTE + 7);

    try (var s3 =
        watched(request -> {
          if (request instanceof UploadPartRequest) {
            parts.incrementAndGet();
          }
        })) {
      var stored =
          output(s3)
              .put("large.bin", bytes, "application/octet-stream")
              .blockOptional()
              .orElseThrow();

      var key = PREFIX.key("large.bin").value();
      assertThat(stored).isEqualTo(clients.store().head(key).block());
      assertThat(stored.etag()).isNotEmpty();
      assertThat(clients.store().get(key, bytes.length).block()).isEqualTo(bytes);
      assertThat(parts).hasValue(3);
    }
  }

  @Test
  void put_sendsEightMegabytesInOnePiece() {
    var bytes = random(8 * MEGABYTE);
    try (var s3 =
        watched(request -> {
          if (request instanceof UploadPartRequest) {
            throw new IllegalStateException("sent in parts");
          }
        })) {
      output(s3).put("whole.bin", bytes, "application/octet-stream").block();
    }

    var key = PREFIX.key("whole.bin").value();
    assertThat(clients.store().get(key, bytes.length).block()).isEqualTo(bytes);
  }

  @Test
  void put_leavesWhatWasThereWhenAPartFails() {
    var key = PREFIX.key("broken.bin").value();
    clients.store().put(key, new byte[] {1, 2, 3}, "application/octet-stream").block();

    try (var s3 =
        watched(request -> {
          if (request instanceof UploadPartRequest part && part.partNumber() == 2) {
            throw new IllegalStateException("dies between parts");
          }
        })) {
      assertUnavailable(s3, "broken.bin");
    }

    assertThat(clients.store().get(key, 10).block()).containsExactly(1, 2, 3);
    assertThat(unfinished(key)).isZero();
  }

  @Test
  void put_leavesNothingWhenTheLastCallFails() {
    try (var s3 =
        watched(request -> {
          if (request instanceof CompleteMultipartUploadRequest) {
            throw new IllegalStateException("dies at the end");
          }
        })) {
      assertUnavailable(s3, "last.bin");
    }

    assertNoObject("last.bin");
    assertThat(unfinished(PREFIX.key("last.bin").value())).isZero();
  }

  /** A process that dies between parts aborts nothing. */
  @Test
  void parts_areNoObjectUntilTheyAreCompleted() {
    var key = PREFIX.key("dead.bin").value();
    var bucket = clients.store().bucket();
    var upload =
        clients.s3().createMultipartUpload(r -> r.bucket(bucket).key(key)).join().uploadId();
    clients
        .s3()
        .uploadPart(
            r -> r.bucket(bucket).key(key).uploadId(upload).partNumber(1),
            AsyncRequestBody.fromBytes(random(8 * MEGABYTE)))
        .join();

    assertNoObject("dead.bin");
    clients.s3().abortMultipartUpload(r -> r.bucket(bucket).key(key).uploadId(upload)).join();
  }

  @Test
  void put_refusesANameThatLeadsOut() {
    var output = new TaskOutput(clients.store(), PREFIX);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> output.put("../../t2/blur/x", new byte[1], "image/jpeg").block());
  }

  private static void assertUnavailable(S3AsyncClient s3, String name) {
    assertThatThrownBy(
            () -> output(s3).put(name, random(20 * MEGABYTE), "application/octet-stream").block())
        .isInstanceOfSatisfying(
            ObjectStoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE));
  }

  private static void assertNoObject(String name) {
    var key = PREFIX.key(name).value();
    assertThatThrownBy(() -> clients.store().head(key).block())
        .isInstanceOfSatisfying(
            ObjectStoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.MISSING));
    assertThat(clients.store().list(key).collectList().block()).isEmpty();
  }

  private static long unfinished(String key) {
    var bucket = clients.store().bucket();
    return clients.s3().listMultipartUploads(r -> r.bucket(bucket)).join().uploads().stream()
        .filter(upload -> upload.key().equals(key))
        .count();
  }

  private static TaskOutput output(S3AsyncClient s3) {
    return new TaskOutput(new ObjectStore(s3, clients.store().bucket()), PREFIX);
  }

  private interface Watch {
    void sees(Object request);
  }

  /** The client of a service, whose requests are seen before they are sent. */
  private static S3AsyncClient watched(Watch watch) {
    var service = clients.s3().serviceClientConfiguration();
    return S3AsyncClient.builder()
        .httpClientBuilder(new StorageConnections.Builder())
        .region(service.region())
        .endpointOverride(service.endpointOverride().orElseThrow())
        .credentialsProvider(service.credentialsProvider())
        .forcePathStyle(true)
        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
        .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
        .overrideConfiguration(o -> o.addExecutionInterceptor(new Watching(watch)))
        .build();
  }

  private record Watching(Watch watch) implements ExecutionInterceptor {
    @Override
    public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
      watch.sees(context.request());
    }
  }

  private static byte[] random(int length) {
    var bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }
}
