package io.drawbar.engine.flink;

import io.drawbar.spi.NativeRows;
import io.drawbar.type.DataType;
import io.drawbar.type.ListType;
import io.drawbar.type.Schema;
import io.drawbar.type.VectorType;
import java.lang.reflect.Array;
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
    if (type instanceof BasicTypeInfo) {
      return NativeRows.scalar(type.getTypeClass());
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
}
