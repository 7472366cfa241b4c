package io.drawbar;

import io.drawbar.column.Batch;
import io.drawbar.column.BooleanColumn;
import io.drawbar.column.ColumnVector;
import io.drawbar.column.DoubleColumn;
import io.drawbar.column.LongColumn;
import io.drawbar.type.RecordBinding;
import io.drawbar.type.RecordBindingException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Map;

/**
 * Makes a record of the first row that counts of a batch whose columns are its components, without
 * boxing what it holds unboxed. For any number of threads.
 *
 * @param <O> the record
 */
final class RecordMaker<O extends Record> {
  /** A method handle has at most 255 arguments, of which doubles and longs are two. */
  private static final int MOST_COMPONENTS = 100;

  private static final Map<Class<?>, String> READERS =
      Map.of(
          double.class, "number",
          long.class, "whole",
          int.class, "small",
          boolean.class, "flag");

  private final RecordBinding<O> binding;
  private final String name;
  private final Class<?>[] types;

  /** From a batch to the record; null for records of very many components. */
  private final MethodHandle handle;

  RecordMaker(Class<O> recordClass, RecordBinding<O> binding) {
    this.binding = binding;
    name = recordClass.getName();
    types =
        Arrays.stream(recordClass.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    handle = types.length > MOST_COMPONENTS ? null : handle(recordClass, types);
  }

  private static MethodHandle handle(Class<?> recordClass, Class<?>[] types) {
    try {
      Constructor<?> constructor = recordClass.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      MethodHandle[] readers = new MethodHandle[types.length];
      for (int c = 0; c < types.length; c++) {
        String name = READERS.getOrDefault(types[c], "object");
        Class<?> read = types[c].isPrimitive() ? types[c] : Object.class;
        MethodType type = MethodType.methodType(read, Batch.class, int.class);
        MethodHandle reader = lookup.findStatic(RecordMaker.class, name, type);
        readers[c] =
            MethodHandles.insertArguments(reader, 1, c)
                .asType(MethodType.methodType(types[c], Batch.class));
      }
      MethodHandle made = lookup.unreflectConstructor(constructor);
      MethodHandle ofBatches = MethodHandles.filterArguments(made, 0, readers);
      MethodType one = MethodType.methodType(recordClass, Batch.class);
      return MethodHandles.permuteArguments(ofBatches, one, new int[types.length])
          .asType(MethodType.methodType(Record.class, Batch.class));
    } catch (ReflectiveOperationException e) {
      throw new RecordBindingException("record " + recordClass.getName() + " cannot be made", e);
    }
  }

  private static double number(Batch batch, int column) {
    return ((DoubleColumn) batch.column(column)).values()[batch.row(0)];
  }

  private static long whole(Batch batch, int column) {
    return ((LongColumn) batch.column(column)).values()[batch.row(0)];
  }

  private static int small(Batch batch, int column) {
    return (int) whole(batch, column);
  }

  private static boolean flag(Batch batch, int column) {
    return ((BooleanColumn) batch.column(column)).values()[batch.row(0)];
  }

  private static Object object(Batch batch, int column) {
    return batch.column(column).value(batch.row(0));
  }

  /**
   * The record.
   *
   * @throws RecordBindingException if a value is null or out of range for a primitive component, or
   *     the record's own constructor refuses it; an Error of that comes as it is
   */
  @SuppressWarnings("unchecked")
  O make(Batch batch) {
    if (handle != null && fits(batch)) {
      try {
        return (O) (Record) handle.invokeExact(batch);
      } catch (Error e) {
        throw e;
      } catch (Throwable refused) {
        throw new RecordBindingException(
            "record %s refuses %s: %s".formatted(name, batch.rowAt(batch.row(0)), refused),
            refused);
      }
    }
    try {
      return binding.record(batch.rowAt(batch.row(0)));
    } catch (RecordBindingException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e;
    }
  }

  /** Whether all values can be what the components are; Integer is left to the other way. */
  private boolean fits(Batch batch) {
    int row = batch.row(0);
    for (int c = 0; c < types.length; c++) {
      ColumnVector column = batch.column(c);
      boolean isNull = column.isNull(row);
      if (isNull && types[c].isPrimitive() || types[c] == Integer.class) {
        return false;
      }
      if (types[c] == int.class) {
        long value = ((LongColumn) column).values()[row];
        if ((int) value != value) {
          return false;
        }
      }
    }
    return true;
  }
}
