package facesort.ingest.wrong;

/** Breaks: services do not know each other; no package cycles. */
public record KnowsInference(facesort.inference.wrong.KnowsIngest other) {}
