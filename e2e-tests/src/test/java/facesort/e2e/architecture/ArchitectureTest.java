package facesort.e2e.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureTest {

  private static JavaClasses product = new ClassFileImporter().importClasses();

  @BeforeAll
  static void read() {
    product =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("facesort");
  }

  @Test
  void everyModuleWasSeen() {
    for (var name :
        new String[] {
          "facesort.schemas.Topics",
          "facesort.service.Events",
          "facesort.worker.WorkerProgram",
          "facesort.ingest.IngestApplication",
          "facesort.inference.InferenceApplication",
          "facesort.delivery.DeliveryApplication",
          "facesort.state.ProjectorApplication",
          "facesort.local.LocalStack",
          "facesort.ops.Main"
        }) {
      assertThat(product.contain(name)).as(name).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource
  void rule_holds(ArchRule rule) {
    rule.check(product);
  }

  static Stream<ArchRule> rule_holds() {
    return Stream.of(
        Rules.noPackageCycles(),
        Rules.noServiceKnowsAnother(),
        Rules.theSdkKnowsNoService(),
        Rules.theLocalStackKnowsInfrastructureOnly(),
        Rules.stagesHaveNoKafkaInThem(),
        Rules.containersStayInTheRunner(),
        Rules.onlyRunnersWait(),
        Rules.onnxStaysInItsPackages(),
        Rules.s3StaysBehindTheObjectStore(),
        Rules.databasesStayInTheirPackages(),
        Rules.theRegistryClientIsOneClass(),
        Rules.namesSayWhatAThingIs(),
        Rules.thePureFoldHasNoKafkaInIt(),
        Rules.noListenerReturnsAMono());
  }
}
