package facesort.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every released version of a schema and the current one read each other, both ways. Run with
 * {@code -DwriteHistory} to add the current one to the history.
 */
class SchemaHistoryTest {

  private static final String CLEANUP = AvroCodec.bundledText(Topics.CLEANUP).json();

  @ParameterizedTest
  @MethodSource("topics")
  void currentSchema_isTheNewestOfTheHistory(Topic<?> topic) throws IOException {
    var history = SchemaHistory.of(topic);
    var current = AvroCodec.bundledText(topic);
    if (Boolean.getBoolean("writeHistory") && !isNewest(current, history)) {
      history.add(current);
    }

    assertThat(isNewest(current, history))
        .as(
            "%s has changed since its newest history file; add the change with"
                + " mvn -pl schemas test -Dtest=SchemaHistoryTest -DwriteHistory=true",
            topic.name())
        .isTrue();
  }

  @ParameterizedTest
  @MethodSource("topics")
  void everyTwoVersions_readEachOther(Topic<?> topic) throws IOException {
    var versions = SchemaHistory.of(topic).versions();

    assertThat(versions).isNotEmpty();
    for (var later : versions) {
      for (var earlier : versions.subList(0, versions.indexOf(later))) {
        assertThat(SchemaEvolution.conflicts(earlier, later)).as(topic.name()).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "removed symbol of an enum without a default | ,\"default\":\"UNKNOWN\" | ,\"DONE\" |",
        "new symbol of an enum without a default | ,\"default\":\"UNKNOWN\" | \"DONE\" | \"DONE\",\"GONE\"",
        "other branch of a union | | [\"null\",\"int\"] | [\"null\",\"string\"]",
        "one more branch of a union | | [\"null\",\"int\"] | [\"null\",\"int\",\"string\"]",
        "wider number | | \"type\":\"int\" | \"type\":\"long\"",
        "renamed field without a default | | \"job_id\" | \"batch_id\"",
      })
  void incompatibleChange_isCaught(
      String change, @Nullable String absent, String from, @Nullable String to) {
    var earlier = absent == null ? CLEANUP : CLEANUP.replace(absent, "");
    var later = earlier.replace(from, to == null ? "" : to);

    assertThat(later).as(change).isNotEqualTo(earlier);
    assertThat(conflicts(earlier, later)).as(change).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "new symbol of an enum with a default | \"DONE\" | \"DONE\",\"GONE\"",
        "new field with a default | \"fields\":[ | \"fields\":[{\"name\":\"extra\",\"type\":\"int\",\"default\":0},",
        "other words | \"doc\":\" | \"doc\":\"Well: ",
      })
  void compatibleChange_passes(String change, String from, String to) {
    var later = CLEANUP.replace(from, to);

    assertThat(later).as(change).isNotEqualTo(CLEANUP);
    assertThat(conflicts(CLEANUP, later)).as(change).isEmpty();
  }

  @Test
  void versions_thatDifferInOneWordOnly_areNotTheSame() {
    var reworded = new Schema.Parser().parse(CLEANUP.replaceFirst("\"doc\":\"", "$0Well: "));

    assertThat(SchemaText.of(reworded).fingerprint())
        .isNotEqualTo(AvroCodec.bundledText(Topics.CLEANUP).fingerprint());
  }

  static List<Topic<?>> topics() {
    return Topics.ALL;
  }

  private static boolean isNewest(SchemaText current, SchemaHistory history) throws IOException {
    var versions = history.versions();
    return !versions.isEmpty() && SchemaText.of(versions.getLast()).equals(current);
  }

  private static List<String> conflicts(String earlier, String later) {
    return SchemaEvolution.conflicts(
        new Schema.Parser().parse(earlier), new Schema.Parser().parse(later));
  }
}
