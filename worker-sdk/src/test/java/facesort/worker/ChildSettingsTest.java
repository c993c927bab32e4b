package facesort.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class ChildSettingsTest {
  private static final String SECRET = "facesort.storage.secret-key";
  private static final String ENVIRONMENT =
      StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;

  @Test
  void everythingBelowFacesort_isPassedOn_secretsIncluded() throws IOException {
    ConfigurableEnvironment child =
        passedOn(
            Map.of(
                SECRET,
                "sesame",
                "facesort.worker.batch",
                8,
                "facesort.kafka.bootstrap-servers",
                "",
                "spring.datasource.password",
                "not below facesort",
                "facesortish.setting",
                "neither"),
            Map.of());

    assertThat(child.getProperty(SECRET)).isEqualTo("sesame");
    assertThat(child.getProperty("facesort.worker.batch", Integer.class)).isEqualTo(8);
    assertThat(child.getProperty("facesort.kafka.bootstrap-servers")).isEmpty();
    assertThat(child.containsProperty("spring.datasource.password")).isFalse();
    assertThat(child.containsProperty("facesortish.setting")).isFalse();
  }

  @Test
  void strongerSource_winsInTheChild_too() throws IOException {
    ConfigurableEnvironment child =
        passedOn(
            Map.of("facesort.slot", "from the command line"),
            Map.of("facesort.slot", "from the file", "facesort.worker.batch", "from the file"));

    assertThat(child.getProperty("facesort.slot")).isEqualTo("from the command line");
    assertThat(child.getProperty("facesort.worker.batch")).isEqualTo("from the file");
  }

  /** A variable of the environment is stronger than a file and weaker than an argument. */
  @Test
  void inheritedEnvironment_keepsItsPlace() throws IOException {
    ConfigurableEnvironment child = passedOn(Map.of("facesort.a", "1"), Map.of("facesort.b", "2"));

    assertThat(child.getPropertySources().stream())
        .extracting(
            PropertySource::getName,
            source -> source.getProperty("facesort.a"),
            source -> source.getProperty("facesort.b"))
        .containsExactly(
            tuple("parent-0", "1", null),
            tuple(ENVIRONMENT, null, null),
            tuple("parent-1", null, "2"));
  }

  @Test
  void withoutAnEnvironment_nothingIsLost() throws IOException {
    StandardEnvironment parent = environment(Map.of("facesort.a", "1"), Map.of("facesort.a", "2"));
    parent.getPropertySources().remove(ENVIRONMENT);

    assertThat(read(written(parent)).getProperty("facesort.a")).isEqualTo("1");
  }

  @Test
  void placeholders_areResolvedWhereTheirValuesAre() throws IOException {
    ConfigurableEnvironment child =
        passedOn(
            Map.of("facesort.storage.endpoint", "http://${host}:1/${facesort.unknown}"),
            Map.of("host", "here"));

    MapPropertySource only = (MapPropertySource) child.getPropertySources().iterator().next();
    assertThat(only.getProperty("facesort.storage.endpoint"))
        .isEqualTo("http://here:1/${facesort.unknown}");
  }

  /** They are in every process list. */
  @Test
  void commandLine_hasNoSettings() throws IOException {
    System.setProperty(SECRET, "sesame");
    try {
      List<String> command = ChildCommand.of(ChildSettingsTest.class, "main");

      assertThat(read(written(new StandardEnvironment())).getProperty(SECRET))
          .as("it goes through the pipe")
          .isEqualTo("sesame");
      assertThat(command).noneMatch(word -> word.contains("sesame") || word.contains(SECRET));
      assertThat(command)
          .endsWith(ChildSettingsTest.class.getName(), WorkerProgram.CHILD, "--role=main");
    } finally {
      System.clearProperty(SECRET);
    }
  }

  private static ConfigurableEnvironment passedOn(
      Map<String, Object> arguments, Map<String, Object> file) throws IOException {
    return read(written(environment(arguments, file)));
  }

  /** Arguments before the environment and a file behind it, as Spring Boot has them. */
  private static StandardEnvironment environment(
      Map<String, Object> arguments, Map<String, Object> file) {
    StandardEnvironment environment = new StandardEnvironment();
    MutablePropertySources sources = environment.getPropertySources();
    sources.remove(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME);
    sources.replace(
        ENVIRONMENT,
        new SystemEnvironmentPropertySource(
            ENVIRONMENT, Map.of("facesort.inherited", "by the process")));
    sources.addFirst(new MapPropertySource("arguments", arguments));
    sources.addLast(new MapPropertySource("file", file));
    return environment;
  }

  private static byte[] written(ConfigurableEnvironment environment) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ChildSettings.write(new DataOutputStream(bytes), environment);
    return bytes.toByteArray();
  }

  private static ConfigurableEnvironment read(byte[] bytes) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    ConfigurableEnvironment child = ChildSettings.read(in);
    assertThat(in.read()).as("records follow").isEqualTo(-1);
    return child;
  }
}
