/**
 * The contract: records generated from the Avro schemas, the topic catalogue, ids and the codec.
 */
@NullMarked
package facesort.schemas;

import org.jspecify.annotations.NullMarked;
