package facesort.ops.demo;

import static org.assertj.core.api.Assertions.assertThat;

import facesort.ops.api.Job;
import facesort.ops.api.Job.DeliveryCounts;
import facesort.ops.api.Job.PhotoCounts;
import facesort.ops.api.NewFriend.Contact;
import facesort.ops.api.Photo;
import facesort.ops.api.Photo.Person;
import facesort.ops.demo.SendCheck.Arrival;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemoCheckTest {
  private static final DemoRun RUN =
      new DemoRun(
          "job",
          "demo",
          Path.of("/out"),
          Path.of("/out"),
          false,
          0,
          0,
          null,
          List.of("hash0", "hash1"),
          List.of(new Recipient("ada", "Ada", new Contact(Recipient.FOLDER, "ada"))));

  @Test
  void expected_namesThePhotoByItsPlaceInTheSubmission() {
    assertThat(DemoCheck.expected(RUN, List.of(photo(1, person("ada", "MATCHED")))))
        .containsExactly(new Arrival("ada", "hash1"));
  }

  @Test
  void expected_leavesOutReviews_andFriendsOfOtherRuns() {
    Photo photo = photo(0, person("ada", "REVIEW"), person("zoe", "MATCHED"));

    assertThat(DemoCheck.expected(RUN, List.of(photo))).isEmpty();
  }

  @Test
  void unclear_countsPairsOfWhichNobodyKnows() {
    assertThat(DemoCheck.unclear(job(2)))
        .hasValueSatisfying(line -> assertThat(line).contains("2 unclear"));
    assertThat(DemoCheck.unclear(job(0))).isEmpty();
  }

  private static Job job(int unknown) {
    return new Job(
        "job",
        "demo",
        null,
        "RUNNING",
        null,
        "AUTO",
        0,
        1,
        new PhotoCounts(1, 0, 0, 0, 0, 0, 0, 1),
        0,
        new DeliveryCounts(3, 0, 0, 3 - unknown, unknown, 0, 0, 0, 0),
        null,
        null,
        null,
        null,
        null,
        null,
        true,
        0,
        List.of(),
        List.of());
  }

  private static Photo photo(int position, Person... people) {
    return new Photo("p", position, "a.jpg", "MATCHED", null, null, null, 2, List.of(people));
  }

  private static Person person(String friendId, String decision) {
    return new Person(friendId, null, 0.9, decision, "SENT", null, "folder");
  }
}
