package facesort.local;

/** TCP ports on 127.0.0.1; 0 stands for any free one, kept for the next start on the same data. */
public record Ports(
    int kafka,
    int kafkaController,
    int registry,
    int registryManagement,
    int postgres,
    int s3,
    int telegram) {
  /** All free. */
  public static final Ports ANY = new Ports(0, 0, 0, 0, 0, 0, 0);
}
