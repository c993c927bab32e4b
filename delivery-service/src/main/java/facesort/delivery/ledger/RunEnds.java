package facesort.delivery.ledger;

import facesort.schemas.RunEnd;
import facesort.schemas.Topics;
import java.util.List;
import java.util.stream.Collectors;

/** The ends of a job's runs as the ledger keeps them. Pure. */
final class RunEnds {

  private RunEnds() {}

  /** As JSON: how far {@code match.result} counted at each end; a partition not named: from 0. */
  static String json(List<RunEnd> ends) {
    return ends.stream().map(RunEnds::json).collect(Collectors.joining(",", "[", "]"));
  }

  private static String json(RunEnd end) {
    var upto =
        end.getUpto().stream()
            .filter(at -> at.getTopic().equals(Topics.MATCH_RESULT.name()))
            .map(at -> "\"%d\":%d".formatted(at.getPartition(), at.getOffset()))
            .collect(Collectors.joining(",", "{", "}"));
    return "{\"run\":%d,\"upto\":%s}".formatted(end.getRun(), upto);
  }
}
