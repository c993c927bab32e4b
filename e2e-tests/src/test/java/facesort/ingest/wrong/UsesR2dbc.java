package facesort.ingest.wrong;

/** Breaks: databases stay in their packages. */
public record UsesR2dbc(io.r2dbc.spi.Connection connection) {}
