package facesort.local;

import facesort.local.process.ProcessSpec;
import facesort.local.process.ReadyCheck;
import facesort.local.process.StopSignal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** PostgreSQL 18 with one database, reached by password on loopback. */
record Postgres(ProjectHome home, DataFolder data, Ports ports, Secrets secrets)
    implements Component {
  static final String DATABASE = "facesort";
  static final String USER = "facesort";

  @Override
  public ProcessSpec prepare() throws IOException, InterruptedException {
    Path binaries = PostgresBinaries.in(home);
    Path folder = data.folder("postgres");
    Path cluster = folder.resolve("cluster");
    if (!Files.isDirectory(cluster)) {
      initialise(binaries, folder, cluster);
    }
    StalePostmaster.clear(cluster);
    return ProcessSpec.of(
            "postgres",
            asUser(binaries.resolve("bin/postgres"), serverArguments(cluster)),
            folder,
            ReadyCheck.logLine("database system is ready to accept connections"))
        .withStop(StopSignal.INT, Duration.ofSeconds(20));
  }

  private List<String> serverArguments(Path cluster) {
    List<String> arguments = new ArrayList<>(List.of("-D", cluster.toString()));
    for (String setting :
        List.of(
            "listen_addresses=127.0.0.1",
            "port=" + ports.postgres(),
            "unix_socket_directories=",
            "shared_buffers=32MB",
            "max_connections=100",
            "password_encryption=scram-sha-256",
            "timezone=UTC",
            "log_timezone=UTC")) {
      arguments.add("-c");
      arguments.add(setting);
    }
    return arguments;
  }

  /** Built beside its place and moved there whole: a kill half-way leaves nothing half-made. */
  private void initialise(Path binaries, Path folder, Path cluster)
      throws IOException, InterruptedException {
    Path draft = folder.resolve("cluster.new");
    FileTree.delete(draft);
    Path password = folder.resolve("password");
    DataFolder.writePrivately(password, secrets.postgresPassword());
    OneShot.run(
        "creating the database cluster",
        asUser(
            binaries.resolve("bin/initdb"),
            List.of(
                "-D",
                draft.toString(),
                "-U",
                USER,
                "--auth=scram-sha-256",
                "--pwfile=" + password,
                "--encoding=UTF8",
                "--locale=C",
                "--no-sync")),
        folder,
        data.log("postgres-init"));
    Files.delete(password);
    createDatabase(binaries, folder, draft);
    Files.move(draft, cluster, StandardCopyOption.ATOMIC_MOVE);
  }

  private void createDatabase(Path binaries, Path folder, Path draft)
      throws IOException, InterruptedException {
    Path statement = Files.writeString(folder.resolve("create.sql"), "CREATE DATABASE " + DATABASE);
    List<String> server =
        asUser(
            binaries.resolve("bin/postgres"),
            List.of("--single", "-D", draft.toString(), "postgres"));
    List<String> command = new ArrayList<>(List.of("sh", "-c", "exec \"$@\" < create.sql", "sh"));
    command.addAll(server);
    OneShot.run("creating the database", command, folder, data.log("postgres-init"));
    Files.delete(statement);
  }

  /** PostgreSQL refuses to run as root: in a user namespace of its own it is nobody. */
  private static List<String> asUser(Path program, List<String> arguments) throws IOException {
    boolean root = Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    List<String> command = new ArrayList<>(root ? List.of("unshare", "-U") : List.of());
    command.add(program.toString());
    command.addAll(arguments);
    return command;
  }
}
