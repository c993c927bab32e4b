package facesort.inference.onnx;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.UnknownFieldSet.Field;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * One message of an ONNX file, read by field number: the few fields we edit need no generated
 * classes, and all others are kept as they are. Immutable; each edit returns a new message.
 */
record OnnxMessage(UnknownFieldSet fields) {
  static final OnnxMessage EMPTY = new OnnxMessage(UnknownFieldSet.getDefaultInstance());

  static OnnxMessage parse(byte[] bytes) {
    try {
      return new OnnxMessage(UnknownFieldSet.parseFrom(bytes));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("Not an ONNX message", e);
    }
  }

  byte[] toBytes() {
    return fields.toByteArray();
  }

  boolean has(int number) {
    return fields.hasField(number);
  }

  /** Returns the messages of a repeated field. */
  List<OnnxMessage> messages(int number) {
    return fields.getField(number).getLengthDelimitedList().stream()
        .map(bytes -> parse(bytes.toByteArray()))
        .toList();
  }

  List<String> texts(int number) {
    return fields.getField(number).getLengthDelimitedList().stream()
        .map(ByteString::toStringUtf8)
        .toList();
  }

  /** Returns the text of a field, empty if it has none. */
  String text(int number) {
    return String.join("", texts(number));
  }

  byte[] bytes(int number) {
    return fields.getField(number).getLengthDelimitedList().getFirst().toByteArray();
  }

  /** Returns the integers of a repeated field, packed or not. */
  List<Long> integers(int number) {
    return fields.getField(number).getVarintList();
  }

  OnnxMessage with(int number, Field field) {
    return new OnnxMessage(fields.toBuilder().clearField(number).addField(number, field).build());
  }

  OnnxMessage without(int number) {
    return new OnnxMessage(fields.toBuilder().clearField(number).build());
  }

  OnnxMessage withMessages(int number, List<OnnxMessage> messages) {
    Field.Builder field = Field.newBuilder();
    messages.forEach(message -> field.addLengthDelimited(message.fields.toByteString()));
    return with(number, field.build());
  }

  OnnxMessage withTexts(int number, List<String> texts) {
    Field.Builder field = Field.newBuilder();
    texts.forEach(text -> field.addLengthDelimited(ByteString.copyFromUtf8(text)));
    return with(number, field.build());
  }

  OnnxMessage withBytes(int number, byte[] bytes) {
    return with(number, Field.newBuilder().addLengthDelimited(ByteString.copyFrom(bytes)).build());
  }

  OnnxMessage withIntegers(int number, List<Long> integers) {
    Field.Builder field = Field.newBuilder();
    integers.forEach(field::addVarint);
    return with(number, field.build());
  }

  /** Edits every message of a repeated field. */
  OnnxMessage edited(int number, UnaryOperator<OnnxMessage> edit) {
    return withMessages(number, messages(number).stream().map(edit).toList());
  }
}
