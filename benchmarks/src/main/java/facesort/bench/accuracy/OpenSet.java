package facesort.bench.accuracy;

import facesort.inference.enroll.EnrollGate;
import facesort.inference.enroll.OnePerson;
import facesort.inference.enroll.ReferenceVerdict;
import facesort.inference.enroll.ReferenceVerdict.Accepted;
import facesort.inference.face.Embedding;
import facesort.inference.face.Face;
import facesort.inference.match.FaceMatch;
import facesort.inference.match.Gallery;
import facesort.inference.match.GalleryFriend;
import facesort.inference.match.MatchPolicy;
import facesort.inference.match.Matcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the product would do with photos of friends and of strangers. Half of the people are
 * enrolled, through the gate, with some of their pictures; their other pictures and all of the
 * other half are what comes. Then the halves are exchanged, and everything is repeated with each
 * picture in turn as the first reference.
 *
 * @param references how many reference pictures a friend has
 */
record OpenSet(int references) {
  /** The product's, but for size and sharpness: labelled pictures are often small. */
  private static final EnrollGate GATE =
      new EnrollGate(0, 0, EnrollGate.DEFAULT.maxTurn(), EnrollGate.DEFAULT.maxRoll());

  private static final String SPACE = "accuracy";

  /** Accepts all, so that the nearest friend and the margin are seen. */
  private static final Matcher MATCHER = new Matcher(new MatchPolicy(-1, 0, -1));

  /** Who is on a picture. */
  enum Who {
    /** The friend that is nearest. */
    NEAREST,
    /** A friend, but not the nearest one. */
    OTHER_FRIEND,
    /** Nobody who is enrolled. */
    STRANGER
  }

  /**
   * A picture that was compared.
   *
   * @param margin to the next friend; null with one friend
   */
  record Probe(Who who, float score, @Nullable Float margin) {
    boolean reaches(float threshold) {
      return score >= threshold;
    }

    boolean accepted(float threshold, float least) {
      return reaches(threshold) && (margin == null || margin >= least);
    }
  }

  /**
   * A run.
   *
   * @param probes all pictures that were compared
   * @param enrolled how often a friend was enrolled
   * @param refused how often none of a friend's references was taken
   */
  record Run(List<Probe> probes, int enrolled, int refused) {

    long ofStrangers() {
      return probes.stream().filter(probe -> probe.who == Who.STRANGER).count();
    }

    long ofFriends() {
      return probes.size() - ofStrangers();
    }

    /** What these limits do, as shares of the pictures of friends or of strangers. */
    Row at(float threshold, float margin, float reviewFrom) {
      double strangers = ofStrangers();
      double friends = ofFriends();
      return new Row(
          threshold,
          margin,
          accepted(Who.STRANGER, threshold, margin) / strangers,
          asked(true, threshold, margin, reviewFrom) / strangers,
          accepted(Who.NEAREST, threshold, margin) / friends,
          accepted(Who.OTHER_FRIEND, threshold, margin) / friends,
          asked(false, threshold, margin, reviewFrom) / friends);
    }

    private long accepted(Who who, float threshold, float margin) {
      return probes.stream()
          .filter(probe -> probe.who == who && probe.accepted(threshold, margin))
          .count();
    }

    private long asked(boolean stranger, float threshold, float margin, float reviewFrom) {
      return probes.stream()
          .filter(probe -> (probe.who == Who.STRANGER) == stranger)
          .filter(probe -> probe.reaches(reviewFrom) && !probe.accepted(threshold, margin))
          .count();
    }
  }

  /**
   * Shares at given limits.
   *
   * @param strangersAccepted of pictures of strangers: taken for a friend
   * @param strangersAsked of them: a person is asked
   * @param friendsRight of pictures of friends: taken for that friend
   * @param friendsWrong of them: taken for another friend
   * @param friendsAsked of them: a person is asked
   */
  record Row(
      float threshold,
      float margin,
      double strangersAccepted,
      double strangersAsked,
      double friendsRight,
      double friendsWrong,
      double friendsAsked) {}

  /**
   * Compares everybody.
   *
   * @param people the faces of each picture of each person
   */
  Run run(List<List<List<Face>>> people) {
    List<Probe> probes = new ArrayList<>();
    int enrolled = 0;
    int refused = 0;
    int turns = people.stream().mapToInt(List::size).min().orElse(0);
    for (int half = 0; half < 2; half++) {
      for (int turn = 0; turn < turns; turn++) {
        List<GalleryFriend> friends = friends(people, half, turn);
        enrolled += friends.size();
        refused += (people.size() + 1 - half) / 2 - friends.size();
        probes.addAll(probes(people, friends, half, turn));
      }
    }
    return new Run(List.copyOf(probes), enrolled, refused);
  }

  private List<GalleryFriend> friends(List<List<List<Face>>> people, int half, int turn) {
    List<GalleryFriend> friends = new ArrayList<>();
    for (int person = half; person < people.size(); person += 2) {
      List<List<Face>> pictures = people.get(person);
      List<ReferenceVerdict> verdicts =
          IntStream.range(0, references)
              .mapToObj(i -> GATE.judge(pictures.get((turn + i) % pictures.size())))
              .toList();
      List<Embedding> exemplars =
          OnePerson.DEFAULT.agreeing(verdicts).stream()
              .flatMap(verdict ->
                  verdict instanceof Accepted(Embedding embedding)
                      ? Stream.of(embedding)
                      : Stream.empty())
              .toList();
      if (!exemplars.isEmpty()) {
        friends.add(new GalleryFriend(String.valueOf(person), 1, SPACE, exemplars));
      }
    }
    return friends;
  }

  private List<Probe> probes(
      List<List<List<Face>>> people, List<GalleryFriend> friends, int half, int turn) {
    List<Probe> probes = new ArrayList<>();
    for (int person = 0; person < people.size(); person++) {
      String name = String.valueOf(person);
      boolean stranger = person % 2 != half;
      boolean known = friends.stream().anyMatch(friend -> friend.friendId().equals(name));
      int pictures = people.get(person).size();
      for (int picture = 0; picture < pictures && (stranger || known); picture++) {
        boolean reference = Math.floorMod(picture - turn, pictures) < references;
        if (stranger || !reference) {
          FaceReader.largest(people.get(person).get(picture))
              .map(face -> probe(face, friends, name, stranger))
              .ifPresent(probes::add);
        }
      }
    }
    return probes;
  }

  private static Probe probe(
      Face face, List<GalleryFriend> friends, String person, boolean stranger) {
    FaceMatch match =
        MATCHER
            .match(List.of(Objects.requireNonNull(face.embedding())), SPACE, Gallery.of(friends))
            .getFirst();
    boolean nearest = person.equals(match.candidates().getFirst().getFriendId());
    Who who = stranger ? Who.STRANGER : nearest ? Who.NEAREST : Who.OTHER_FRIEND;
    return new Probe(who, Objects.requireNonNull(match.score()), match.margin());
  }
}
