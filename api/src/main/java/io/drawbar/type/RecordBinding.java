package io.drawbar.type;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigInteger;
import java.time.temporal.Temporal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Map;

/**
 * Converts between the records of a user's class and {@link Row rows}.
 *
 * @param <R> the record class
 */
public final class RecordBinding<R extends Record> {
  private static final Map<Class<?>, Field> FIELDS =
      Map.of(
          boolean.class, Field.required("x", DataType.BOOLEAN),
          int.class, Field.required("x", DataType.LONG),
          long.class, Field.required("x", DataType.LONG),
          double.class, Field.required("x", DataType.DOUBLE),
          Boolean.class, Field.optional("x", DataType.BOOLEAN),
          Integer.class, Field.optional("x", DataType.LONG),
          Long.class, Field.optional("x", DataType.LONG),
          Double.class, Field.optional("x", DataType.DOUBLE),
          String.class, Field.optional("x", DataType.STRING));

  private static final Map<Type, DataType> ITEMS =
      Map.of(
          String.class, DataType.STRING,
          Long.class, DataType.LONG,
          Double.class, DataType.DOUBLE,
          Boolean.class, DataType.BOOLEAN);

  private final Class<R> recordClass;
  private final Schema schema;
  private final Method[] accessors;
  private final Constructor<R> constructor;

  private RecordBinding(Class<R> recordClass) {
    this.recordClass = recordClass;
    RecordComponent[] components = recordClass.getRecordComponents();
    List<Field> fields = new ArrayList<>();
    for (RecordComponent component : components) {
      Field like = FIELDS.get(component.getType());
      if (component.getType() == List.class) {
        like = Field.optional("x", list(component));
      }
      if (like == null) {
        throw new RecordBindingException(
            ("component '%s' of record %s is a %s; a column can be boolean, int, long, double, their"
                    + " boxed forms, String, or a List of String, Long, Double or Boolean%s")
                .formatted(
                    component.getName(),
                    recordClass.getName(),
                    component.getType().getSimpleName(),
                    instead(component)));
      }
      fields.add(new Field(component.getName(), like.type(), like.presence()));
    }
    schema = new Schema(fields);
    try {
      Class<?>[] types =
          Arrays.stream(components).map(RecordComponent::getType).toArray(Class[]::new);
      constructor = recordClass.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      accessors =
          Arrays.stream(components).map(RecordComponent::getAccessor).toArray(Method[]::new);
      for (Method accessor : accessors) {
        accessor.setAccessible(true);
      }
    } catch (NoSuchMethodException | RuntimeException e) {
      throw new RecordBindingException(
          "record %s cannot be reached by reflection: make it public, or open its module to io.drawbar"
              .formatted(recordClass.getName()),
          e);
    }
  }

  /** The type of a list, whose items are objects and may be null. */
  private DataType list(RecordComponent component) {
    if (component.getGenericType() instanceof ParameterizedType type) {
      Type item = type.getActualTypeArguments()[0];
      if (ITEMS.containsKey(item)) {
        return DataType.listOf(ITEMS.get(item));
      }
    }
    throw new RecordBindingException(
        ("component '%s' of record %s is a %s; a list can be one of String, Long, Double or Boolean."
                + " Others are declared without a record:"
                + " Schema.empty().with(\"%s\", DataType.listOf(...))")
            .formatted(
                component.getName(),
                recordClass.getName(),
                component.getGenericType().getTypeName().replaceAll("[a-z]\\w*\\.", ""),
                component.getName()));
  }

  /** What there is in place of a type that is often asked for, with a colon before it. */
  private static String instead(RecordComponent component) {
    Class<?> type = component.getType();
    if (type == double[].class) {
      return ": a record does not say how many elements a vector has; use List<Double>, or declare"
          + " it without a record, Schema.empty().with(\"%s\", DataType.vector(3)), say"
              .formatted(component.getName());
    }
    if (type.isArray() || Collection.class.isAssignableFrom(type)) {
      return ": use List";
    }
    if (type == float.class || type == Float.class || Number.class.isAssignableFrom(type)) {
      boolean isWhole = type == Short.class || type == Byte.class || type == BigInteger.class;
      return isWhole ? ": use long" : ": use double, or String where each digit counts";
    }
    if (type == short.class || type == byte.class) {
      return ": use int";
    }
    if (Temporal.class.isAssignableFrom(type) || Date.class.isAssignableFrom(type)) {
      return ": use String (2024-01-31 is ordered as the day is), or long (LocalDate.toEpochDay,"
          + " Instant.toEpochMilli)";
    }
    return type.isEnum() || type == char.class || type == Character.class ? ": use String" : "";
  }

  /**
   * Binds a record class.
   *
   * @throws RecordBindingException if a component's type is not one of {@link Schema#of}, or the
   *     class cannot be reached
   */
  public static <R extends Record> RecordBinding<R> of(Class<R> recordClass) {
    return new RecordBinding<>(recordClass);
  }

  /** One column a component. */
  public Schema schema() {
    return schema;
  }

  /** The values of a record as a row of {@link #schema()}. */
  public Row row(R record) {
    Object[] values = new Object[accessors.length];
    for (int i = 0; i < values.length; i++) {
      try {
        Object value = accessors[i].invoke(record);
        values[i] = value instanceof Integer whole ? (Object) whole.longValue() : value;
      } catch (IllegalAccessException | InvocationTargetException e) {
        throw new RecordBindingException(
            "%s.%s() failed".formatted(recordClass.getName(), accessors[i].getName()), e);
      }
    }
    return Row.of(schema, values);
  }

  /**
   * Checks that rows of the given columns can become records: each component finds a column of its
   * name and type.
   *
   * @throws RecordBindingException if one does not
   */
  public void check(Schema columns) {
    for (Field field : schema.fields()) {
      DataType found = columns.field(field.name()).type();
      if (!found.equals(field.type())) {
        throw new RecordBindingException(
            "component '%s' of record %s holds %s, the column is %s"
                .formatted(field.name(), recordClass.getName(), field.type(), found));
      }
    }
  }

  /**
   * The record with the values of a row; columns are found by name.
   *
   * @throws RecordBindingException if a value is null or out of range for a primitive component, or
   *     the record's own constructor refuses it
   */
  public R record(Row row) {
    Object[] arguments = new Object[schema.size()];
    Class<?>[] types = constructor.getParameterTypes();
    for (int i = 0; i < arguments.length; i++) {
      Object value = row.value(schema.field(i).name());
      arguments[i] = argument(value, types[i], schema.field(i).name(), row);
    }
    try {
      return constructor.newInstance(arguments);
    } catch (InvocationTargetException e) {
      throw new RecordBindingException(
          "record %s refuses %s: %s".formatted(recordClass.getName(), row, e.getCause()),
          e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new RecordBindingException("record " + recordClass.getName() + " cannot be made", e);
    }
  }

  private Object argument(Object value, Class<?> type, String name, Row row) {
    if (value == null && type.isPrimitive()) {
      throw new RecordBindingException(
          "'%s' is null in %s, but %s.%s is a primitive %s; declare it as its boxed type"
              .formatted(name, row, recordClass.getSimpleName(), name, type));
    }
    if (value instanceof Long whole && (type == int.class || type == Integer.class)) {
      if (whole.intValue() != whole) {
        throw new RecordBindingException(
            "'%s' = %s does not fit the int of %s; declare it as long"
                .formatted(name, whole, recordClass.getSimpleName()));
      }
      return whole.intValue();
    }
    return value;
  }
}
