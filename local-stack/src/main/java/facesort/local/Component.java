package facesort.local;

import facesort.local.process.ProcessSpec;
import java.io.IOException;

/** One process of the stack. */
sealed interface Component
    permits KafkaBroker, SchemaRegistry, Postgres, ObjectStore, TelegramStandIn {
  /** Writes its files and answers how to run it; may take a second or two at the first start. */
  ProcessSpec prepare() throws IOException, InterruptedException;

  /** Settles what can only be settled while it runs. */
  default void afterReady() throws IOException, InterruptedException {}
}
