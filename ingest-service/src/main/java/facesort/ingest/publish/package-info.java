/** Writes records to Kafka, all of a set or none. */
@NullMarked
package facesort.ingest.publish;

import org.jspecify.annotations.NullMarked;
