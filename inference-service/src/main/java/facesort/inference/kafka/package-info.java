/**
 * The one place that knows Kafka's containers: a batch in, its outcomes out, in one transaction.
 */
@NullMarked
package facesort.inference.kafka;

import org.jspecify.annotations.NullMarked;
