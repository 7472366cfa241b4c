package io.drawbar.engine.spark;

import io.drawbar.column.BooleanColumn;
import io.drawbar.column.ColumnBuilder;
import io.drawbar.column.ColumnVector;
import io.drawbar.column.DoubleColumn;
import io.drawbar.column.LongColumn;
import io.drawbar.column.SparseVectorColumn;
import io.drawbar.column.StringColumn;
import io.drawbar.column.VectorColumn;
import io.drawbar.spi.BadRowException;
import io.drawbar.text.Utf8;
import io.drawbar.type.DataType;
import io.drawbar.type.Field;
import io.drawbar.type.VectorType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.SpecializedGetters;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.unsafe.Platform;
import org.apache.spark.unsafe.types.UTF8String;

/** Collects the values of one column of Spark's rows, without an object a value. */
abstract class SparkColumn {

  /** Kind, size, indices, values: what a vector is inside a row. */
  static final int VECTOR_FIELDS = 4;

  /** About how many elements of dense vectors a batch holds at most. */
  private static final int MOST_ELEMENTS = 1 << 22;

  /** Long texts fill a batch before its rows do. */
  private static final int ENOUGH_BYTES = 1 << 26;

  private static final int MOST_BYTES = Integer.MAX_VALUE - 16;

  final Field field;
  final int capacity;
  int size;
  private boolean[] nulls;

  private SparkColumn(Field field, int capacity) {
    this.field = field;
    this.capacity = capacity;
  }

  /**
   * An empty column.
   *
   * @param capacity the most rows
   */
  static SparkColumn of(Field field, org.apache.spark.sql.types.DataType from, int capacity) {
    if (field.type() instanceof VectorType vector) {
      return new Vectors(field, vector.size(), capacity);
    }
    if (field.type() == DataType.BOOLEAN) {
      return new Booleans(field, capacity);
    }
    if (field.type() == DataType.LONG) {
      return new Longs(field, from, capacity);
    }
    if (field.type() == DataType.DOUBLE) {
      return new Doubles(field, from instanceof FloatType, capacity);
    }
    return field.type() == DataType.STRING
        ? new Strings(field, capacity)
        : new Lists(field, (ArrayType) from, capacity);
  }

  /**
   * Adds the value of a row.
   *
   * @throws BadRowException if it is null and must not be, or not a value of the column's type
   */
  final void append(InternalRow row, int at) {
    if (!row.isNullAt(at)) {
      put(row, at);
    } else if (field.isRequired()) {
      throw bad("is null, but the DataFrame says that it is never");
    } else {
      if (nulls == null) {
        nulls = new boolean[capacity];
      }
      nulls[size] = true;
      putNothing();
    }
    size++;
  }

  /** The column of all rows added. */
  final ColumnVector build() {
    return build(nulls);
  }

  /** Whether it has no room for another row, although the batch has. */
  boolean isFull() {
    return false;
  }

  abstract void put(InternalRow row, int at);

  void putNothing() {}

  abstract ColumnVector build(boolean[] nulls);

  final BadRowException bad(String what) {
    return new BadRowException(
        "a value of column '%s' of the DataFrame %s".formatted(field.name(), what));
  }

  /** The number of elements of a vector, dense or sparse. */
  static int vectorSize(InternalRow vector) {
    return vector.getByte(0) == 0 ? vector.getInt(1) : vector.getArray(3).numElements();
  }

  private static long whole(
      SpecializedGetters from, int at, org.apache.spark.sql.types.DataType type) {
    if (type instanceof IntegerType) {
      return from.getInt(at);
    }
    if (type instanceof ShortType) {
      return from.getShort(at);
    }
    return type instanceof ByteType ? from.getByte(at) : from.getLong(at);
  }

  /** Spark keeps the bits of a NaN; here there is one. */
  private static double canonical(double value) {
    return value == value ? value : Double.NaN;
  }

  private static final class Booleans extends SparkColumn {
    private final boolean[] values;

    Booleans(Field field, int capacity) {
      super(field, capacity);
      values = new boolean[capacity];
    }

    @Override
    void put(InternalRow row, int at) {
      values[size] = row.getBoolean(at);
    }

    @Override
    ColumnVector build(boolean[] nulls) {
      return new BooleanColumn(size, values, nulls);
    }
  }

  private static final class Longs extends SparkColumn {
    private final org.apache.spark.sql.types.DataType from;
    private final long[] values;

    Longs(Field field, org.apache.spark.sql.types.DataType from, int capacity) {
      super(field, capacity);
      this.from = from;
      values = new long[capacity];
    }

    @Override
    void put(InternalRow row, int at) {
      values[size] = whole(row, at, from);
    }

    @Override
    ColumnVector build(boolean[] nulls) {
      return new LongColumn(size, values, nulls);
    }
  }

  private static final class Doubles extends SparkColumn {
    private final boolean floats;
    private final double[] values;

    Doubles(Field field, boolean floats, int capacity) {
      super(field, capacity);
      this.floats = floats;
      values = new double[capacity];
    }

    @Override
    void put(InternalRow row, int at) {
      values[size] = canonical(floats ? row.getFloat(at) : row.getDouble(at));
    }

    @Override
    ColumnVector build(boolean[] nulls) {
      return new DoubleColumn(size, values, nulls);
    }
  }

  private static final class Strings extends SparkColumn {
    private final int[] starts;
    private final int[] ends;
    private byte[] bytes = new byte[1 << 12];
    private int used;

    Strings(Field field, int capacity) {
      super(field, capacity);
      starts = new int[capacity];
      ends = new int[capacity];
    }

    @Override
    boolean isFull() {
      return used >= ENOUGH_BYTES;
    }

    @Override
    void put(InternalRow row, int at) {
      UTF8String text = row.getUTF8String(at);
      int length = text.numBytes();
      if (bytes.length - used < length) {
        if (length > MOST_BYTES - used) {
          throw bad("is a text of %s bytes, too long for a block".formatted(length));
        }
        bytes =
            Arrays.copyOf(bytes, (int) Math.min(MOST_BYTES, Math.max(2L * used, used + length)));
      }
      text.writeToMemory(bytes, Platform.BYTE_ARRAY_OFFSET + used);
      if (Utf8.firstInvalid(bytes, used, used + length) >= 0) {
        throw bad("is not valid UTF-8");
      }
      starts[size] = used;
      used += length;
      ends[size] = used;
    }

    @Override
    ColumnVector build(boolean[] nulls) {
      return new StringColumn(size, bytes, starts, ends, nulls);
    }
  }

  /** In the form of the first vector, dense or sparse; others are converted. */
  private static final class Vectors extends SparkColumn {
    private final int dimension;

    /** By element, then by row; null until a dense vector comes first. */
    private double[][] elements;

    private final int[] starts;
    private final int[] ends;
    private int[] indices = new int[64];
    private double[] values = new double[64];
    private int stored;

    Vectors(Field field, int dimension, int capacity) {
      super(field, capacity);
      this.dimension = dimension;
      starts = new int[capacity];
      ends = new int[capacity];
    }

    /** Vectors of many elements fill a batch before its rows do. */
    @Override
    boolean isFull() {
      return elements != null ? size == elements[0].length : stored >= MOST_ELEMENTS;
    }

    @Override
    void put(InternalRow row, int at) {
      InternalRow vector = row.getStruct(at, VECTOR_FIELDS);
      if (vectorSize(vector) != dimension) {
        throw bad("has %s elements, not %s".formatted(vectorSize(vector), dimension));
      }
      ArrayData present = vector.getArray(3);
      ArrayData places = vector.getByte(0) == 0 ? vector.getArray(2) : null;
      int rows = Math.max(size + 1, Math.min(capacity, MOST_ELEMENTS / dimension));
      if (places == null && elements == null && stored == 0) {
        elements = new double[dimension][rows];
      }
      starts[size] = stored;
      for (int i = 0; i < present.numElements(); i++) {
        put(places == null ? i : places.getInt(i), canonical(present.getDouble(i)));
      }
      ends[size] = stored;
    }

    private void put(int element, double value) {
      if (elements != null) {
        elements[element][size] = value;
      } else if (Double.doubleToRawLongBits(value) != 0) {
        if (stored == indices.length) {
          indices = Arrays.copyOf(indices, Math.multiplyExact(2, stored));
          values = Arrays.copyOf(values, indices.length);
        }
        indices[stored] = element;
        values[stored++] = value;
      }
    }

    @Override
    ColumnVector build(boolean[] nulls) {
      return elements != null
          ? new VectorColumn(size, elements, nulls)
          : new SparseVectorColumn(size, dimension, starts, ends, indices, values, nulls);
    }
  }

  /** These do make objects. */
  private static final class Lists extends SparkColumn {
    private final ArrayType from;
    private final ColumnBuilder lists;

    Lists(Field field, ArrayType from, int capacity) {
      super(field, capacity);
      this.from = from;
      lists = ColumnBuilder.of(field.type());
    }

    @Override
    void put(InternalRow row, int at) {
      lists.appendValue(list(row.getArray(at), from.elementType()));
    }

    private List<Object> list(ArrayData items, org.apache.spark.sql.types.DataType type) {
      List<Object> list = new ArrayList<>();
      for (int i = 0; i < items.numElements(); i++) {
        list.add(items.isNullAt(i) ? null : item(items, i, type));
      }
      return list;
    }

    private Object item(ArrayData items, int at, org.apache.spark.sql.types.DataType type) {
      if (type instanceof ArrayType inner) {
        return list(items.getArray(at), inner.elementType());
      }
      if (type.equals(org.apache.spark.sql.types.DataTypes.BooleanType)) {
        return items.getBoolean(at);
      }
      if (type.equals(org.apache.spark.sql.types.DataTypes.DoubleType)) {
        return canonical(items.getDouble(at));
      }
      if (type instanceof FloatType) {
        return canonical(items.getFloat(at));
      }
      if (type instanceof org.apache.spark.sql.types.StringType) {
        byte[] text = items.getUTF8String(at).getBytes();
        if (Utf8.firstInvalid(text, 0, text.length) >= 0) {
          throw bad("is not valid UTF-8");
        }
        return Utf8.toString(text, 0, text.length);
      }
      return whole(items, at, type);
    }

    @Override
    void putNothing() {
      lists.appendNull();
    }

    @Override
    ColumnVector build(boolean[] nulls) {
      return lists.build();
    }
  }
}
