package facesort.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A launcher to be killed: starts a stack, says so in a file, stays. */
final class StackMain {
  private StackMain() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    Path data = Path.of(args[0]);
    LocalStack.start(StackSettings.in(data), System.out::println);
    Files.createFile(data.resolve("ready"));
    new CountDownLatch(1).await();
  }
}
