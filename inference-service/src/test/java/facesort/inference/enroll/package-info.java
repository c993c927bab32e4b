/** Tests of the enrolment gate. */
@NullMarked
package facesort.inference.enroll;

import org.jspecify.annotations.NullMarked;
