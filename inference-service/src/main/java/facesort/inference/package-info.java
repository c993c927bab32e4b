/** The application: one jar, three roles. */
@NullMarked
package facesort.inference;

import org.jspecify.annotations.NullMarked;
