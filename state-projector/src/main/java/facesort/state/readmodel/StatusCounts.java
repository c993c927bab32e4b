package facesort.state.readmodel;

import facesort.schemas.DeliveryCounts;
import facesort.schemas.PhotoCounts;
import java.util.LinkedHashMap;
import java.util.Map;

/** Counts of a status by the names that rows and answers have for them. */
public final class StatusCounts {

  private StatusCounts() {}

  /** Photos by where they stand; the first is the sum of the others. */
  public static Map<String, Integer> of(PhotoCounts photos) {
    var counts = new LinkedHashMap<String, Integer>();
    counts.put("submitted", photos.getSubmitted());
    counts.put("matched", photos.getMatched());
    counts.put("no_match", photos.getNoMatch());
    counts.put("no_face", photos.getNoFace());
    counts.put("duplicate", photos.getDuplicate());
    counts.put("failed", photos.getFailed());
    counts.put("cancelled", photos.getCancelled());
    counts.put("in_flight", photos.getInFlight());
    return counts;
  }

  /** Pairs by where they stand. */
  public static Map<String, Integer> of(DeliveryCounts deliveries) {
    var counts = new LinkedHashMap<String, Integer>();
    counts.put("pairs", deliveries.getPairs());
    counts.put("open", deliveries.getOpen());
    counts.put("held", deliveries.getHeld());
    counts.put("sent", deliveries.getSent());
    counts.put("unknown", deliveries.getUnknown());
    counts.put("refused", deliveries.getRefused());
    counts.put("failed", deliveries.getFailed());
    counts.put("dropped", deliveries.getDropped());
    counts.put("recalled", deliveries.getRecalled());
    return counts;
  }
}
