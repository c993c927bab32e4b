package facesort.inference.wrong;

/** Breaks: services do not know each other; no package cycles. */
public record KnowsIngest(facesort.ingest.wrong.KnowsInference other) {}
