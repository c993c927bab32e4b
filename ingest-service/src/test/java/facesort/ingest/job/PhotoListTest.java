package facesort.ingest.job;

import static org.assertj.core.api.Assertions.assertThat;

import facesort.ingest.photo.Sha256;
import facesort.schemas.FailureCode;
import facesort.service.StoredObject;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PhotoListTest {

  private static final byte[] JPEG =
      "\u00ff\u00d8\u00ff\u00e0".getBytes(StandardCharsets.ISO_8859_1);
  private static final String JOB = "0d3c6f2e-0000-5000-8000-000000000001";

  private final PhotoList list = new PhotoList("demo", JOB);

  @Test
  void upload_namesAPhotoByPlaceAndContent() {
    upload("a.jpg", "one");

    var second = upload("b.jpg", "two");

    assertThat(second.photoId()).isEqualTo("p00001-" + Sha256.of("two").substring(0, 8));
    assertThat(second.key()).isEqualTo("owners/demo/jobs/" + JOB + "/photos/" + second.photoId());
    assertThat(second.settled()).isNull();
  }

  @Test
  void upload_settlesARepeatAsDuplicateOfTheFirst() {
    var first = upload("a.jpg", "same");
    upload("b.jpg", "other");

    var repeat = upload("c.jpg", "same");

    assertThat(repeat.settled()).isEqualTo(FailureCode.DUPLICATE);
    assertThat(repeat.duplicateOf()).isEqualTo(first.photoId());
    assertThat(repeat.message()).isEqualTo("The same bytes as a.jpg");
    assertThat(repeat.photoId()).isNotEqualTo(first.photoId());
  }

  @Test
  void upload_doesNotCallABadPhotoTheFirstOfAnything() {
    list.add(list.upload("a.jpg", 0, Sha256.of(""), new byte[0]));

    var second = list.upload("b.jpg", 0, Sha256.of(""), new byte[0]);

    assertThat(second.settled()).isEqualTo(FailureCode.EMPTY_FILE);
  }

  @Test
  void addFound_comparesKeysByEtagAndLength() {
    list.addFound("owners/demo/in/a.jpg", new StoredObject("owners/demo/in/a.jpg", "e1", 10));
    list.addFound("owners/demo/in/b.jpg", new StoredObject("owners/demo/in/b.jpg", "e1", 11));
    list.addFound("owners/demo/in/c.jpg", new StoredObject("owners/demo/in/c.jpg", "e1", 10));

    var photos = list.photos();

    assertThat(photos)
        .extracting(ManifestPhoto::settled)
        .containsExactly(null, null, FailureCode.DUPLICATE);
    assertThat(photos.get(2).duplicateOf()).isEqualTo(photos.getFirst().photoId());
    assertThat(photos.get(2).key()).isEqualTo("owners/demo/in/c.jpg");
  }

  @Test
  void addFound_settlesWhatTheLengthTells() {
    list.addFound("owners/demo/in/a.jpg", new StoredObject("owners/demo/in/a.jpg", "e1", 0));
    list.addFound(
        "owners/demo/in/b.jpg", new StoredObject("owners/demo/in/b.jpg", "e2", 60_000_000));

    assertThat(list.photos())
        .extracting(ManifestPhoto::settled)
        .containsExactly(FailureCode.EMPTY_FILE, FailureCode.TOO_MANY_BYTES);
  }

  @Test
  void addMissing_keepsThePlaceInTheList() {
    list.addMissing("owners/demo/in/a.jpg", FailureCode.SOURCE_MISSING, "There is no such object");
    list.addFound("owners/demo/in/b.jpg", new StoredObject("owners/demo/in/b.jpg", "e2", 6));

    var photos = list.photos();

    assertThat(photos.getFirst().settled()).isEqualTo(FailureCode.SOURCE_MISSING);
    assertThat(photos.getFirst().filename()).isEqualTo("a.jpg");
    assertThat(photos.get(1).photoId()).startsWith("p00001-");
  }

  private ManifestPhoto upload(String filename, String content) {
    var photo = list.upload(filename, content.length(), Sha256.of(content), JPEG);
    list.add(photo);
    return photo;
  }
}
