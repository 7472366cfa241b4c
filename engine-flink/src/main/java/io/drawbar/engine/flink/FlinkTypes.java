package io.drawbar.engine.flink;

import io.drawbar.type.DataType;
import io.drawbar.type.Field;
import io.drawbar.type.ListType;
import io.drawbar.type.Schema;
import io.drawbar.type.VectorType;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.typeinfo.BasicArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.BasicTypeInfo;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.typeutils.ListTypeInfo;
import org.apache.flink.api.java.typeutils.ObjectArrayTypeInfo;
import org.apache.flink.api.java.typeutils.RowTypeInfo;
import org.apache.flink.types.Row;

/** Flink's types and values, and ours. */
final class FlinkTypes {

  private FlinkTypes() {}

  /** The type of ours that holds the values of one of Flink's; empty if none does. */
  static Optional<DataType> ours(TypeInformation<?> type) {
    Class<?> values = type.getTypeClass();
    if (type instanceof BasicTypeInfo) {
      return Optional.ofNullable(scalar(values));
    }
    if (type instanceof BasicArrayTypeInfo<?, ?> array) {
      return ours(array.getComponentInfo()).map(ListType::new);
    }
    if (type instanceof PrimitiveArrayTypeInfo<?> array) {
      return ours(array.getComponentType()).map(ListType::new);
    }
    if (type instanceof ObjectArrayTypeInfo<?, ?> array) {
      return ours(array.getComponentInfo()).map(ListType::new);
    }
    return type instanceof ListTypeInfo<?> list
        ? ours(list.getElementTypeInfo()).map(ListType::new)
        : Optional.empty();
  }

  private static DataType scalar(Class<?> values) {
    if (values == Boolean.class) {
      return DataType.BOOLEAN;
    }
    if (values == String.class) {
      return DataType.STRING;
    }
    if (values == Double.class || values == Float.class) {
      return DataType.DOUBLE;
    }
    boolean whole = List.of(Long.class, Integer.class, Short.class, Byte.class).contains(values);
    return whole ? DataType.LONG : null;
  }

  /** Whether values of one of Flink's types may go to a column of ours. */
  static boolean fits(TypeInformation<?> type, DataType column) {
    if (column instanceof VectorType) {
      return ours(type).equals(Optional.of(new ListType(DataType.DOUBLE)));
    }
    return ours(type).equals(Optional.of(column));
  }

  /** Flink's type of rows of a schema. Lists are arrays there: its own lists hold no nulls. */
  static RowTypeInfo theirs(Schema schema) {
    TypeInformation<?>[] types =
        schema.fields().stream()
            .map(field -> theirs(field.type()))
            .toArray(TypeInformation<?>[]::new);
    return new RowTypeInfo(types, schema.names().toArray(String[]::new));
  }

  private static TypeInformation<?> theirs(DataType type) {
    if (type instanceof VectorType) {
      return Types.PRIMITIVE_ARRAY(Types.DOUBLE);
    }
    if (type instanceof ListType list) {
      return Types.OBJECT_ARRAY(theirs(list.item()));
    }
    if (type == DataType.BOOLEAN) {
      return Types.BOOLEAN;
    }
    if (type == DataType.LONG) {
      return Types.LONG;
    }
    return type == DataType.DOUBLE ? Types.DOUBLE : Types.STRING;
  }

  /** A row of Flink's with the values of one of ours. */
  static Row theirs(io.drawbar.type.Row row) {
    Row result = new Row(row.schema().size());
    for (int i = 0; i < row.schema().size(); i++) {
      result.setField(i, theirs(row.value(i), row.schema().field(i).type()));
    }
    return result;
  }

  private static Object theirs(Object value, DataType type) {
    if (value == null || !(type instanceof ListType list)) {
      return value;
    }
    List<?> items = (List<?>) value;
    Object array = Array.newInstance(theirs(list.item()).getTypeClass(), items.size());
    for (int i = 0; i < items.size(); i++) {
      Array.set(array, i, theirs(items.get(i), list.item()));
    }
    return array;
  }

  /**
   * The value of a column of ours that one of Flink's stands for; empty if there is none.
   *
   * @param value not null
   */
  static Optional<Object> ours(Object value, DataType type) {
    if (type instanceof VectorType vector) {
      double[] elements = elements(value);
      return Optional.ofNullable(
          elements != null && elements.length == vector.size() ? elements : null);
    }
    if (type instanceof ListType list) {
      return items(value, list.item());
    }
    if (scalar(value.getClass()) != type) {
      return Optional.empty();
    }
    if (type == DataType.LONG) {
      return Optional.of(((Number) value).longValue());
    }
    return Optional.of(type == DataType.DOUBLE ? ((Number) value).doubleValue() : value);
  }

  private static double[] elements(Object value) {
    if (value instanceof float[] floats) {
      double[] elements = new double[floats.length];
      for (int i = 0; i < floats.length; i++) {
        elements[i] = floats[i];
      }
      return elements;
    }
    return value instanceof double[] doubles ? doubles : null;
  }

  private static Optional<Object> items(Object value, DataType type) {
    List<Object> raw = new ArrayList<>();
    if (value instanceof List<?> list) {
      raw.addAll(list);
    } else if (value.getClass().isArray()) {
      for (int i = 0; i < Array.getLength(value); i++) {
        raw.add(Array.get(value, i));
      }
    } else {
      return Optional.empty();
    }
    List<Object> items = new ArrayList<>();
    for (Object item : raw) {
      Optional<Object> ours = item == null ? Optional.empty() : ours(item, type);
      if (item != null && ours.isEmpty()) {
        return Optional.empty();
      }
      items.add(ours.orElse(null));
    }
    return Optional.of(items);
  }

  /** What a field of a schema is told of in an error. */
  static String described(Field field) {
    return "column '%s' of type %s".formatted(field.name(), field.type());
  }

  /** A value for an error. */
  static String shown(Object value) {
    String text =
        value instanceof double[] elements ? elements.length + " elements" : String.valueOf(value);
    return text.length() > 100 ? text.substring(0, 100) + "..." : text;
  }
}
