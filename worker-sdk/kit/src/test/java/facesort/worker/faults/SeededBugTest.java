package facesort.worker.faults;

import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The places that tests change in shipped sources are still there. */
class SeededBugTest {

  @ParameterizedTest
  @EnumSource(SeededBug.class)
  void bug_hasItsPlace(SeededBug bug) {
    assertThatCode(bug::source).doesNotThrowAnyException();
  }

  @Test
  void killPoints_haveTheirPlaces() {
    assertThatCode(KillPoints::all).doesNotThrowAnyException();
  }
}
