/** Other people's clients read what we write, and we read what they write. */
@NullMarked
package facesort.e2e.interop;

import org.jspecify.annotations.NullMarked;
