package io.drawbar;

import io.drawbar.column.BooleanColumn;
import io.drawbar.column.ColumnBuilder;
import io.drawbar.column.ColumnVector;
import io.drawbar.column.DoubleColumn;
import io.drawbar.column.LongColumn;
import io.drawbar.type.DataType;
import io.drawbar.type.RecordBindingException;
import io.drawbar.type.Schema;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads components of a record into columns of one row, without boxing what is held unboxed. For
 * any number of threads, each with cells of its own.
 *
 * <p>A call of each accessor by itself costs a hundred jumps to places that the processor cannot
 * foresee. So some accessors at a time, and what is done with their values, are put together into
 * one method handle, of which the compiler makes one piece of straight code.
 */
final class RecordReading {
  /** As many as the compiler is willing to put into one piece. */
  private static final int PIECE = 16;

  /** Flags of a row without a value. */
  private static final boolean[] NULL = {true};

  private final List<RecordComponent> components;
  private final Schema columns;
  private final MethodHandle[] pieces;

  /**
   * Prepares to read.
   *
   * @param components of a class that reflection can reach, each of a type that a record may have
   * @param columns what they are read into, in the same order
   */
  RecordReading(List<RecordComponent> components, Schema columns) {
    this.components = components;
    this.columns = columns;
    List<MethodHandle> all = new ArrayList<>();
    for (int from = 0; from < components.size(); from += PIECE) {
      all.add(together(from, Math.min(components.size(), from + PIECE)));
    }
    pieces = all.toArray(MethodHandle[]::new);
  }

  /** What components are read into: for each, the array of its kind, and its column. */
  static final class Cells {
    private final double[][] doubles;
    private final long[][] longs;
    private final boolean[][] flags;
    private final ColumnVector[] columns;

    private Cells(int count) {
      doubles = new double[count][];
      longs = new long[count][];
      flags = new boolean[count][];
      columns = new ColumnVector[count];
    }

    /** The columns, which are written in place. */
    ColumnVector[] columns() {
      return columns;
    }
  }

  /** New cells. */
  Cells cells() {
    Cells cells = new Cells(components.size());
    for (int c = 0; c < components.size(); c++) {
      Class<?> type = components.get(c).getType();
      if (type == double.class) {
        cells.doubles[c] = new double[1];
        cells.columns[c] = new DoubleColumn(1, cells.doubles[c], null);
      } else if (type == long.class || type == int.class) {
        cells.longs[c] = new long[1];
        cells.columns[c] = new LongColumn(1, cells.longs[c], null);
      } else if (type == boolean.class) {
        cells.flags[c] = new boolean[1];
        cells.columns[c] = new BooleanColumn(1, cells.flags[c], null);
      }
    }
    return cells;
  }

  /** Pieces of pieces, so that none is nested deeply. */
  private MethodHandle together(int from, int to) {
    if (to - from == 1) {
      return one(from);
    }
    int middle = (from + to) >>> 1;
    return MethodHandles.foldArguments(together(middle, to), together(from, middle));
  }

  private MethodHandle one(int component) {
    Method accessor = components.get(component).getAccessor();
    Class<?> type = accessor.getReturnType();
    try {
      accessor.setAccessible(true);
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      Class<?> written = type == int.class ? long.class : type.isPrimitive() ? type : Object.class;
      MethodType signature = MethodType.methodType(void.class, Cells.class, int.class, written);
      MethodHandle write =
          type.isPrimitive()
              ? lookup.findStatic(RecordReading.class, "write", signature)
              : MethodHandles.insertArguments(
                  lookup.findStatic(
                      RecordReading.class, "write", signature.appendParameterTypes(DataType.class)),
                  3,
                  columns.field(component).type());
      MethodHandle read =
          lookup.unreflect(accessor).asType(MethodType.methodType(written, Record.class));
      return MethodHandles.filterArguments(
          MethodHandles.insertArguments(write, 1, component), 1, read);
    } catch (ReflectiveOperationException e) {
      throw failed(accessor, e);
    }
  }

  /** With one NaN, as everywhere. */
  private static void write(Cells cells, int component, double value) {
    cells.doubles[component][0] = value == value ? value : Double.NaN;
  }

  private static void write(Cells cells, int component, long value) {
    cells.longs[component][0] = value;
  }

  private static void write(Cells cells, int component, boolean value) {
    cells.flags[component][0] = value;
  }

  /** What is an object already, and may be null, becomes a column as it does elsewhere. */
  private static void write(Cells cells, int component, Object value, DataType type) {
    ColumnBuilder builder = ColumnBuilder.of(type);
    builder.appendValue(value instanceof Integer whole ? (Object) whole.longValue() : value);
    ColumnVector column = builder.build();
    cells.columns[component] = value == null ? column.withNulls(NULL) : column;
  }

  /**
   * Reads a record of the class whose components these are.
   *
   * @throws RecordBindingException if the record's own accessor fails; an Error of that comes as it
   *     is
   */
  void read(Record record, Cells into) {
    try {
      for (MethodHandle piece : pieces) {
        piece.invokeExact(into, record);
      }
    } catch (Error e) {
      throw e;
    } catch (Throwable e) {
      throw failed(record, e);
    }
  }

  /** One of them has failed, and is found by calling each again. */
  private RecordBindingException failed(Record record, Throwable cause) {
    for (RecordComponent component : components) {
      try {
        component.getAccessor().invoke(record);
      } catch (InvocationTargetException | IllegalAccessException e) {
        return failed(component.getAccessor(), e);
      }
    }
    return new RecordBindingException("%s cannot be read".formatted(record.getClass()), cause);
  }

  private static RecordBindingException failed(Method accessor, Throwable cause) {
    return new RecordBindingException(
        "%s.%s() failed".formatted(accessor.getDeclaringClass().getName(), accessor.getName()),
        cause);
  }
}
