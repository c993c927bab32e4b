package facesort.schemas;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Where the codec finds ids.
 *
 * @param registry base address of the registry's Confluent API
 * @param timeout longest wait for the registry to connect, and to answer
 * @param idsFile written by {@code schemas register}; may be absent
 * @param cacheFile where this process keeps ids it learned; may be absent
 * @param autoRegister register a schema of ours that the registry lacks: local stack and tests only
 */
public record CodecConfig(
    URI registry, Duration timeout, Path idsFile, Path cacheFile, boolean autoRegister) {

  /** Checks what can be checked without the registry. */
  public CodecConfig {
    if (!registry.isAbsolute()) {
      throw new IllegalArgumentException(
          "registry: %s is no address; an example is http://127.0.0.1:8081/apis/ccompat/v7"
              .formatted(registry));
    }
    if (timeout.isZero() || timeout.isNegative()) {
      throw new IllegalArgumentException("timeout: %s, must be above 0".formatted(timeout));
    }
  }
}
