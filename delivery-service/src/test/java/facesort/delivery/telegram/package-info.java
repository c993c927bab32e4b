/** Tests of the Telegram channel. */
@NullMarked
package facesort.delivery.telegram;

import org.jspecify.annotations.NullMarked;
