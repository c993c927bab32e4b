package facesort.local.telegram;

import org.jspecify.annotations.Nullable;

/**
 * One message that took effect, as it is kept in {@code receipts.jsonl}.
 *
 * @param time ISO-8601, UTC
 * @param method Bot API method
 * @param chat chat id
 * @param messageId unique over all chats, rising
 * @param filename name the sender gave; null without a file
 * @param sha256 of the file's bytes, hex
 * @param size bytes of the file
 * @param caption caption, or the text of a text message
 * @param mediaGroupId equal for the messages of one album
 * @param file where the file is kept, relative to the stand-in's folder
 */
public record Receipt(
    String time,
    String method,
    String chat,
    long messageId,
    @Nullable String filename,
    @Nullable String sha256,
    long size,
    @Nullable String caption,
    @Nullable String mediaGroupId,
    @Nullable String file) {}
