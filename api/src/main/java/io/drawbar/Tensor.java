package io.drawbar;

import io.drawbar.text.Utf8;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * A part of a model in its saved form: little-endian, by rows.
 *
 * @param shape its extents; none for a single number
 * @param bytes 8 a number; for texts a length of 4 bytes before each
 */
record Tensor(Kind kind, List<Integer> shape, byte[] bytes) {
  /** What a tensor holds. */
  enum Kind {
    /** Doubles. */
    F64,
    /** Longs. */
    I64,
    /** Texts in UTF-8. */
    UTF8
  }

  private static ByteBuffer buffer(long bytes) {
    return ByteBuffer.allocate(Math.toIntExact(bytes)).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The number of items that a shape has, or -1 if none has so many. */
  static long items(List<Integer> shape) {
    long items = 1;
    for (int extent : shape) {
      // Once too many, always: a further product might come round to any number.
      items = items < 0 ? -1 : items * extent;
      items = items > Integer.MAX_VALUE ? -1 : items;
    }
    return items;
  }

  static Tensor of(double[] values, List<Integer> shape) {
    ByteBuffer buffer = buffer(8L * values.length);
    for (double value : values) {
      buffer.putLong(Double.doubleToLongBits(value));
    }
    return new Tensor(Kind.F64, shape, buffer.array());
  }

  static Tensor of(long[] values, List<Integer> shape) {
    ByteBuffer buffer = buffer(8L * values.length);
    for (long value : values) {
      buffer.putLong(value);
    }
    return new Tensor(Kind.I64, shape, buffer.array());
  }

  static Tensor of(List<String> texts) {
    List<byte[]> encoded = texts.stream().map(Utf8::encode).toList();
    long length = 0;
    for (byte[] text : encoded) {
      length += 4L + text.length;
    }
    ByteBuffer buffer = buffer(length);
    encoded.forEach(text -> buffer.putInt(text.length).put(text));
    return new Tensor(Kind.UTF8, List.of(texts.size()), buffer.array());
  }

  private ByteBuffer content() {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  double[] doubles() {
    ByteBuffer content = content();
    double[] values = new double[bytes.length / 8];
    for (int i = 0; i < values.length; i++) {
      values[i] = content.getDouble();
    }
    return values;
  }

  long[] longs() {
    long[] values = new long[bytes.length / 8];
    content().asLongBuffer().get(values);
    return values;
  }

  List<String> texts() {
    List<String> texts = new ArrayList<>();
    ByteBuffer content = content();
    while (content.hasRemaining()) {
      int length = content.getInt();
      int from = content.position();
      texts.add(Utf8.toString(bytes, from, from + length));
      content.position(from + length);
    }
    return texts;
  }

  /** What keeps the bytes from being of this kind and shape; null if nothing does. */
  String defect() {
    long items = items(shape);
    if (kind != Kind.UTF8) {
      return items * 8 == bytes.length ? null : "%s bytes for %s".formatted(bytes.length, shape);
    }
    ByteBuffer content = content();
    long texts = 0;
    while (content.remaining() >= 4) {
      int length = content.getInt();
      int from = content.position();
      if (length < 0 || length > content.remaining()) {
        return "text %s is cut off".formatted(texts);
      }
      if (Utf8.firstInvalid(bytes, from, from + length) >= 0) {
        return "text %s is not UTF-8".formatted(texts);
      }
      content.position(from + length);
      texts++;
    }
    boolean whole = shape.size() == 1 && items == texts && !content.hasRemaining();
    return whole ? null : "%s texts for %s".formatted(texts, shape);
  }
}
