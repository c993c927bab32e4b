package facesort.ops.sample;

/**
 * A person on a sample photo.
 *
 * @param name made up
 * @param photo file name of the sample photo the reference is cut from
 * @param box the crop, with this one face on it
 */
public record SampleFriend(String name, String photo, Box box) {}
