/** Tests of the read model. */
@NullMarked
package facesort.state.readmodel;

import org.jspecify.annotations.NullMarked;
