package facesort.ingest;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The service's process. */
@SpringBootApplication
public class IngestApplication {

  /** Starts the service; its settings come from application.yaml, the environment and arguments. */
  public static void main(String[] args) {
    SpringApplication.run(IngestApplication.class, args);
  }
}
