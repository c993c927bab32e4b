package facesort.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the page that teaches the stage says is true of its source. */
class BlurStageTest {
  private static final Path SOURCES = Path.of("src/main/java/facesort/sample");
  private static final Pattern SNIPPET = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  @Test
  void stage_hasLessThan60Lines() throws IOException {
    assertThat(Files.readAllLines(SOURCES.resolve("BlurStage.java"))).hasSizeLessThan(60);
  }

  @Test
  void snippetsOfThePage_areInTheSources() throws IOException {
    StringBuilder sources = new StringBuilder();
    for (String file :
        List.of(
            "src/main/java/facesort/sample/BlurStage.java",
            "src/main/java/facesort/sample/Laplacian.java",
            "src/test/java/facesort/sample/BlurContractIT.java")) {
      sources.append(words(Files.readString(Path.of(file))));
    }
    List<String> snippets = new ArrayList<>();
    var found = SNIPPET.matcher(Files.readString(Path.of("README.md")));
    while (found.find()) {
      snippets.add(words(found.group(1)));
    }

    assertThat(snippets).hasSizeGreaterThanOrEqualTo(3);
    assertThat(sources.toString()).contains(snippets);
  }

  /** Line breaks and indentation are the page's own. */
  private static String words(String code) {
    return code.replaceAll("\\s+", " ").strip();
  }
}
