package io.drawbar.io.parquet;

import io.drawbar.error.DrawbarException;
import io.drawbar.io.InferenceException;
import io.drawbar.io.InputFiles;
import io.drawbar.io.RecordCode;
import io.drawbar.type.DataType;
import io.drawbar.type.Field;
import io.drawbar.type.InferredSchema;
import io.drawbar.type.InferredSchema.Column;
import io.drawbar.type.Schema;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.ListLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;

/** What columns Parquet files have, by their footers. */
final class ParquetInference {
  private static final int MOST_COLUMNS = 10_000;
  private static final int DEEPEST = 100;

  /** In this order the first that a stored type can be read as is its type. */
  private static final List<DataType> SCALARS =
      List.of(DataType.BOOLEAN, DataType.LONG, DataType.STRING, DataType.DOUBLE);

  private final InputFiles files;
  private final List<Footer> footers;
  private final List<String> notes = new ArrayList<>();

  /** By path. */
  private final Map<List<String>, Seen> seen = new LinkedHashMap<>();

  /** A column in the files looked at so far. */
  private static final class Seen {
    final DataType type;
    final String stored;
    final String shown;
    long nulls;
    boolean isUnknown;
    int count;
    String fault;

    Seen(DataType type, String stored, String shown) {
      this.type = type;
      this.stored = stored;
      this.shown = shown;
    }
  }

  ParquetInference(InputFiles files, List<Footer> footers) {
    this.files = files;
    this.footers = footers;
  }

  InferredSchema schema() {
    if (footers.isEmpty()) {
      throw new InferenceException(
          "there is no file in %s, and so nothing to infer columns from"
              .formatted(files.describe()));
    }
    long rows = 0;
    for (Footer footer : footers) {
      visit(footer, footer.schema(), new ArrayList<>());
      rows += footer.groups().stream().mapToLong(BlockMetaData::getRowCount).sum();
    }
    return result(rows);
  }

  private void visit(Footer footer, GroupType group, List<String> above) {
    for (Type field : group.getFields()) {
      List<String> path = new ArrayList<>(above);
      path.add(field.getName());
      boolean isGroup = !field.isPrimitive() && field.getLogicalTypeAnnotation() == null;
      if (isGroup && !field.isRepetition(Type.Repetition.REPEATED) && path.size() < DEEPEST) {
        visit(footer, field.asGroupType(), path);
      } else {
        take(footer, field, path);
      }
    }
  }

  private void take(Footer footer, Type field, List<String> path) {
    String stored = field.toString().replaceAll("\\s+", " ").strip();
    if (path.stream().anyMatch(name -> name.indexOf('.') >= 0) && path.size() > 1) {
      note(path, "has a dot in a name within a group, which no path(...) can name");
      return;
    }
    DataType type = type(footer, field, path);
    if (type == null) {
      return;
    }
    Seen known = seen.computeIfAbsent(path, any -> new Seen(type, stored, footer.shown()));
    if (!known.type.equals(type) && known.fault == null) {
      known.fault =
          "is %s in %s, and %s in %s".formatted(known.stored, known.shown, stored, footer.shown());
    }
    known.count++;
    if (seen.size() > MOST_COLUMNS) {
      throw new InferenceException(
          "%s has more than %s columns. Declare those that you need; others are not looked at."
              .formatted(files.describe(), MOST_COLUMNS));
    }
    nulls(footer, field, path, known);
  }

  /** The first type that it can be declared as, or null, with a note. */
  private DataType type(Footer footer, Type field, List<String> path) {
    String fault = "";
    for (DataType scalar : scalars(field)) {
      DataType type = scalar;
      for (int lists = lists(field); lists > 0; lists--) {
        type = DataType.listOf(type);
      }
      try {
        ColumnBinding.of(
            Field.optional(String.join(".", path), type),
            path,
            footer.schema(),
            ChronoUnit.MICROS,
            footer.shown());
        return type;
      } catch (DrawbarException e) {
        fault = e.getMessage();
      }
    }
    note(path, "is left out. " + fault);
    return null;
  }

  private List<DataType> scalars(Type field) {
    Type innermost = innermost(field);
    if (innermost.isPrimitive()
        && innermost.asPrimitiveType().getPrimitiveTypeName()
            == PrimitiveType.PrimitiveTypeName.INT32
        && innermost.getLogicalTypeAnnotation() == null) {
      return List.of(DataType.LONG);
    }
    return SCALARS;
  }

  private static int lists(Type field) {
    int lists = 0;
    Type type = field;
    while (isList(type)) {
      lists++;
      type = item(type);
    }
    return lists;
  }

  private static Type innermost(Type field) {
    Type type = field;
    while (isList(type)) {
      type = item(type);
    }
    return type;
  }

  private static boolean isList(Type type) {
    return !type.isPrimitive()
        && type.getLogicalTypeAnnotation() instanceof ListLogicalTypeAnnotation
        && type.asGroupType().getFieldCount() == 1;
  }

  private static Type item(Type list) {
    Type repeated = list.asGroupType().getType(0);
    return repeated.isPrimitive() || repeated.asGroupType().getFieldCount() != 1
        ? repeated
        : repeated.asGroupType().getType(0);
  }

  private void nulls(Footer footer, Type field, List<String> path, Seen known) {
    MessageType schema = footer.schema();
    if (!field.isPrimitive()) {
      known.isUnknown = true;
      return;
    }
    ColumnDescriptor leaf = schema.getColumnDescription(path.toArray(String[]::new));
    if (leaf.getMaxDefinitionLevel() == 0) {
      return;
    }
    int index = schema.getColumns().indexOf(leaf);
    for (BlockMetaData group : footer.groups()) {
      Statistics<?> statistics = group.getColumns().get(index).getStatistics();
      if (statistics == null || !statistics.isNumNullsSet()) {
        known.isUnknown = true;
      } else {
        known.nulls += statistics.getNumNulls();
      }
    }
  }

  private void note(List<String> path, String what) {
    String note = "field %s %s".formatted(RecordCode.literal(String.join(".", path)), what);
    if (!notes.contains(note)) {
      notes.add(note);
    }
  }

  private InferredSchema result(long rows) {
    List<Column> columns = new ArrayList<>();
    List<Field> fields = new ArrayList<>();
    List<Field> inRecord = new ArrayList<>();
    for (Map.Entry<List<String>, Seen> entry : seen.entrySet()) {
      Seen column = entry.getValue();
      List<String> path = entry.getKey();
      String name = String.join(".", path);
      if (column.fault != null) {
        note(path, column.fault + ", and is left out");
        continue;
      }
      if (column.count < footers.size()) {
        note(path, "is in %s of %s files, and is left out".formatted(column.count, footers.size()));
        continue;
      }
      if (innermostDecimal(path) && column.type.toString().contains("DOUBLE")) {
        note(path, "is %s: it is read as the nearest DOUBLE".formatted(column.stored));
      }
      boolean isRequired =
          column.nulls == 0
              && !column.isUnknown
              && (column.type.isNumeric() || column.type == DataType.BOOLEAN);
      columns.add(new Column(name, column.type, column.nulls, column.shown, column.stored));
      Field field =
          isRequired ? Field.required(name, column.type) : Field.optional(name, column.type);
      inRecord.add(field);
      if (path.size() == 1) {
        fields.add(field);
      }
    }
    if (columns.isEmpty()) {
      throw new InferenceException(
          "no field of %s can be a column. %s"
              .formatted(files.describe(), String.join(". ", notes)));
    }
    return new InferredSchema(new Schema(fields), rows, columns, notes, code(fields, inRecord));
  }

  private boolean innermostDecimal(List<String> path) {
    Type type = footers.get(0).schema().getType(path.toArray(String[]::new));
    LogicalTypeAnnotation logical = innermost(type).getLogicalTypeAnnotation();
    return logical instanceof DecimalLogicalTypeAnnotation;
  }

  private String code(List<Field> fields, List<Field> inRecord) {
    List<String> paths = inRecord.stream().map(Field::name).toList();
    List<String> components = RecordCode.components(paths);
    boolean isRecord =
        RecordCode.slots(inRecord) <= RecordCode.MOST_SLOTS
            && inRecord.stream().allMatch(field -> RecordCode.fits(field.type()));
    String name = isRecord ? RecordCode.nameAfter(files.roots()) : "schema";
    StringBuilder read = new StringBuilder("// session.read(Parquet.of(");
    read.append(name).append(isRecord ? ".class)" : ")");
    for (int i = 0; isRecord && i < components.size(); i++) {
      if (!components.get(i).equals(paths.get(i))) {
        read.append("\n//     .path(")
            .append(RecordCode.literals(List.of(components.get(i), paths.get(i))))
            .append(")");
      }
    }
    read.append(".at(").append(RecordCode.literals(files.roots())).append("))\n");
    return (isRecord
            ? RecordCode.declaration(name, inRecord, components)
            : RecordCode.schema(fields))
        + read;
  }
}
