/** What the runner decides: pure, or about its own state alone. */
@NullMarked
package facesort.worker.policy;

import org.jspecify.annotations.NullMarked;
