/** The folder channel: one folder a friend below a root. */
@NullMarked
package facesort.delivery.folder;

import org.jspecify.annotations.NullMarked;
