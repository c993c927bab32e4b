/**
 * Child processes: started, watched, restarted into their slot, stopped; knows nothing of FaceSort.
 */
@NullMarked
package facesort.local.process;

import org.jspecify.annotations.NullMarked;
