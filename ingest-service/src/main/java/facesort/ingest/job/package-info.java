/** Jobs: what was submitted, the manifest that claims it, and the records that make it run. */
@NullMarked
package facesort.ingest.job;

import org.jspecify.annotations.NullMarked;
