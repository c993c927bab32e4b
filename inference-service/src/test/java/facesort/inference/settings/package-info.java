/** Tests of the settings. */
@NullMarked
package facesort.inference.settings;

import org.jspecify.annotations.NullMarked;
