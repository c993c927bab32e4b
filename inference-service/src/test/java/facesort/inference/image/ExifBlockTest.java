package facesort.inference.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExifBlockTest {
  @ParameterizedTest
  @CsvSource({"3, 6, 6", "3, 1, 1", "4, 8, 8", "3, 0, 1", "3, 9, 1", "3, -1, 1", "2, 6, 1"})
  void orientation_isReadInBothByteOrders(int type, int value, int orientation) {
    for (ByteOrder order : new ByteOrder[] {ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN}) {
      assertThat(ExifBlock.orientation(block(order, 8, 0x0112, type, value)))
          .isEqualTo(orientation);
    }
  }

  @Test
  void orientation_withoutAnyOrWithoutABlock_isUpright() {
    assertThat(ExifBlock.orientation(block(ByteOrder.BIG_ENDIAN, 8, 0x0113, 3, 6))).isEqualTo(1);
    assertThat(ExifBlock.orientation(ByteBuffer.allocate(0))).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 60_000, Integer.MAX_VALUE, Integer.MIN_VALUE, 30})
  void orientation_behindTheBlock_isUpright(int directory) {
    assertThat(ExifBlock.orientation(block(ByteOrder.BIG_ENDIAN, directory, 0x0112, 3, 6)))
        .isEqualTo(1);
  }

  @Test
  void orientation_ofACutBlock_isUpright() {
    ByteBuffer whole = block(ByteOrder.LITTLE_ENDIAN, 8, 0x0112, 3, 6);
    for (int length = 0; length < 20; length++) {
      assertThat(ExifBlock.orientation(whole.slice(0, length))).isEqualTo(1);
    }
  }

  private static ByteBuffer block(ByteOrder order, int directory, int tag, int type, int value) {
    ByteBuffer block = ByteBuffer.allocate(26).order(order);
    block.put((order == ByteOrder.BIG_ENDIAN ? "MM" : "II").getBytes(StandardCharsets.US_ASCII));
    block.putShort((short) 42).putInt(directory).putShort((short) 1);
    block.putShort((short) tag).putShort((short) type).putInt(1);
    if (type == 4) {
      block.putInt(value);
    } else {
      block.putShort((short) value).putShort((short) 0);
    }
    return block.putInt(0).flip();
  }
}
