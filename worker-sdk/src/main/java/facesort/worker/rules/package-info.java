/** What every event must satisfy before any work is done for it. */
@NullMarked
package facesort.worker.rules;

import org.jspecify.annotations.NullMarked;
