package facesort.local;

import com.fasterxml.jackson.annotation.JsonInclude;
import facesort.local.process.ProcessSpec;
import facesort.local.process.ReadyCheck;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.databind.ObjectMapper;

/** The double of Telegram's Bot API, in a process of its own like the real one. */
record TelegramStandIn(DataFolder data, Ports ports, Secrets secrets) implements Component {
  // By name: the process is only started here, never called.
  private static final String MAIN = "facesort.local.telegram.TelegramServer";

  @Override
  public ProcessSpec prepare() throws IOException {
    Path folder = data.folder("telegram");
    return ProcessSpec.of(
            "telegram",
            // With the optimising compiler: only that has SHA-256 in machine code, ten times as
            // fast.
            JavaCommand.withHeap(320)
                .main(classPath(), MAIN, Integer.toString(ports.telegram()), folder.toString()),
            folder,
            ReadyCheck.http("http://127.0.0.1:%d/control/health".formatted(ports.telegram())))
        .withEnvironment(Map.of("FACESORT_TELEGRAM_TOKEN", secrets.telegramToken()));
  }

  private static String classPath() {
    return Stream.of(
            TelegramStandIn.class, ObjectMapper.class, TokenStreamFactory.class, JsonInclude.class)
        .map(TelegramStandIn::location)
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static String location(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
