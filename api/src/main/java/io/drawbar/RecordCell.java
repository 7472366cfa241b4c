package io.drawbar;

import io.drawbar.column.BooleanColumn;
import io.drawbar.column.ColumnBuilder;
import io.drawbar.column.ColumnVector;
import io.drawbar.column.DoubleColumn;
import io.drawbar.column.LongColumn;
import io.drawbar.type.DataType;
import io.drawbar.type.RecordBindingException;
import java.lang.invoke.CallSite;
import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * A column of one row, into which a component of a record is written in place. It has the bits that
 * a column built of the record's values would have: one NaN, and no null flags where nothing is
 * null. For one thread at a time.
 *
 * <p>A component is read by a function that is made of its accessor as those of {@code Point::x}
 * are: a tenth of what reflection takes, a third of a method handle that is no constant, and
 * numbers are not boxed.
 */
abstract sealed class RecordCell {
  /** Flags of a row without a value. */
  private static final boolean[] NULL = {true};

  private final Method accessor;

  private RecordCell(Method accessor) {
    this.accessor = accessor;
  }

  /**
   * Makes cells of a component of one of the types that a record may have.
   *
   * @param component of a class that reflection can reach
   * @throws RecordBindingException if its accessor cannot be reached
   */
  @SuppressWarnings("unchecked")
  static Supplier<RecordCell> of(RecordComponent component) {
    Method accessor = component.getAccessor();
    Class<?> type = component.getType();
    if (type == double.class) {
      ToDoubleFunction<Record> read =
          function(ToDoubleFunction.class, "applyAsDouble", double.class, accessor);
      return () -> new Doubles(accessor, read);
    }
    if (type == long.class || type == int.class) {
      ToLongFunction<Record> read =
          function(ToLongFunction.class, "applyAsLong", long.class, accessor);
      return () -> new Longs(accessor, read);
    }
    if (type == boolean.class) {
      Predicate<Record> read = function(Predicate.class, "test", boolean.class, accessor);
      return () -> new Booleans(accessor, read);
    }
    Function<Record, Object> read = function(Function.class, "apply", Object.class, accessor);
    return () -> new Boxed(accessor, read, columnType(type));
  }

  private static DataType columnType(Class<?> type) {
    if (type == Double.class) {
      return DataType.DOUBLE;
    }
    if (type == Boolean.class) {
      return DataType.BOOLEAN;
    }
    return type == String.class ? DataType.STRING : DataType.LONG;
  }

  /** The accessor as a functional interface, whose method takes an object and returns that. */
  private static <F> F function(Class<F> type, String method, Class<?> returned, Method accessor) {
    Class<?> recordClass = accessor.getDeclaringClass();
    try {
      MethodHandles.Lookup lookup =
          MethodHandles.privateLookupIn(recordClass, MethodHandles.lookup());
      MethodHandle read = lookup.unreflect(accessor);
      CallSite site =
          LambdaMetafactory.metafactory(
              lookup,
              method,
              MethodType.methodType(type),
              MethodType.methodType(returned, Object.class),
              read,
              MethodType.methodType(
                  returned == Object.class ? accessor.getReturnType() : returned, recordClass));
      return type.cast(site.getTarget().invoke());
    } catch (Throwable e) {
      throw failed(accessor, e);
    }
  }

  private static RecordBindingException failed(Method accessor, Throwable cause) {
    return new RecordBindingException(
        "%s.%s() failed".formatted(accessor.getDeclaringClass().getName(), accessor.getName()),
        cause);
  }

  /**
   * Writes the component of a record; the column is valid until the next call.
   *
   * @throws RecordBindingException if the record's own accessor fails
   */
  final ColumnVector write(Record record) {
    try {
      return read(record);
    } catch (Throwable e) {
      throw failed(accessor, e);
    }
  }

  abstract ColumnVector read(Record record);

  private static final class Doubles extends RecordCell {
    private final ToDoubleFunction<Record> read;
    private final double[] value = new double[1];
    private final DoubleColumn column = new DoubleColumn(1, value, null);

    Doubles(Method accessor, ToDoubleFunction<Record> read) {
      super(accessor);
      this.read = read;
    }

    @Override
    ColumnVector read(Record record) {
      double number = read.applyAsDouble(record);
      value[0] = number == number ? number : Double.NaN;
      return column;
    }
  }

  private static final class Longs extends RecordCell {
    private final ToLongFunction<Record> read;
    private final long[] value = new long[1];
    private final LongColumn column = new LongColumn(1, value, null);

    Longs(Method accessor, ToLongFunction<Record> read) {
      super(accessor);
      this.read = read;
    }

    @Override
    ColumnVector read(Record record) {
      value[0] = read.applyAsLong(record);
      return column;
    }
  }

  private static final class Booleans extends RecordCell {
    private final Predicate<Record> read;
    private final boolean[] value = new boolean[1];
    private final BooleanColumn column = new BooleanColumn(1, value, null);

    Booleans(Method accessor, Predicate<Record> read) {
      super(accessor);
      this.read = read;
    }

    @Override
    ColumnVector read(Record record) {
      value[0] = read.test(record);
      return column;
    }
  }

  /** What is an object already, and may be null. */
  private static final class Boxed extends RecordCell {
    private final Function<Record, Object> read;
    private final DataType type;
    private final ColumnVector absent;

    Boxed(Method accessor, Function<Record, Object> read, DataType type) {
      super(accessor);
      this.read = read;
      this.type = type;
      ColumnBuilder builder = ColumnBuilder.of(type);
      builder.appendNull();
      absent = builder.build().withNulls(NULL);
    }

    @Override
    ColumnVector read(Record record) {
      Object value = read.apply(record);
      if (value == null) {
        return absent;
      }
      ColumnBuilder builder = ColumnBuilder.of(type);
      builder.appendValue(value instanceof Integer whole ? (Object) whole.longValue() : value);
      return builder.build();
    }
  }
}
