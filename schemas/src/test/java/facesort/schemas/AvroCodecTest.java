package facesort.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import facesort.schemas.UndecodableException.Reason;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AvroCodecTest {

  private static final HexFormat HEX = HexFormat.of();

  /** Zero, id 6 in four bytes, then the fields of {@link Records#aCleanup} in their order. */
  private static final String CLEANUP =
      "00"
          + "00000006"
          + "0265"
          + "02"
          + "026a"
          + "026f"
          + "00"
          + "00"
          + "02"
          + "00"
          + "00"
          + "00"
          + "00"
          + "00";

  private final AvroCodec codec = new AvroCodec(SchemaIds.numbered(), SchemaRegistry.NONE);

  @Test
  void encode_writesTheseBytes() {
    var bytes = codec.encode(Topics.CLEANUP, Records.aCleanup());

    assertThat(HEX.formatHex(bytes)).isEqualTo(CLEANUP);
  }

  @Test
  void decode_readsTheseBytes() {
    var record = codec.decode(Topics.CLEANUP, HEX.parseHex(CLEANUP));

    assertThat(record).isEqualTo(Records.aCleanup());
  }

  @Test
  void decode_readsWhatEncodeWrote() {
    var gallery = Records.aGallery(Collections.nCopies(3, Records.aReference()));

    var read = codec.decode(Topics.FRIEND_GALLERY, codec.encode(Topics.FRIEND_GALLERY, gallery));

    assertThat(read).isEqualTo(gallery);
  }

  @Test
  void decodedRecords_withTimesInListsCanBeCompared() {
    var kept = KeptObject.newBuilder().setPhotoId("p").setReason(KeepReason.HELD_DELIVERY);
    var cleanup =
        Cleanup.newBuilder(Records.aCleanup())
            .setKept(List.of(kept.setUntil(Instant.ofEpochMilli(5)).build()))
            .build();
    var bytes = codec.encode(Topics.CLEANUP, cleanup);

    var read = codec.decode(Topics.CLEANUP, bytes);

    assertThat(read).isEqualTo(cleanup).isEqualTo(codec.decode(Topics.CLEANUP, bytes));
    assertThat(cleanup).isEqualTo(read).hasSameHashCodeAs(read);
  }

  @Test
  void encode_refusesAnIncompleteRecordNamingTheField() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> codec.encode(Topics.CLEANUP, new Cleanup()))
        .withMessageContaining("cleanup")
        .withMessageContaining("event_id");
  }

  @Test
  void decode_refusesNull() {
    assertUndecodable(null, Reason.NO_VALUE);
  }

  @ParameterizedTest
  @CsvSource({
    "'', TOO_SHORT",
    "00000000, TOO_SHORT",
    "0100000006026502, WRONG_MAGIC",
    "7b226a6f62223a, WRONG_MAGIC",
    "00000000060265, MALFORMED",
    "0000000006, MALFORMED",
    // Length -1 and 2 GiB - 1 of the first string.
    "000000000601, MALFORMED",
    "0000000006feffffff0f65, MALFORMED",
    // An id that cannot be one: the registry is not asked.
    "00fffffff00265, UNKNOWN_SCHEMA_ID",
    "00000000000265, UNKNOWN_SCHEMA_ID",
  })
  void decode_refusesBadBytes(String hex, Reason reason) {
    assertUndecodable(HEX.parseHex(hex), reason);
  }

  @Test
  void decode_refusesEveryTruncation() {
    var whole = HEX.parseHex(CLEANUP);

    for (int length = Frame.LENGTH; length < whole.length; length++) {
      assertUndecodable(Arrays.copyOf(whole, length), Reason.MALFORMED);
    }
  }

  @Test
  void decode_refusesTrailingBytes() {
    assertUndecodable(HEX.parseHex(CLEANUP + "00"), Reason.TRAILING_BYTES);
  }

  @Test
  void decode_refusesWhatNoTopicTakes() {
    assertUndecodable(new byte[Topics.MAX_RECORD_BYTES + 1], Reason.TOO_LONG);
  }

  @Test
  void decode_refusesAListThatClaimsTwoBillionEntries() {
    var untilTheList = CLEANUP.substring(0, CLEANUP.length() - 6);

    assertUndecodable(HEX.parseHex(untilTheList + "feffffff0f" + "0000"), Reason.MALFORMED);
  }

  @Test
  void decode_refusesTheRecordOfAnotherTopic() {
    var task = codec.encode(Topics.FRIEND_GALLERY, Records.aGallery(Collections.emptyList()));

    assertUndecodable(task, Reason.WRONG_SCHEMA);
  }

  @Test
  void undecodable_namesTopicAndReasonAndNoByteOfTheValue() {
    assertThatExceptionOfType(UndecodableException.class)
        .isThrownBy(() -> codec.decode(Topics.CLEANUP, HEX.parseHex("00000000060c7365637265")))
        .withMessage("UNDECODABLE cleanup: MALFORMED (id 6, 11 bytes, EOFException)")
        .withNoCause();
  }

  @Test
  void adapters_keepTombstones() {
    assertThat(codec.serializer(Topics.CLEANUP).serialize("cleanup", null)).isNull();
    assertThat(codec.deserializer(Topics.CLEANUP).deserialize("cleanup", null)).isNull();
    assertThat(codec.serializer().serialize("cleanup", null)).isNull();
  }

  @Test
  void serializer_findsTheTopicByName() {
    assertThat(codec.serializer().serialize("cleanup", Records.aCleanup()))
        .isEqualTo(HEX.parseHex(CLEANUP));
  }

  @Test
  void serializer_refusesAnUnknownTopicAndAnotherTopicsRecord() {
    var serializer = codec.serializer();
    SpecificRecord cleanup = Records.aCleanup();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> serializer.serialize("elsewhere", cleanup))
        .withMessageContaining("elsewhere");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> serializer.serialize("task.queued", cleanup))
        .withMessage("task.queued takes TaskQueued, not Cleanup");
  }

  @Test
  void serde_worksUnderTheNameOfAnInnerTopic() {
    var serde = codec.serde(Topics.CLEANUP);
    var inner = "projector-jobs-changelog";

    var bytes = serde.serializer().serialize(inner, Records.aCleanup());

    assertThat(serde.deserializer().deserialize(inner, bytes)).isEqualTo(Records.aCleanup());
  }

  @Test
  void bundledText_carriesNothingOfJavaAndEveryType() {
    for (Topic<?> topic : Topics.ALL) {
      var text = AvroCodec.bundledText(topic).json();

      assertThat(text).doesNotContain("avro.java.string");
      assertThat(SchemaText.of(new Schema.Parser().parse(text)).json()).isEqualTo(text);
    }
  }

  private void assertUndecodable(byte @Nullable [] bytes, Reason reason) {
    assertThatExceptionOfType(UndecodableException.class)
        .isThrownBy(() -> codec.decode(Topics.CLEANUP, bytes))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(reason))
        .satisfies(e -> assertThat(e.topic()).isEqualTo("cleanup"))
        .satisfies(e -> assertThat(e.code()).isEqualTo(FailureCode.UNDECODABLE));
  }
}
