/** Each fault of the catalogue that hits workers, and what must hold afterwards. */
@NullMarked
package facesort.worker.faults;

import org.jspecify.annotations.NullMarked;
