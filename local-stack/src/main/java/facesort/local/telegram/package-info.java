/**
 * A test double of Telegram's Bot API: real shapes and limits, a durable record, faults on order.
 */
@NullMarked
package facesort.local.telegram;

import org.jspecify.annotations.NullMarked;
