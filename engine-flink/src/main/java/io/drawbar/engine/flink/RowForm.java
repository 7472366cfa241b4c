package io.drawbar.engine.flink;

import io.drawbar.spi.BadRowException;
import io.drawbar.spi.NativeRows;
import io.drawbar.spi.UnmappedTypeException;
import io.drawbar.type.DataType;
import io.drawbar.type.Field;
import io.drawbar.type.Schema;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.CompositeType;
import org.apache.flink.api.java.tuple.Tuple;
import org.apache.flink.api.java.typeutils.PojoField;
import org.apache.flink.api.java.typeutils.PojoTypeInfo;
import org.apache.flink.api.java.typeutils.RowTypeInfo;
import org.apache.flink.api.java.typeutils.TupleTypeInfo;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;

/**
 * How elements of Flink's become rows: where in an element each column is.
 *
 * @param schema the columns
 * @param columns where each of them is
 */
record RowForm(Schema schema, List<Access> columns) implements Serializable {

  /** Finds a column in an element. */
  private interface Access extends Serializable {
    Object value(Object element) throws IllegalAccessException;
  }

  /**
   * All fields of a type.
   *
   * @throws UnmappedTypeException if the type has no known fields, or one that no column can hold
   */
  static RowForm of(TypeInformation<?> type) {
    CompositeType<?> composite = composite(type);
    Schema schema = Schema.empty();
    for (String name : composite.getFieldNames()) {
      TypeInformation<?> field = composite.getTypeAt(name);
      DataType column = FlinkTypes.ours(field).orElseThrow(() -> noColumn(name, field));
      schema =
          schema.with(
              isPrimitive(composite, name)
                  ? Field.required(name, column)
                  : Field.optional(name, column));
    }
    return of(type, schema);
  }

  /**
   * The fields that a schema names, or, of rows whose fields have no names of their own, those at
   * its positions.
   *
   * @throws UnmappedTypeException if the type has no such field, or its values do not fit
   */
  static RowForm of(TypeInformation<?> type, Schema schema) {
    List<Access> columns = new ArrayList<>();
    boolean unknown = type.getTypeClass() == Row.class && !(type instanceof RowTypeInfo);
    boolean byPosition = unknown || isUnnamed(type, schema);
    for (int i = 0; i < schema.size(); i++) {
      Field field = schema.field(i);
      if (unknown) {
        columns.add(ofRow(field.name(), i));
      } else {
        CompositeType<?> composite = composite(type);
        int position = byPosition ? i : composite.getFieldIndex(field.name());
        check(composite, position, field);
        columns.add(access(composite, field.name(), position));
      }
    }
    return new RowForm(schema, List.copyOf(columns));
  }

  private static boolean isUnnamed(TypeInformation<?> type, Schema schema) {
    return type instanceof RowTypeInfo row
        && row.getArity() == schema.size()
        && row.getFieldNames()[0].equals("f0")
        && schema.names().stream().noneMatch(row::hasField);
  }

  private static CompositeType<?> composite(TypeInformation<?> type) {
    if (type instanceof RowTypeInfo
        || type instanceof PojoTypeInfo
        || type instanceof TupleTypeInfo<?> tuple
            && Tuple.class.isAssignableFrom(type.getTypeClass())) {
      return (CompositeType<?>) type;
    }
    throw new UnmappedTypeException(
        ("elements of type %s have no columns that Flink knows of: map them to rows, with"
                + " .returns(Types.ROW_NAMED(names, types)), or to a public class with public"
                + " fields and a constructor without arguments")
            .formatted(type));
  }

  private static boolean isPrimitive(CompositeType<?> type, String name) {
    return type instanceof PojoTypeInfo<?> pojo
        && pojo.getPojoFieldAt(pojo.getFieldIndex(name)).getField().getType().isPrimitive();
  }

  private static UnmappedTypeException noColumn(String name, TypeInformation<?> type) {
    String way =
        type.getTypeClass() == java.math.BigDecimal.class
            ? "Turn it into a double, or a string, in a map() before"
            : "Turn it into a boolean, long, double or string, or a list of those, in a map() before,"
                + " or leave it out of the schema given";
    return UnmappedTypeException.of(name, "the stream", type.toString(), way);
  }

  private static void check(CompositeType<?> type, int position, Field field) {
    if (position < 0) {
      throw new UnmappedTypeException(
          "%s is not in the stream, whose fields are %s"
              .formatted(described(field), List.of(type.getFieldNames())));
    }
    TypeInformation<?> found = type.getTypeAt(position);
    if (!FlinkTypes.fits(found, field.type())) {
      throw new UnmappedTypeException(
          "%s: the stream has %s there; %s"
              .formatted(
                  described(field),
                  found,
                  FlinkTypes.ours(found)
                      .map(
                          ours ->
                              "declare it as %s, or change it in a map() before".formatted(ours))
                      .orElse("change it in a map() before")));
    }
  }

  private static Access access(CompositeType<?> type, String name, int position) {
    if (type instanceof RowTypeInfo row) {
      return ofRow(row.getFieldNames()[position], position);
    }
    if (type instanceof PojoTypeInfo<?> pojo) {
      PojoField field = pojo.getPojoFieldAt(pojo.getFieldIndex(name));
      return element -> {
        field.getField().setAccessible(true);
        return field.getField().get(element);
      };
    }
    return element -> ((Tuple) element).getField(position);
  }

  private static Access ofRow(String name, int position) {
    return element -> {
      Row row = (Row) element;
      return row.getFieldNames(false) == null ? row.getField(position) : row.getField(name);
    };
  }

  /**
   * Adds the row of an element.
   *
   * @throws BadRowException if a value is missing that is required, or is of another type; or if
   *     the element takes a row back instead of adding one
   */
  void append(Object element, NativeRows rows) {
    if (element instanceof Row row && row.getKind() != RowKind.INSERT) {
      throw rows.bad(
          0,
          "the row is of kind %s: rows of a changelog take others back, and a dataset only adds"
                  .formatted(row.getKind())
              + " them; turn it into one of inserts before");
    }
    for (int i = 0; i < columns.size(); i++) {
      rows.putValue(i, value(element, i, rows));
    }
    rows.endRow();
  }

  private Object value(Object element, int column, NativeRows rows) {
    try {
      return columns.get(column).value(element);
    } catch (IllegalAccessException | RuntimeException e) {
      throw rows.bad(column, "it cannot be read from %s: %s".formatted(shown(element), e));
    }
  }

  private static String shown(Object element) {
    String text = String.valueOf(element);
    return text.length() > 100 ? text.substring(0, 100) + "..." : text;
  }

  private static String described(Field field) {
    return "column '%s' of type %s".formatted(field.name(), field.type());
  }
}
