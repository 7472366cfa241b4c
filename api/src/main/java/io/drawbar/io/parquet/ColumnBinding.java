package io.drawbar.io.parquet;

import io.drawbar.error.DrawbarException;
import io.drawbar.error.NearestName;
import io.drawbar.type.DataType;
import io.drawbar.type.Field;
import io.drawbar.type.ListType;
import io.drawbar.type.UnknownColumnException;
import io.drawbar.type.VectorType;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.EnumLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.JsonLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.ListLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;

/**
 * Where the values of a declared column are in a file, and how they are read.
 *
 * @param index the position among the columns of primitive values of the file
 * @param listLevels for each list around a value, from the outermost, the level from which on it is
 *     there
 * @param values makes an empty column
 */
record ColumnBinding(
    Field field, int index, ColumnDescriptor leaf, int[] listLevels, Maker values) {
  /** Makes the column that takes a leaf's values. */
  @FunctionalInterface
  interface Maker {
    ValueColumn make(ColumnDescriptor leaf);
  }

  /**
   * Finds a column.
   *
   * @param path names of fields, from the outermost
   * @param unit of times and timestamps
   * @throws UnknownColumnException if there is no such field
   * @throws DrawbarException if what is stored is not read as the type declared
   */
  static ColumnBinding of(
      Field field, List<String> path, MessageType schema, ChronoUnit unit, String shown) {
    return new Search(field, path, schema, unit, shown).binding();
  }

  /** A reader of it. */
  ColumnReader reader() {
    ValueColumn column = values.make(leaf);
    return listLevels.length == 0
        ? new FlatReader(column)
        : new ListReader(column, field.type(), listLevels);
  }

  /**
   * Whether the footer says that each value of a row group is as declared. What is bad may not
   * depend on which columns are asked for, so others are read whether they are or not.
   */
  boolean isGood(BlockMetaData group) {
    if (field.type() instanceof VectorType) {
      return false;
    }
    if (!field.isRequired() || leaf.getMaxDefinitionLevel() == 0) {
      return true;
    }
    Statistics<?> statistics = group.getColumns().get(index).getStatistics();
    boolean isList = field.type() instanceof ListType;
    return !isList
        && statistics != null
        && statistics.isNumNullsSet()
        && statistics.getNumNulls() == 0;
  }

  private record Search(
      Field field, List<String> path, MessageType schema, ChronoUnit unit, String shown) {
    ColumnBinding binding() {
      Type type = schema;
      List<String> names = new ArrayList<>();
      for (String name : path) {
        if (type.isPrimitive() || type.getLogicalTypeAnnotation() != null) {
          throw wrong(type, names, ", which has no fields that a path(...) could name");
        }
        GroupType group = type.asGroupType();
        if (!group.containsField(name)) {
          List<String> there = group.getFields().stream().map(Type::getName).toList();
          throw new UnknownColumnException(
              "%s: no column '%s'; there are: %s.%s"
                  .formatted(
                      shown,
                      String.join(".", path),
                      String.join(", ", there),
                      NearestName.suggestion(name, there)));
        }
        type = group.getType(name);
        names.add(name);
        if (type.isRepetition(Type.Repetition.REPEATED)) {
          throw wrong(type, names, ", which is repeated without being a list");
        }
      }
      return bind(type, names);
    }

    private ColumnBinding bind(Type outermost, List<String> names) {
      Type type = outermost;
      DataType declared = field.type();
      List<Integer> levels = new ArrayList<>();
      while (declared instanceof ListType || declared instanceof VectorType) {
        if (type.isPrimitive()
            || !(type.getLogicalTypeAnnotation() instanceof ListLogicalTypeAnnotation)) {
          throw wrong(outermost, names, "");
        }
        levels.add(schema.getMaxDefinitionLevel(names.toArray(String[]::new)));
        type = item(type.asGroupType(), names);
        declared = declared instanceof ListType list ? list.item() : DataType.DOUBLE;
      }
      if (!type.isPrimitive()) {
        throw wrong(outermost, names, wayOut(type));
      }
      String[] path = names.toArray(String[]::new);
      ColumnDescriptor leaf = schema.getColumnDescription(path);
      Maker maker = maker(type.asPrimitiveType(), declared);
      if (maker == null) {
        throw wrong(outermost, names, wayOut(type.asPrimitiveType(), declared));
      }
      int[] listLevels = levels.stream().mapToInt(Integer::intValue).toArray();
      return new ColumnBinding(field, schema.getColumns().indexOf(leaf), leaf, listLevels, maker);
    }

    /** The items of a list, by the rules that the format has for lists of all ages. */
    private Type item(GroupType list, List<String> names) {
      if (list.getFieldCount() != 1 || !list.getType(0).isRepetition(Type.Repetition.REPEATED)) {
        throw wrong(list, names, ", a list that is not made as the format says");
      }
      Type repeated = list.getType(0);
      names.add(repeated.getName());
      if (repeated.isPrimitive()) {
        return repeated;
      }
      GroupType group = repeated.asGroupType();
      if (group.getFieldCount() != 1
          || group.getLogicalTypeAnnotation() != null
          || group.getName().equals("array")
          || group.getName().equals(list.getName() + "_tuple")) {
        return group;
      }
      names.add(group.getType(0).getName());
      return group.getType(0);
    }

    private Maker maker(PrimitiveType type, DataType declared) {
      LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
      PrimitiveTypeName stored = type.getPrimitiveTypeName();
      if (declared == DataType.BOOLEAN) {
        return stored == PrimitiveTypeName.BOOLEAN ? BooleanValues::new : null;
      }
      if (declared == DataType.STRING) {
        boolean isText =
            logical == null
                || logical instanceof StringLogicalTypeAnnotation
                || logical instanceof EnumLogicalTypeAnnotation
                || logical instanceof JsonLogicalTypeAnnotation;
        return stored == PrimitiveTypeName.BINARY && isText ? TextValues::new : null;
      }
      return declared == DataType.LONG ? longs(stored, logical) : doubles(stored, logical);
    }

    private Maker longs(PrimitiveTypeName stored, LogicalTypeAnnotation logical) {
      boolean isShort = stored == PrimitiveTypeName.INT32;
      if (!isShort && stored != PrimitiveTypeName.INT64) {
        return null;
      }
      LongValues.Stored form = isShort ? LongValues.Stored.INT32 : LongValues.Stored.INT64;
      if (logical instanceof IntLogicalTypeAnnotation whole && !whole.isSigned()) {
        return isShort ? leaf -> new LongValues(leaf, LongValues.Stored.UNSIGNED_INT32, 1) : null;
      }
      TimeUnit fileUnit =
          logical instanceof TimestampLogicalTypeAnnotation timestamp
              ? timestamp.getUnit()
              : logical instanceof TimeLogicalTypeAnnotation time ? time.getUnit() : null;
      if (fileUnit != null) {
        long factor = unitOf(fileUnit).getDuration().dividedBy(unit.getDuration());
        return factor < 1 ? null : leaf -> new LongValues(leaf, form, factor);
      }
      boolean isWhole =
          logical == null
              || logical instanceof IntLogicalTypeAnnotation
              || logical instanceof DateLogicalTypeAnnotation
              || (logical instanceof DecimalLogicalTypeAnnotation decimal
                  && decimal.getScale() == 0);
      return isWhole ? leaf -> new LongValues(leaf, form, 1) : null;
    }

    private static ChronoUnit unitOf(TimeUnit unit) {
      return switch (unit) {
        case MILLIS -> ChronoUnit.MILLIS;
        case MICROS -> ChronoUnit.MICROS;
        case NANOS -> ChronoUnit.NANOS;
      };
    }

    private static Maker doubles(PrimitiveTypeName stored, LogicalTypeAnnotation logical) {
      if (logical instanceof DecimalLogicalTypeAnnotation decimal) {
        DoubleValues.Stored form =
            switch (stored) {
              case INT32 -> DoubleValues.Stored.DECIMAL_INT32;
              case INT64 -> DoubleValues.Stored.DECIMAL_INT64;
              case BINARY -> DoubleValues.Stored.DECIMAL_BINARY;
              default -> DoubleValues.Stored.DECIMAL_FIXED;
            };
        return leaf -> new DoubleValues(leaf, form, decimal.getScale());
      }
      if (stored == PrimitiveTypeName.INT32
          && (logical == null || logical instanceof IntLogicalTypeAnnotation)) {
        boolean isUnsigned = logical instanceof IntLogicalTypeAnnotation whole && !whole.isSigned();
        DoubleValues.Stored form =
            isUnsigned ? DoubleValues.Stored.UNSIGNED_INT32 : DoubleValues.Stored.INT32;
        return leaf -> new DoubleValues(leaf, form, 0);
      }
      if (logical != null) {
        return null;
      }
      return switch (stored) {
        case FLOAT -> leaf -> new DoubleValues(leaf, DoubleValues.Stored.FLOAT, 0);
        case DOUBLE -> leaf -> new DoubleValues(leaf, DoubleValues.Stored.DOUBLE, 0);
        default -> null;
      };
    }

    private static String wayOut(Type group) {
      LogicalTypeAnnotation logical = group.getLogicalTypeAnnotation();
      if (logical instanceof LogicalTypeAnnotation.MapLogicalTypeAnnotation
          || logical instanceof LogicalTypeAnnotation.MapKeyValueTypeAnnotation) {
        return ". Maps are not read, for no column has keys of its own in each row:"
            + " write a column for each key that is needed, or a list of keys and one of values";
      }
      return logical instanceof ListLogicalTypeAnnotation
          ? ""
          : ". Declare columns of its fields, with path(\"column\", \"group.field\")";
    }

    private String wayOut(PrimitiveType type, DataType declared) {
      LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
      PrimitiveTypeName stored = type.getPrimitiveTypeName();
      if (stored == PrimitiveTypeName.INT96) {
        return ". This form of a time has been given up; have it written as a TIMESTAMP, in Spark by"
            + " spark.sql.parquet.outputTimestampType=TIMESTAMP_MICROS";
      }
      if (logical instanceof TimestampLogicalTypeAnnotation
          || logical instanceof TimeLogicalTypeAnnotation) {
        return declared == DataType.LONG
            ? ". In %s it would be rounded: say timesIn(ChronoUnit.NANOS), or MICROS"
                .formatted(unit)
            : ". Declare it LONG; it is read in " + unit;
      }
      if (logical instanceof DateLogicalTypeAnnotation) {
        return ". Declare it LONG, days since 1970-01-01";
      }
      if (logical instanceof DecimalLogicalTypeAnnotation) {
        return ". Declare it DOUBLE, which takes the nearest";
      }
      if (logical instanceof IntLogicalTypeAnnotation whole
          && !whole.isSigned()
          && stored == PrimitiveTypeName.INT64) {
        return ". A LONG does not hold all of its numbers; have it written as a signed one, or as text";
      }
      if (declared == DataType.DOUBLE && stored == PrimitiveTypeName.INT64) {
        return ". A DOUBLE does not hold all of its numbers; declare it LONG and cast it";
      }
      return "";
    }

    private DrawbarException wrong(Type type, List<String> names, String why) {
      return new DrawbarException(
          "%s, column '%s': %s is declared, and %s is stored%s"
              .formatted(
                  shown,
                  field.name(),
                  field.type(),
                  type.toString().replaceAll("\\s+", " ").strip(),
                  why.isEmpty()
                      ? ". Declare it as it is stored, or have it written otherwise."
                      : why));
    }
  }
}
