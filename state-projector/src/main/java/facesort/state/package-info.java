/** The application: what it is made of, its settings and its health. */
@NullMarked
package facesort.state;

import org.jspecify.annotations.NullMarked;
