package facesort.inference.enroll;

import facesort.inference.detect.ExaminedPhoto;
import facesort.inference.detect.PhotoExaminer;
import facesort.schemas.FailureCode;
import facesort.schemas.FriendGallery;
import facesort.schemas.Topics;
import facesort.worker.WorkerContext;
import java.util.List;

/** What enrolment has at hand: models, rules, and who is enrolled. Any thread may use it. */
public final class Enroller {
  private final PhotoExaminer examiner;
  private final EnrolledFriends friends;

  private Enroller(PhotoExaminer examiner, EnrolledFriends friends) {
    this.examiner = examiner;
    this.friends = friends;
  }

  /** Opens the models, and reads all galleries there are. */
  static Enroller load(WorkerContext context) {
    EnrolledFriends friends = new EnrolledFriends();
    context.follow(Topics.FRIEND_GALLERY, friends::read);
    return new Enroller(PhotoExaminer.load(context), friends);
  }

  /** What the models run on now, as heartbeats name it. */
  String device() {
    return examiner.device();
  }

  /** Judges a reference photo by itself. */
  ReferenceVerdict judge(byte[] photo) {
    ExaminedPhoto examined = examiner.examine(photo);
    return EnrollGate.DEFAULT.judge(examined.faces());
  }

  /** Answers a profile by the verdicts on its references, in their order. */
  FriendGallery gallery(GalleryAnswer answer, List<ReferenceVerdict> verdicts) {
    FriendGallery gallery = answer.to(OnePerson.DEFAULT.agreeing(verdicts));
    return FriendGallery.newBuilder(gallery).setWarnings(friends.made(gallery)).build();
  }

  /** Answers a profile without looking at its references; whoever was known is forgotten. */
  FriendGallery refused(GalleryAnswer answer, FailureCode code) {
    FriendGallery gallery = answer.refused(code);
    friends.made(gallery);
    return gallery;
  }
}
