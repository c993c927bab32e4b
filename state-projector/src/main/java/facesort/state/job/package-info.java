/**
 * Job status from events: the pure fold, and the Kafka Streams topology that carries events to it.
 */
@NullMarked
package facesort.state.job;

import org.jspecify.annotations.NullMarked;
