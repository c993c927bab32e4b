package facesort.ops.system;

import facesort.local.DataFolder;
import facesort.local.StackAddresses;
import facesort.ops.console.CommandException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Variables that kcat, psql and S3 clients read, in a file for the shell: so that no secret is
 * printed, and none has to be typed.
 */
final class ClientEnvironment {
  private ClientEnvironment() {}

  /** Readable by its owner alone. */
  static void write(Path data, StackAddresses stack) {
    Path file = file(data);
    try {
      DataFolder.writePrivately(file, String.join("\n", lines(stack)) + "\n");
    } catch (IOException e) {
      throw CommandException.error("cannot write " + file + ": " + e, e);
    }
  }

  static Path file(Path data) {
    return data.resolve("env");
  }

  private static List<String> lines(StackAddresses stack) {
    return List.of(
        "export BOOTSTRAP_SERVERS=" + stack.bootstrapServers(),
        "export REGISTRY_URL=" + stack.registryUrl(),
        "export PGHOST=" + stack.postgresHost(),
        "export PGPORT=" + stack.postgresPort(),
        "export PGDATABASE=" + stack.postgresDatabase(),
        "export PGUSER=" + stack.postgresUser(),
        "export PGPASSWORD=" + stack.postgresPassword(),
        "export AWS_ENDPOINT_URL=" + stack.s3Endpoint(),
        "export AWS_REGION=" + stack.s3Region(),
        "export AWS_DEFAULT_REGION=" + stack.s3Region(),
        "export AWS_ACCESS_KEY_ID=" + stack.s3AccessKey(),
        "export AWS_SECRET_ACCESS_KEY=" + stack.s3SecretKey(),
        "export BUCKET=" + stack.bucket(),
        "export TELEGRAM_URL=" + stack.telegramUrl());
  }
}
