package facesort.e2e.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each rule is broken by a class made for it, and says so: a rule that never failed proves nothing.
 */
class RulesTest {

  @ParameterizedTest
  @MethodSource
  void rule_catchesTheClassThatBreaksIt(ArchRule rule, Class<?>[] breakers) {
    JavaClasses classes = new ClassFileImporter().importClasses(breakers);

    assertThat(rule.evaluate(classes).hasViolation()).isTrue();
  }

  static Stream<Arguments> rule_catchesTheClassThatBreaksIt() {
    Class<?>[] knowEachOther = {
      facesort.ingest.wrong.KnowsInference.class, facesort.inference.wrong.KnowsIngest.class
    };
    return Stream.of(
        Arguments.of(Rules.noPackageCycles(), knowEachOther),
        Arguments.of(Rules.noServiceKnowsAnother(), knowEachOther),
        broken(Rules.theSdkKnowsNoService(), facesort.service.wrong.KnowsIngest.class),
        broken(
            Rules.theLocalStackKnowsInfrastructureOnly(), facesort.local.wrong.KnowsSchemas.class),
        broken(Rules.stagesHaveNoKafkaInThem(), facesort.inference.wrong.UsesKafka.class),
        broken(Rules.containersStayInTheRunner(), facesort.inference.wrong.ReturnsMono.class),
        broken(Rules.onlyRunnersWait(), facesort.state.wrong.Blocks.class),
        broken(Rules.onnxStaysInItsPackages(), facesort.state.wrong.UsesOnnx.class),
        broken(Rules.s3StaysBehindTheObjectStore(), facesort.state.wrong.UsesS3.class),
        broken(Rules.databasesStayInTheirPackages(), facesort.ingest.wrong.UsesR2dbc.class),
        broken(
            Rules.theRegistryClientIsOneClass(), facesort.schemas.wrong.UsesRegistryClient.class),
        broken(Rules.namesSayWhatAThingIs(), facesort.state.wrong.PhotoHelper.class),
        broken(Rules.thePureFoldHasNoKafkaInIt(), facesort.state.wrong.KafkaFold.class),
        broken(Rules.noListenerReturnsAMono(), facesort.inference.wrong.ReturnsMono.class));
  }

  private static Arguments broken(ArchRule rule, Class<?> breaker) {
    return Arguments.of(rule, new Class<?>[] {breaker});
  }
}
