/** Jobs as they change, without the database: job.status in memory, for streams of events. */
@NullMarked
package facesort.state.live;

import org.jspecify.annotations.NullMarked;
