/** Tests of queries. */
@NullMarked
package facesort.state.query;

import org.jspecify.annotations.NullMarked;
