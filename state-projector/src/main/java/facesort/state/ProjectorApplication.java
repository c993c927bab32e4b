package facesort.state;

import facesort.service.ServiceConfiguration;
import facesort.service.sql.PostgresSettings;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Import;

/** Job status from events, and the answers to who asks where a photo stands. */
@SpringBootApplication
@EnableConfigurationProperties({ProjectorSettings.class, PostgresSettings.class})
@Import(ServiceConfiguration.class)
public class ProjectorApplication {

  /** Runs until it is stopped. */
  public static void main(String[] args) {
    SpringApplication.run(ProjectorApplication.class, args);
  }
}
