package facesort.service.sql;

import reactor.core.publisher.Mono;

/**
 * The tables of a {@link WatermarkedReader}.
 *
 * @param watermark name of the table of positions, made by {@code prepare} or there already
 * @param prepare sees that all tables are there; subscribed to by the reader's thread before the
 *     first record and again after every failure. Where it had to make the table of positions anew,
 *     everything is read from the beginning
 */
public record ReaderTables(String watermark, Mono<Void> prepare) {}
