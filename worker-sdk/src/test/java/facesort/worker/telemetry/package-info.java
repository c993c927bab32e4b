/** What a worker tells those who watch it: spans and metrics. */
@NullMarked
package facesort.worker.telemetry;

import org.jspecify.annotations.NullMarked;
