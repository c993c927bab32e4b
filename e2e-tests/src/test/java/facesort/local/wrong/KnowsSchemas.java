package facesort.local.wrong;

/** Breaks: the local stack knows infrastructure only. */
public record KnowsSchemas(facesort.schemas.Causation record) {}
