package facesort.inference.onnx;

/** Something that models can run on. */
public sealed interface Device {
  /** The processor: any number of threads call a session, each uses one core. */
  Device CPU = new Cpu();

  /** How heartbeats, logs and metrics name it. */
  String text();

  /** The processor. */
  record Cpu() implements Device {
    @Override
    public String text() {
      return "cpu";
    }
  }

  /**
   * A graphics processor of NVIDIA's.
   *
   * @param number its number among those of the machine, from 0
   * @param memoryBytes most memory that one model may take for its numbers
   */
  record Cuda(int number, long memoryBytes) implements Device {
    @Override
    public String text() {
      return "cuda:" + number;
    }
  }
}
