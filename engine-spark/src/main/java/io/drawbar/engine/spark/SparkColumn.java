package io.drawbar.engine.spark;

import io.drawbar.spi.BadRowException;
import io.drawbar.spi.NativeRows;
import io.drawbar.text.Utf8;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.unsafe.Platform;
import org.apache.spark.unsafe.types.UTF8String;

/** Takes the values of one column out of Spark's rows; those of lists alone become objects. */
@FunctionalInterface
interface SparkColumn {

  /** Kind, size, indices, values: what a vector is inside a row. */
  int VECTOR_FIELDS = 4;

  /** Puts the value of a row, which is not null, at a position; there is a column for each. */
  void put(InternalRow row, int at, NativeRows rows);

  /** What takes out values of a type that has a counterpart. */
  static SparkColumn of(DataType type) {
    if (SparkTypes.isVector(type)) {
      return SparkColumn::putVector;
    }
    if (type instanceof BooleanType) {
      return (row, at, rows) -> rows.putBoolean(at, row.getBoolean(at));
    }
    if (type instanceof LongType) {
      return (row, at, rows) -> rows.putLong(at, row.getLong(at));
    }
    if (type instanceof IntegerType) {
      return (row, at, rows) -> rows.putLong(at, row.getInt(at));
    }
    if (type instanceof ShortType) {
      return (row, at, rows) -> rows.putLong(at, row.getShort(at));
    }
    if (type instanceof ByteType) {
      return (row, at, rows) -> rows.putLong(at, row.getByte(at));
    }
    if (type instanceof DoubleType) {
      return (row, at, rows) -> rows.putDouble(at, row.getDouble(at));
    }
    if (type instanceof FloatType) {
      return (row, at, rows) -> rows.putDouble(at, row.getFloat(at));
    }
    return type instanceof ArrayType list
        ? (row, at, rows) -> rows.putValue(at, list(row.getArray(at), list, at, rows))
        : SparkColumn::putText;
  }

  private static void putText(InternalRow row, int at, NativeRows rows) {
    UTF8String text = row.getUTF8String(at);
    if (text.getBaseObject() instanceof byte[] bytes) {
      int start = (int) (text.getBaseOffset() - Platform.BYTE_ARRAY_OFFSET);
      rows.putText(at, bytes, start, start + text.numBytes());
    } else {
      rows.putText(at, text.getBytes(), 0, text.numBytes());
    }
  }

  private static void putVector(InternalRow row, int at, NativeRows rows) {
    InternalRow vector = row.getStruct(at, VECTOR_FIELDS);
    double[] elements = vector.getArray(3).toDoubleArray();
    if (vector.getByte(0) == 0) {
      rows.putSparse(at, vectorSize(vector), vector.getArray(2).toIntArray(), elements);
    } else {
      rows.putValue(at, elements);
    }
  }

  /** The number of elements of a vector, dense or sparse. */
  static int vectorSize(InternalRow vector) {
    return vector.getByte(0) == 0 ? vector.getInt(1) : vector.getArray(3).numElements();
  }

  private static List<Object> list(ArrayData items, ArrayType type, int at, NativeRows rows)
      throws BadRowException {
    List<Object> list = new ArrayList<>();
    for (int i = 0; i < items.numElements(); i++) {
      list.add(items.isNullAt(i) ? null : item(items.get(i, type.elementType()), type, at, rows));
    }
    return list;
  }

  private static Object item(Object item, ArrayType type, int at, NativeRows rows) {
    if (item instanceof ArrayData inner) {
      return list(inner, (ArrayType) type.elementType(), at, rows);
    }
    if (item instanceof UTF8String utf8) {
      byte[] text = utf8.getBytes();
      if (Utf8.firstInvalid(text, 0, text.length) >= 0) {
        throw rows.bad(at, "the text is not valid UTF-8");
      }
      return Utf8.toString(text, 0, text.length);
    }
    return item;
  }
}
