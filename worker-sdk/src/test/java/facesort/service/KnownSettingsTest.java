package facesort.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facesort.service.sql.PostgresSettings;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ByteArrayResource;

class KnownSettingsTest {

  record Rule(int attempts, String then) {}

  @ConfigurationProperties("facesort.worker")
  record Worker(
      int batch, Map<String, Rule> policy, List<String> hosts, Map<String, String> labels) {}

  record Blur(int minSharpness, List<Rule> steps) {}

  @Configuration(proxyBeanMethods = false)
  @EnableConfigurationProperties(Worker.class)
  static class Mini {
    @Bean
    static KnownSettings knownSettings(ConfigurableEnvironment environment) {
      return new KnownSettings(environment);
    }
  }

  @Test
  void start_takesDefaultsAndSettingsOfOthers() {
    start(Map.of("spring.application.name", "x", "facesorting.x", "1"), Map.of());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "facesort.worker.batch",
        "facesort.worker.BATCH",
        "facesort.worker.policy.STORAGE_ERROR.attempts",
        "facesort.worker.policy[MODEL_ERROR].then",
        "facesort.worker.hosts",
        "facesort.worker.hosts[12]",
        "facesort.worker.labels.any",
        "facesort.worker.labels[with.dots]",
        "facesort.min-sharpness",
        "facesort.minSharpness",
        "facesort.min_sharpness",
        "facesort.steps[0].attempts"
      })
  void start_takesWhatRecordsDeclare(String name) {
    assertThat(unknown(Map.of(name, "1"), Map.of())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "facesort.worker.bach, facesort.worker.batch",
    "facesort.wroker.batch, facesort.worker.batch",
    "facesort.worker.batch.size, facesort.worker.batch",
    "facesort.worker.policy.X.atempts, facesort.worker.policy.*.attempts",
    "facesort.worker.policy.X, facesort.worker.policy.*.then",
    "facesort.worker.hosts[x], facesort.worker.hosts",
    "facesort.min-sharpnes, facesort.min-sharpness",
    "FACESORT.minsharp, facesort.min-sharpness"
  })
  void start_refusesWhatNobodyReadsAndNamesTheNearest(String name, String nearest) {
    assertThat(unknown(Map.of(name, "secret"), Map.of()))
        .singleElement()
        .asString()
        .contains("'" + name + "'", "(test)", "'" + nearest + "'")
        .doesNotContain("secret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "FACESORT_WORKER_BATCH",
        "facesort_worker_batch",
        "FACESORT_WORKER_POLICY_STORAGE_ERROR_ATTEMPTS",
        "FACESORT_WORKER_HOSTS_0",
        "FACESORT_WORKER_HOSTS_0_",
        "FACESORT_MINSHARPNESS",
        "FACESORT_MIN_SHARPNESS",
        "FACESORT_STEPS_0_THEN",
        "FACESORT_HOME",
        "FACESORT_JAVA_HOME",
        "FACESORT_DATA",
        "FACESORT_TTY",
        "FACESORT_CACHE",
        "FACESORT_BOOTSTRAP_SERVERS",
        "FACESORT_S3_SECRET_KEY",
        "FACESORT_DELIVERY_TELEGRAM_TOKEN",
        "FACESORT_POSTGRES_PASSWORD",
        "FACESORT_KAFKA_SERVICE_HOST",
        "FACESORT_KAFKA_SERVICE_PORT_HTTP",
        "FACESORT_KAFKA_PORT_9092_TCP_ADDR",
        "FACESORT_KAFKA_PORT",
        "FACESORTING_X",
        "HOME"
      })
  void start_takesVariablesOfItsOwnAndOfItsSurroundings(String name) {
    assertThat(unknown(Map.of(), Map.of(name, "tcp://10.0.0.1:9092"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "FACESORT_WORKER_BACH",
        "FACESORT_WORKR_BATCH",
        "FACESORT_WORKER_HOSTS_X",
        "FACESORT_S3_SECRETKEY_OLD",
        "FACESORT_SHARPNESS",
        "FACESORT_KAFKA_HOST"
      })
  void start_refusesVariablesThatNobodyReads(String name) {
    assertThat(unknown(Map.of(), Map.of(name, "9092")))
        .singleElement()
        .asString()
        .contains("'" + name + "'", "systemEnvironment");
  }

  @Test
  void refusal_namesFileAndLine() throws Exception {
    var yaml =
        """
        facesort:
          worker:
            policy:
              MODEL_ERROR:
                attempts: 3
            hosts:
              - a
            bacth: 16
        """;
    var environment = new StandardEnvironment();
    environment.getPropertySources().remove("systemEnvironment");
    new YamlPropertySourceLoader()
        .load("file", new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8), "worker.yaml"))
        .forEach(environment.getPropertySources()::addFirst);

    assertThat(KnownSettings.unknown(environment, names()))
        .singleElement()
        .asString()
        .contains("'facesort.worker.bacth'", "worker.yaml", "8:12", "'facesort.worker.batch'");
  }

  @Test
  void emptySection_isNoSetting() {
    assertThat(unknown(Map.of("facesort.worker.policy", ""), Map.of())).isEmpty();
    assertThat(unknown(Map.of("facesort.worker", "x"), Map.of())).hasSize(1);
  }

  @Test
  void start_refusesAMistypedArgumentWithAnAnalysis() {
    assertThatThrownBy(() -> start(Map.of(), Map.of(), "--facesort.worker.bach=1"))
        .isInstanceOfSatisfying(
            UnknownSettings.class,
            e -> {
              var analysis = Objects.requireNonNull(new UnknownSettingsAnalyzer().analyze(e));
              assertThat(analysis.getDescription())
                  .isEqualTo(
                      "There is no setting 'facesort.worker.bach' (commandLineArgs); the nearest is"
                          + " 'facesort.worker.batch'");
              assertThat(analysis.getAction()).isNotEmpty();
            });
  }

  @Test
  void start_takesTheSettingsOfAStage() {
    assertThatCode(() -> start(Map.of("facesort.min-sharpness", "3"), Map.of()))
        .doesNotThrowAnyException();
  }

  @Test
  void start_refusesEveryUnknownSettingAtOnce() {
    assertThat(unknown(Map.of("facesort.a", 1, "facesort.b", 2), Map.of())).hasSize(2);
  }

  /** What the local system tells its services. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "FACESORT_KAFKA_BOOTSTRAPSERVERS",
        "FACESORT_KAFKA_BOOTSTRAP_SERVERS",
        "FACESORT_REGISTRY_URL",
        "FACESORT_REGISTRY_IDSFILE",
        "FACESORT_REGISTRY_CACHEFILE",
        "FACESORT_STORAGE_ENDPOINT",
        "FACESORT_STORAGE_ACCESSKEY",
        "FACESORT_STORAGE_SECRET_KEY",
        "FACESORT_POSTGRES_USERNAME",
        "FACESORT_SLOT"
      })
  void sharedSettings_areKnownInEveryFormOfTheEnvironment(String name) {
    var names = new SettingNames();
    names.add("facesort", ServiceSettings.class);
    names.add("facesort.postgres", PostgresSettings.class);

    assertThat(names.hasVariable(name)).isTrue();
  }

  private static SettingNames names() {
    var names = new SettingNames();
    names.add("facesort.worker", Worker.class);
    names.add("facesort", Blur.class);
    return names;
  }

  private static List<String> unknown(
      Map<String, Object> properties, Map<String, Object> variables) {
    return KnownSettings.unknown(environment(properties, variables), names());
  }

  private static StandardEnvironment environment(
      Map<String, Object> properties, Map<String, Object> variables) {
    var environment = new StandardEnvironment();
    var sources = environment.getPropertySources();
    sources.replace(
        "systemEnvironment", new SystemEnvironmentPropertySource("systemEnvironment", variables));
    sources.addFirst(new MapPropertySource("test", properties));
    return environment;
  }

  private static void start(
      Map<String, Object> properties, Map<String, Object> variables, String... arguments) {
    var application = new SpringApplication(Mini.class);
    application.setWebApplicationType(WebApplicationType.NONE);
    application.setEnvironment(environment(properties, variables));
    application.setLogStartupInfo(false);
    application.setBannerMode(Banner.Mode.OFF);
    application.addInitializers(context ->
        context
            .getBeanFactory()
            .registerSingleton("stageSettings", new StageSettings(List.of(Blur.class))));
    application.run(arguments).close();
  }
}
