package facesort.inference.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PriorBoxesTest {
  @Test
  void of_hasThePlacesOfEveryLevel() {
    // 40x30x3 + 20x15x2 + 10x8x2 + 5x4x3, and 80x60x3 + 40x30x2 + 20x15x2 + 10x8x3.
    assertThat(PriorBoxes.of(320, 240).count()).isEqualTo(4420);
    assertThat(PriorBoxes.of(640, 480).count()).isEqualTo(17640);
  }

  @Test
  void of_putsPlacesInTheMiddleOfCells_smallestFirst() {
    PriorBoxes boxes = PriorBoxes.of(320, 240);

    assertThat(boxes.centres()).startsWith(0.5f / 40, 0.5f / 30, 0.5f / 40, 0.5f / 30);
    assertThat(boxes.sizes())
        .startsWith(10 / 320f, 10 / 240f, 16 / 320f, 16 / 240f, 24 / 320f, 24 / 240f);
  }

  @Test
  void of_countsCellsOfALevel_notStrides() {
    // 240 rows are 3.75 strides of 64: four rows of cells, the last in the middle of its quarter.
    PriorBoxes boxes = PriorBoxes.of(320, 240);
    int last = 2 * (boxes.count() - 1);

    assertThat(boxes.centres()[last]).isEqualTo(0.9f);
    assertThat(boxes.centres()[last + 1]).isEqualTo(0.875f);
  }

  @Test
  void of_cutsSidesThatAreLargerThanTheField() {
    PriorBoxes boxes = PriorBoxes.of(320, 240);
    int last = 2 * (boxes.count() - 1);

    assertThat(boxes.sizes()[last]).isEqualTo(0.8f);
    assertThat(boxes.sizes()[last + 1]).isEqualTo(1f);
  }
}
