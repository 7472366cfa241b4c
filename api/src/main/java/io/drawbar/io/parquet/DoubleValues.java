package io.drawbar.io.parquet;

import io.drawbar.column.ColumnVector;
import io.drawbar.column.DoubleColumn;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.values.ValuesReader;
import org.apache.parquet.io.api.Binary;

/** Floating numbers, and what is read as such. */
final class DoubleValues extends ValueColumn {
  /** What is stored. */
  enum Stored {
    FLOAT(4),
    DOUBLE(8),
    INT32(4),
    UNSIGNED_INT32(4),
    DECIMAL_INT32(4),
    DECIMAL_INT64(8),
    DECIMAL_FIXED(0),
    DECIMAL_BINARY(-1);

    private final int width;

    Stored(int width) {
      this.width = width;
    }
  }

  /** Powers of ten that are doubles. */
  private static final double[] POWERS = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };

  private final Stored stored;

  /** Bytes a value, or -1 if each says its own length. */
  private final int width;

  private final int scale;
  private double[] values = {};
  private double[] dictionary = {};
  private byte[] bytes;
  private int from;
  private int to;

  /**
   * An empty column.
   *
   * @param scale digits behind the point of a decimal
   */
  DoubleValues(ColumnDescriptor leaf, Stored stored, int scale) {
    super(leaf);
    this.stored = stored;
    this.scale = scale;
    width =
        stored == Stored.DECIMAL_FIXED
            ? Math.max(1, leaf.getPrimitiveType().getTypeLength())
            : stored.width;
  }

  /** The nearest double. */
  private double decimal(long unscaled) {
    // Both are doubles, and so the quotient is the nearest to theirs.
    if (Math.abs(unscaled) <= 1L << 53 && scale < POWERS.length) {
      return unscaled / POWERS[scale];
    }
    return new BigDecimal(BigInteger.valueOf(unscaled), scale).doubleValue();
  }

  /** The nearest double to a decimal whose bytes have the high one first. */
  private double decimal(byte[] source, int at, int length) {
    if (length <= 8) {
      long unscaled = length == 0 ? 0 : source[at];
      for (int i = 1; i < length; i++) {
        unscaled = unscaled << 8 | source[at + i] & 0xFF;
      }
      return decimal(unscaled);
    }
    return new BigDecimal(new BigInteger(source, at, length), scale).doubleValue();
  }

  /**
   * Decodes values.
   *
   * @return the index after them
   */
  private int decode(byte[] source, int at, int end, double[] into, int index, int count) {
    if (width < 0) {
      return decimals(source, at, end, into, index, count);
    }
    checkSize(count, width, at, end);
    switch (stored) {
      case DOUBLE ->
          ByteBuffer.wrap(source, at, count * 8)
              .order(ByteOrder.LITTLE_ENDIAN)
              .asDoubleBuffer()
              .get(into, index, count);
      case FLOAT -> {
        for (int i = 0; i < count; i++) {
          into[index + i] = (float) LittleEndian.FLOAT.get(source, at + 4 * i);
        }
      }
      case INT32 -> {
        for (int i = 0; i < count; i++) {
          into[index + i] = (int) LittleEndian.INT.get(source, at + 4 * i);
        }
      }
      case UNSIGNED_INT32 -> {
        for (int i = 0; i < count; i++) {
          into[index + i] = (int) LittleEndian.INT.get(source, at + 4 * i) & 0xFFFF_FFFFL;
        }
      }
      case DECIMAL_INT32 -> {
        for (int i = 0; i < count; i++) {
          into[index + i] = decimal((int) LittleEndian.INT.get(source, at + 4 * i));
        }
      }
      case DECIMAL_INT64 -> {
        for (int i = 0; i < count; i++) {
          into[index + i] = decimal((long) LittleEndian.LONG.get(source, at + 8 * i));
        }
      }
      default -> {
        for (int i = 0; i < count; i++) {
          into[index + i] = decimal(source, at + width * i, width);
        }
      }
    }
    return at + count * width;
  }

  private int decimals(byte[] source, int at, int end, double[] into, int index, int count) {
    int next = at;
    for (int i = 0; i < count; i++) {
      int length = TextValues.length(source, next, end);
      into[index + i] = decimal(source, next + 4, length);
      next += 4 + length;
    }
    return next;
  }

  @Override
  void takeDictionary(byte[] source, int start, int end, int count) {
    checkSize(count, width < 0 ? 4 : width, start, end);
    dictionary = new double[count];
    decode(source, start, end, dictionary, 0, count);
  }

  @Override
  void beginPlain(byte[] source, int start, int end) {
    bytes = source;
    from = start;
    to = end;
  }

  @Override
  void plain(int at, int count) {
    from = decode(bytes, from, to, values, at, count);
  }

  @Override
  void skipPlain(int count) {
    if (width < 0) {
      for (int i = 0; i < count; i++) {
        from += 4 + TextValues.length(bytes, from, to);
      }
    } else {
      checkSize(count, width, from, to);
      from += count * width;
    }
  }

  @Override
  void repeat(int place, int at, int count) {
    Arrays.fill(values, at, at + count, dictionary[place]);
  }

  @Override
  void pick(int[] places, int at, int count) {
    check(places, count);
    double[] from64 = dictionary;
    double[] into = values;
    for (int i = 0; i < count; i++) {
      into[at + i] = from64[places[i]];
    }
  }

  @Override
  void other(ValuesReader reader, int at, int count) {
    for (int i = at; i < at + count; i++) {
      values[i] =
          switch (stored) {
            case FLOAT -> reader.readFloat();
            case DOUBLE -> reader.readDouble();
            case INT32 -> reader.readInteger();
            case UNSIGNED_INT32 -> reader.readInteger() & 0xFFFF_FFFFL;
            case DECIMAL_INT32 -> decimal(reader.readInteger());
            case DECIMAL_INT64 -> decimal(reader.readLong());
            case DECIMAL_FIXED, DECIMAL_BINARY -> decimal(reader.readBytes());
          };
    }
  }

  private double decimal(Binary unscaled) {
    byte[] source = unscaled.getBytesUnsafe();
    return decimal(source, 0, source.length);
  }

  @Override
  void reserve(int count) {
    if (values.length < count) {
      values = Arrays.copyOf(values, count);
    }
  }

  @Override
  void spread(boolean[] nulls, int at, int present, int count) {
    int last = at + present - 1;
    for (int i = at + count - 1; i > last; i--) {
      if (!nulls[i]) {
        values[i] = values[last--];
      }
    }
  }

  /** The values, in an array that is filled anew for the next block. */
  double[] values() {
    return values;
  }

  @Override
  ColumnVector vector(int size, boolean[] nulls) {
    return new DoubleColumn(size, values, nulls);
  }
}
