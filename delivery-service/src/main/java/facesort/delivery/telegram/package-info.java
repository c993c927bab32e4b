/** The Telegram channel: the one client of the Bot API, its replies, its limits. */
@NullMarked
package facesort.delivery.telegram;

import org.jspecify.annotations.NullMarked;
