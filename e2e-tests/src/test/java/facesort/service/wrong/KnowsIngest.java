package facesort.service.wrong;

/** Breaks: the SDK knows no service. */
public record KnowsIngest(facesort.ingest.wrong.KnowsInference other) {}
