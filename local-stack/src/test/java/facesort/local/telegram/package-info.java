/** Tests of the Telegram stand-in. */
@NullMarked
package facesort.local.telegram;

import org.jspecify.annotations.NullMarked;
