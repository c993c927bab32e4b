package facesort.e2e.architecture;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.lang.ArchRule;

/** The rules, each of which {@link RulesTest} proves able to fail. */
final class Rules {

  /** Packages of the services; none may know another. */
  static final String[] SERVICES = {
    "facesort.ingest..", "facesort.inference..", "facesort.delivery..", "facesort.state.."
  };

  private Rules() {}

  static ArchRule noPackageCycles() {
    return slices().matching("facesort.(**)").should().beFreeOfCycles();
  }

  static ArchRule noServiceKnowsAnother() {
    return slices()
        .matching("facesort.(ingest|inference|delivery|state)..")
        .should()
        .notDependOnEachOther();
  }

  static ArchRule theSdkKnowsNoService() {
    return noClasses()
        .that()
        .resideInAnyPackage(
            "facesort.service..", "facesort.worker..", "facesort.schemas..", "facesort.local..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(SERVICES);
  }

  static ArchRule theLocalStackKnowsInfrastructureOnly() {
    return noClasses()
        .that()
        .resideInAPackage("facesort.local..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "facesort.schemas..", "facesort.service..", "facesort.worker..", "facesort.ops..");
  }

  static ArchRule stagesHaveNoKafkaInThem() {
    return noClasses()
        .that()
        .resideInAPackage("facesort.inference..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.kafka..", "org.springframework.kafka..");
  }

  static ArchRule containersStayInTheRunner() {
    return confined("org.springframework.kafka..", "facesort.worker..");
  }

  static ArchRule onlyRunnersWait() {
    return noClasses()
        .that()
        .haveNameNotMatching(
            // Consumer threads: the worker's runner, the way to PostgreSQL, ingest's cleanup.
            "facesort\\.(worker\\.(LoadedStage|WorkerContext|TaskResults)"
                + "|service\\.sql\\.WatermarkedReader|ingest\\.cleanup\\.CleanupListener)(\\$.*)?")
        .and()
        .resideOutsideOfPackages("facesort.local..", "facesort.ops..")
        .should()
        .callMethodWhere(
            target(owner(assignableTo("reactor.core.publisher.Mono")))
                .and(target(nameMatching("block.*")))
                .or(
                    target(owner(assignableTo("reactor.core.publisher.Flux")))
                        .and(target(nameMatching("block.*")))));
  }

  static ArchRule onnxStaysInItsPackages() {
    return confined("ai.onnxruntime..", "facesort.inference..");
  }

  static ArchRule s3StaysBehindTheObjectStore() {
    return confined(
        "software.amazon.awssdk..",
        "facesort.service..",
        // Ingest owns the bucket: its wiring and its storage package.
        "facesort.ingest",
        "facesort.ingest.storage..",
        "facesort.local..");
  }

  static ArchRule databasesStayInTheirPackages() {
    return confined(
        "io.r2dbc..",
        "facesort.service.sql..",
        "facesort.delivery..",
        "facesort.state..",
        "facesort.local..");
  }

  static ArchRule theRegistryClientIsOneClass() {
    return noClasses()
        .that()
        .haveNameNotMatching("facesort\\.schemas\\.RegistryClient(\\$.*)?")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.flink..");
  }

  static ArchRule namesSayWhatAThingIs() {
    return noClasses()
        .should()
        .haveNameMatching(".*(Impl|Utils?|Helper|Manager|Base|Abstract)(\\$.*)?")
        .orShould()
        .haveNameMatching(".*\\.(Abstract|Base)[A-Z][^.]*");
  }

  static ArchRule thePureFoldHasNoKafkaInIt() {
    return noClasses()
        .that()
        .haveSimpleNameEndingWith("Fold")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.kafka..", "org.springframework..", "io.r2dbc..");
  }

  static ArchRule noListenerReturnsAMono() {
    return noMethods()
        .that()
        .areAnnotatedWith("org.springframework.kafka.annotation.KafkaListener")
        .should()
        .haveRawReturnType("reactor.core.publisher.Mono")
        .because("the offset is committed although the Mono never completed")
        .allowEmptyShould(true);
  }

  private static ArchRule confined(String library, String... packages) {
    return noClasses()
        .that()
        .resideOutsideOfPackages(packages)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library);
  }
}
