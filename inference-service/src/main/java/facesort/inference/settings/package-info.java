/** What can be configured. */
@NullMarked
package facesort.inference.settings;

import org.jspecify.annotations.NullMarked;
