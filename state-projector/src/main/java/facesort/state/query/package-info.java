/** What owners can ask of the read model: jobs, photos, errors, history, friends. */
@NullMarked
package facesort.state.query;

import org.jspecify.annotations.NullMarked;
