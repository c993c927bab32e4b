package facesort.service;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Primary;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/**
 * The object store of programs that try again themselves: tries on two levels multiply, and each
 * takes its time. Import it beside {@link ServiceConfiguration}.
 */
@Configuration(proxyBeanMethods = false)
public class StorageTriedOnce {

  /** The client; takes the place of the one that tries again. */
  @Lazy
  @Primary
  @Bean(destroyMethod = "close")
  public S3AsyncClient s3TryingOnce(ServiceSettings settings) {
    return ServiceConfiguration.s3(settings, AwsRetryStrategy.doNotRetry());
  }

  /** The bucket over a client of its own, which lives as long as the process. */
  public ObjectStore objectStore(ServiceSettings settings) {
    return new ObjectStore(s3TryingOnce(settings), ServiceConfiguration.storage(settings).bucket());
  }
}
