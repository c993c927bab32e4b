/** What a role is asked and what it answers, without Kafka. */
@NullMarked
package facesort.inference.task;

import org.jspecify.annotations.NullMarked;
