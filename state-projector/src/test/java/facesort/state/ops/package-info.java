/** Tests of operators' questions. */
@NullMarked
package facesort.state.ops;

import org.jspecify.annotations.NullMarked;
