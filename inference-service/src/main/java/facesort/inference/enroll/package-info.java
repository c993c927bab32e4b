/** Whether a reference photo is good enough to recognise a friend by. */
@NullMarked
package facesort.inference.enroll;

import org.jspecify.annotations.NullMarked;
