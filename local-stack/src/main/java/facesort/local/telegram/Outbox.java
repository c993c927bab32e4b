package facesort.local.telegram;

import facesort.local.telegram.Message.Chat;
import facesort.local.telegram.Message.Document;
import facesort.local.telegram.Message.PhotoSize;
import facesort.local.telegram.Message.User;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** The methods that send: checks as Telegram does, keeps what was sent, answers the message. */
final class Outbox {
  private static final int LONGEST_TEXT = 4096;
  private static final int LONGEST_CAPTION = 1024;
  private static final int MOST_DOCUMENT_BYTES = 50 << 20;

  private final User bot;
  private final FileStore files;
  private final ReceiptLog receipts;
  private final Clock clock;
  private final AtomicLong lastMessageId;

  /** One message before it has a number. */
  private record Draft(
      String method,
      String chat,
      @Nullable String text,
      @Nullable String group,
      @Nullable StoredFile file,
      PhotoLimits.@Nullable Size photo) {}

  Outbox(User bot, FileStore files, ReceiptLog receipts, Clock clock) {
    this.bot = bot;
    this.files = files;
    this.receipts = receipts;
    this.clock = clock;
    this.lastMessageId = new AtomicLong(receipts.lastMessageId());
  }

  Message sendMessage(Call call) throws IOException {
    String chat = chat(call);
    String text = call.field("text");
    if (text == null) {
      throw ApiError.badRequest("message text is empty");
    }
    if (text.length() > LONGEST_TEXT) {
      throw ApiError.badRequest("message is too long");
    }
    return send(List.of(new Draft("sendMessage", chat, text, null, null, null))).getFirst();
  }

  Message sendPhoto(Call call) throws IOException {
    String chat = chat(call);
    StoredFile file = files.resolve(call, "photo", call.field("photo"));
    return send(List.of(photo("sendPhoto", chat, caption(call.field("caption")), null, file)))
        .getFirst();
  }

  Message sendDocument(Call call) throws IOException {
    String chat = chat(call);
    StoredFile file = files.resolve(call, "document", call.field("document"));
    if (file.bytes().length > MOST_DOCUMENT_BYTES) {
      throw ApiError.badRequest("file is too big");
    }
    String caption = caption(call.field("caption"));
    return send(List.of(new Draft("sendDocument", chat, caption, null, file, null))).getFirst();
  }

  List<Message> sendMediaGroup(Call call) throws IOException {
    String chat = chat(call);
    JsonNode media = media(call.field("media"));
    if (media.size() < 2 || media.size() > 10) {
      throw ApiError.badRequest("an album must have 2-10 items, not " + media.size());
    }
    String group = Long.toString(clock.millis()) + lastMessageId.get();
    List<Draft> album = new ArrayList<>();
    for (JsonNode item : media) {
      if (!item.path("type").asString("").equals("photo")) {
        throw ApiError.badRequest("this stand-in takes albums of photos only");
      }
      StoredFile file = files.resolve(call, "media", item.path("media").asString(null));
      String caption = caption(item.path("caption").asString(null));
      album.add(photo("sendMediaGroup", chat, caption, group, file));
    }
    return send(album);
  }

  private static Draft photo(
      String method,
      String chat,
      @Nullable String caption,
      @Nullable String group,
      StoredFile file) {
    return new Draft(method, chat, caption, group, file, PhotoLimits.check(file.bytes()));
  }

  /** All or none: nothing is kept before every part has passed its checks. */
  private List<Message> send(List<Draft> drafts) throws IOException {
    List<Message> messages = new ArrayList<>();
    List<Receipt> sent = new ArrayList<>();
    Instant now = clock.instant();
    for (Draft draft : drafts) {
      long id = lastMessageId.incrementAndGet();
      sent.add(receipt(draft, id, now));
      messages.add(message(draft, id, now));
    }
    receipts.append(sent);
    return messages;
  }

  private Receipt receipt(Draft draft, long id, Instant now) throws IOException {
    StoredFile file = draft.file();
    return new Receipt(
        now.toString(),
        draft.method(),
        draft.chat(),
        id,
        file == null ? null : file.fileName(),
        file == null ? null : file.sha256(),
        file == null ? 0 : file.bytes().length,
        draft.text(),
        draft.group(),
        file == null ? null : files.keep(draft.chat(), id, file));
  }

  private Message message(Draft draft, long id, Instant now) {
    StoredFile file = draft.file();
    PhotoLimits.Size size = draft.photo();
    return new Message(
        id,
        bot,
        new Chat(Long.parseLong(draft.chat()), "private", "Friend " + draft.chat()),
        now.getEpochSecond(),
        file == null ? draft.text() : null,
        draft.group(),
        file == null || size == null ? null : List.of(photoSize(file, size)),
        file == null || size != null ? null : document(file),
        file == null ? null : draft.text());
  }

  private static PhotoSize photoSize(StoredFile file, PhotoLimits.Size size) {
    return new PhotoSize(
        FileStore.fileId(file), file.uniqueId(), size.width(), size.height(), file.bytes().length);
  }

  private static Document document(StoredFile file) {
    return new Document(
        FileStore.fileId(file), file.uniqueId(), file.fileName(), file.bytes().length);
  }

  private static String chat(Call call) {
    String chat = call.field("chat_id");
    if (chat == null) {
      throw ApiError.badRequest("chat_id is empty");
    }
    if (!chat.matches("-?[0-9]{1,18}")) {
      throw ApiError.badRequest("chat not found");
    }
    return chat;
  }

  private static @Nullable String caption(@Nullable String caption) {
    if (caption != null && caption.length() > LONGEST_CAPTION) {
      throw ApiError.badRequest("message caption is too long");
    }
    return caption;
  }

  private static JsonNode media(@Nullable String json) {
    try {
      return Json.MAPPER.readTree(json == null ? "[]" : json);
    } catch (JacksonException e) {
      throw ApiError.badRequest("can't parse media JSON object");
    }
  }
}
