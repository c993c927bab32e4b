package facesort.worker.faults;

import static org.assertj.core.api.Assertions.assertThat;

import facesort.local.StackAddresses;
import facesort.local.junit.LocalStackExtension;
import facesort.worker.kit.Fault;
import facesort.worker.kit.FaultTable;
import facesort.worker.kit.SeededSource;
import facesort.worker.kit.Violation;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Guarantees that never failed prove nothing: here each of them has to. */
@ExtendWith({LocalStackExtension.class, FaultTable.class})
class SeededBugsFault {

  @ParameterizedTest(name = "{0}")
  @EnumSource
  @Fault(id = "oracle", injection = "no bug")
  void withoutABug_everyScenarioHolds(Scenario scenario, StackAddresses stack) {
    try (Scene scene = Scene.on(stack)) {
      scenario.run(scene, SeededSource.shipped()).assertHold();
    }
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  @Fault(id = "oracle", injection = "seeded bug")
  void eachBug_breaksItsGuarantee(SeededBug bug, StackAddresses stack) {
    try (Scene scene = Scene.on(stack)) {
      List<Violation> found = bug.scenario().run(scene, bug.source()).violations();
      assertThat(found).extracting(Violation::guarantee).contains(bug.guarantee());
      String first =
          found.stream()
              .filter(violation -> violation.guarantee() == bug.guarantee())
              .map(Violation::what)
              .findFirst()
              .orElse("");
      FaultTable.result("Caught by " + bug.guarantee() + ": " + first);
    }
  }
}
