package facesort.local;

import facesort.local.process.ProcessSpec;
import facesort.local.process.ReadyCheck;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** S3Proxy over a folder of files; checks signatures like S3 itself. */
record ObjectStore(ProjectHome home, DataFolder data, Ports ports, Secrets secrets)
    implements Component {
  static final String BUCKET = "facesort";

  @Override
  public ProcessSpec prepare() throws IOException {
    Path folder = data.folder("s3");
    Files.createDirectories(folder.resolve("objects").resolve(BUCKET));
    Path settings = folder.resolve("s3proxy.conf");
    DataFolder.writePrivately(settings, settings(folder.resolve("objects")));
    Path logback = folder.resolve("logback.xml");
    try (InputStream in = ObjectStore.class.getResourceAsStream("s3-logback.xml")) {
      Files.write(logback, in.readAllBytes());
    }
    return ProcessSpec.of(
        "s3",
        JavaCommand.withHeap(160)
            .quickStart()
            .flags("-Dlogback.configurationFile=" + logback)
            .main(
                home.built("local-stack/s3/target/lib") + "/*",
                "org.gaul.s3proxy.Main",
                "--properties",
                settings.toString()),
        folder,
        ReadyCheck.anyAnswer(endpoint()));
  }

  private String endpoint() {
    return "http://127.0.0.1:" + ports.s3();
  }

  private String settings(Path objects) {
    return """
    s3proxy.endpoint=%s
    s3proxy.authorization=aws-v4
    s3proxy.identity=%s
    s3proxy.credential=%s
    # Multipart uploads of the SDK send headers it does not know.
    s3proxy.ignore-unknown-headers=true
    jclouds.provider=filesystem-nio2
    jclouds.identity=unused
    jclouds.credential=unused
    jclouds.filesystem.basedir=%s
    """
        .formatted(endpoint(), secrets.s3AccessKey(), secrets.s3SecretKey(), objects);
  }
}
