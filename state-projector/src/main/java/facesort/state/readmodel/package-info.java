/** The read model in PostgreSQL: written from topics, in the order of none, and queried. */
@NullMarked
package facesort.state.readmodel;

import org.jspecify.annotations.NullMarked;
