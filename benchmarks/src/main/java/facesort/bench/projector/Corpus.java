package facesort.bench.projector;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Jobs whose every event is known beforehand, and so how they end.
 *
 * @param name what the ids of its jobs begin with
 * @param tasks photos of all jobs together
 * @param jobs how many jobs share them
 */
record Corpus(String name, int tasks, int jobs) {
  static final String OWNER = "bench";

  /** Friends on a photo that has friends. */
  static final int PEOPLE = 3;

  /** Faces on a photo of strangers. */
  static final int STRANGERS = 2;

  private static final int CYCLE = 50;

  /** What becomes of a photo. */
  enum Fate {
    DUPLICATE,
    FAILED,
    NO_FACE,
    NO_MATCH,
    MATCHED
  }

  /**
   * One photo.
   *
   * @param position in its job
   */
  record Photo(String jobId, int position) {
    String id() {
      return "photo-%06d".formatted(position);
    }

    Fate fate() {
      return switch (position % CYCLE) {
        case 1 -> Fate.DUPLICATE;
        case 2 -> Fate.FAILED;
        case 3, 4 -> Fate.NO_FACE;
        case 5, 6, 7 -> Fate.NO_MATCH;
        default -> Fate.MATCHED;
      };
    }

    int faces() {
      return switch (fate()) {
        case DUPLICATE, FAILED, NO_FACE -> 0;
        case NO_MATCH -> STRANGERS;
        case MATCHED -> PEOPLE;
      };
    }

    /** Friends on it, none twice. */
    List<String> friends() {
      return fate() == Fate.MATCHED
          ? IntStream.range(0, PEOPLE).mapToObj(i -> "friend-" + (position + 7 * i) % 21).toList()
          : List.of();
    }

    /** The answer for the first friend was lost at first: two events about one pair. */
    boolean isUnknownFirst() {
      return position % 2 == 0;
    }
  }

  /**
   * How a job must end.
   *
   * @param pairs pairs of photo and friend, each sent
   */
  record Truth(
      int submitted,
      int matched,
      int noMatch,
      int noFace,
      int duplicate,
      int failed,
      int faces,
      int pairs) {}

  Corpus {
    if (jobs < 1 || tasks < jobs) {
      throw new IllegalArgumentException("at least one task a job");
    }
  }

  String job(int number) {
    return "%s-%03d".formatted(name, number);
  }

  List<String> jobIds() {
    return IntStream.range(0, jobs).mapToObj(this::job).toList();
  }

  /** The jobs take turns. */
  Photo photo(int index) {
    return new Photo(job(index % jobs), index / jobs);
  }

  int photosOf(int job) {
    return tasks / jobs + (job < tasks % jobs ? 1 : 0);
  }

  Truth truth(int job) {
    Map<Fate, Integer> fates = new EnumMap<>(Fate.class);
    int faces = 0;
    for (int position = 0; position < photosOf(job); position++) {
      Photo photo = new Photo(job(job), position);
      fates.merge(photo.fate(), 1, Integer::sum);
      faces += photo.faces();
    }
    int matched = fates.getOrDefault(Fate.MATCHED, 0);
    return new Truth(
        photosOf(job),
        matched,
        fates.getOrDefault(Fate.NO_MATCH, 0),
        fates.getOrDefault(Fate.NO_FACE, 0),
        fates.getOrDefault(Fate.DUPLICATE, 0),
        fates.getOrDefault(Fate.FAILED, 0),
        faces,
        matched * PEOPLE);
  }
}
