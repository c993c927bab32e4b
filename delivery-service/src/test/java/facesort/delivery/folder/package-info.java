/** Tests of the folder channel. */
@NullMarked
package facesort.delivery.folder;

import org.jspecify.annotations.NullMarked;
