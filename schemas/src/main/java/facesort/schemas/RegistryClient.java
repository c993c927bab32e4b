package facesort.schemas;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.rest.RestService;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.rest.entities.requests.ConfigUpdateRequest;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;

/**
 * Confluent's own registry client, the copy inside Flink's jar, since Confluent's is not on Maven
 * Central. Only this class knows its package: who has Confluent's repository changes this class and
 * one dependency. That copy has its own Avro, so schemas pass as text.
 *
 * <p>Safe for any number of threads; each call blocks for at most the time-out to connect and as
 * long again to read.
 */
public final class RegistryClient implements SchemaRegistry {

  private static final int INCOMPATIBLE = 409;
  private static final int INVALID_SCHEMA = 422;
  private static final int NO_SUBJECT = 40401;
  private static final int NO_VERSION = 40402;
  private static final int NO_SCHEMA = 40403;
  private static final Set<Integer> NOT_THERE = Set.of(NO_SUBJECT, NO_VERSION, NO_SCHEMA);

  private final URI address;
  private final RestService rest;

  /**
   * @param address base address of the registry's Confluent API, such as {@code
   *     http://127.0.0.1:8081/apis/ccompat/v7}
   * @param timeout longest wait to connect, and for an answer
   */
  public RegistryClient(URI address, Duration timeout) {
    this.address = address;
    rest = new RestService(address.toString());
    rest.setHttpConnectTimeoutMs(Math.toIntExact(timeout.toMillis()));
    rest.setHttpReadTimeoutMs(Math.toIntExact(timeout.toMillis()));
  }

  @Override
  public Optional<String> schema(int id) {
    return ask(() -> rest.getId(id)).map(found -> found.getSchemaString());
  }

  @Override
  public OptionalInt find(String subject, String schema) {
    return ask(() -> rest.lookUpSubjectVersion(schema, subject)).stream()
        .mapToInt(found -> found.getId())
        .findFirst();
  }

  @Override
  public int register(String subject, String schema) {
    return require(subject, ask(() -> rest.registerSchema(schema, subject)));
  }

  /** All versions of the subject, oldest first; empty when the registry does not know it. */
  List<RegisteredSchema> versions(String subject) {
    var versions = new ArrayList<RegisteredSchema>();
    for (int version : ask(() -> rest.getAllVersions(subject)).orElse(List.of())) {
      var found = require(subject, ask(() -> rest.getVersion(subject, version)));
      versions.add(new RegisteredSchema(version, found.getId(), found.getSchema()));
    }
    return versions;
  }

  /** From now on the registry refuses a version of the subject that breaks an earlier one. */
  void requireFullTransitive(String subject) {
    var request = new ConfigUpdateRequest();
    request.setCompatibilityLevel("FULL_TRANSITIVE");
    require(subject, ask(() -> rest.updateConfig(request, subject)));
  }

  private <T> T require(String subject, Optional<T> answer) {
    return answer.orElseThrow(
        () -> new RegistryUnavailableException(address + " lost " + subject + " meanwhile", null));
  }

  /** Empty means that the registry itself said so; a 404 from anything else is an outage. */
  private <T> Optional<T> ask(Call<T> call) {
    try {
      return Optional.of(call.answer());
    } catch (RestClientException e) {
      if (NOT_THERE.contains(e.getErrorCode())) {
        return Optional.empty();
      }
      if (e.getStatus() == INCOMPATIBLE || e.getStatus() == INVALID_SCHEMA) {
        throw new IllegalStateException("the registry refuses: " + e.getMessage(), e);
      }
      throw unavailable("answered " + e.getStatus(), e);
    } catch (IOException e) {
      throw unavailable("does not answer", e);
    }
  }

  private RegistryUnavailableException unavailable(String what, Exception cause) {
    return new RegistryUnavailableException("the registry at " + address + " " + what, cause);
  }

  @FunctionalInterface
  private interface Call<T> {
    T answer() throws IOException, RestClientException;
  }
}
