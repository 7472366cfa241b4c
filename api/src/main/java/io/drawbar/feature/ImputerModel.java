package io.drawbar.feature;

import io.drawbar.Dataset;
import io.drawbar.Model;
import io.drawbar.ModelContent;
import io.drawbar.Provenance;
import io.drawbar.expr.Expr;
import io.drawbar.expr.Functions;
import io.drawbar.type.DataType;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A fitted {@link Imputer}: values of columns, or what is put in where they are null or NaN.
 *
 * @param fills one for each column
 * @param provenance what it was fitted by, and to
 */
public record ImputerModel(List<Fill> fills, Provenance provenance) implements Model {
  private static final long serialVersionUID = 1;

  static final String TYPE = "imputer";

  private static final int MOST_SHOWN = 5;

  /**
   * What is put into a column.
   *
   * @param column its name
   * @param type its type: LONG, DOUBLE, BOOLEAN or STRING
   * @param value a value of that type; of a LONG column it may be a Double, and makes the column
   *     DOUBLE
   */
  public record Fill(String column, DataType type, Object value) implements Serializable {
    private static final long serialVersionUID = 1;

    /** Checks that the value fits the type. */
    public Fill {
      boolean fits = ImputerModel.type(value) == type;
      fits |= type == DataType.LONG && value instanceof Double;
      if (!fits || value instanceof Double number && number.isNaN()) {
        throw new IllegalArgumentException(
            "%s does not fill '%s', which is %s".formatted(value, column, type));
      }
    }

    private Expr filled() {
      Expr found = Functions.col(column);
      boolean isWidened = type == DataType.LONG && value instanceof Double;
      return (isWidened ? found.cast(DataType.DOUBLE) : found).orElse(value);
    }
  }

  /** Copies; there is at least one. */
  public ImputerModel {
    fills = List.copyOf(fills);
    if (fills.isEmpty()) {
      throw new IllegalArgumentException("an imputer fills at least one column");
    }
  }

  /** The type of a value; null if it has none. */
  static DataType type(Object value) {
    if (value instanceof Long) {
      return DataType.LONG;
    }
    if (value instanceof Double) {
      return DataType.DOUBLE;
    }
    if (value instanceof Boolean) {
      return DataType.BOOLEAN;
    }
    return value instanceof String ? DataType.STRING : null;
  }

  /**
   * The dataset with the columns filled, in place.
   *
   * @throws io.drawbar.type.UnknownColumnException if a column is not there
   * @throws io.drawbar.expr.TypeMismatchException if it is of another type
   */
  @Override
  public Dataset transform(Dataset input) {
    Dataset filled = input;
    for (Fill fill : fills) {
      filled = filled.withColumn(fill.column(), fill.filled());
    }
    return filled;
  }

  /** Values are kept by their own types: numbers to the bit. */
  @Override
  public ModelContent content() {
    ModelContent.Builder content =
        ModelContent.of(TYPE)
            .setting("columns", fills.stream().map(Fill::column).toList())
            .setting("types", fills.stream().map(fill -> fill.type().toString()).toList())
            .setting("values", fills.stream().map(f -> type(f.value()).toString()).toList())
            .provenance(provenance)
            .doubles("doubles", of(Double.class).stream().mapToDouble(d -> d).toArray())
            .longs("longs", of(Long.class).stream().mapToLong(n -> n).toArray())
            .longs("truths", of(Boolean.class).stream().mapToLong(t -> t ? 1 : 0).toArray())
            .texts("texts", of(String.class));
    for (Fill fill : fills) {
      content.reads(fill.column(), fill.type()).adds(fill.column(), type(fill.value()));
    }
    return content.build();
  }

  private <T> List<T> of(Class<T> type) {
    return fills.stream().map(Fill::value).filter(type::isInstance).map(type::cast).toList();
  }

  static ImputerModel of(ModelContent content) {
    List<String> columns = content.list("columns");
    List<String> types = content.list("types");
    List<String> values = content.list("values");
    double[] doubles = content.doubles("doubles");
    long[] longs = content.longs("longs");
    long[] truths = content.longs("truths");
    List<String> texts = content.texts("texts");
    boolean valid = types.size() == columns.size() && values.size() == columns.size();
    valid &= Collections.frequency(values, "DOUBLE") == doubles.length;
    valid &= Collections.frequency(values, "LONG") == longs.length;
    valid &= Collections.frequency(values, "BOOLEAN") == truths.length;
    valid &= Collections.frequency(values, "STRING") == texts.size();
    if (!valid) {
      throw new IllegalArgumentException("an imputer has a type and a value for each column");
    }
    List<Fill> fills = new ArrayList<>();
    int[] at = new int[4];
    for (int i = 0; i < columns.size(); i++) {
      Object value =
          switch (values.get(i)) {
            case "DOUBLE" -> doubles[at[0]++];
            case "LONG" -> longs[at[1]++];
            case "BOOLEAN" -> truths[at[2]++] == 1;
            case "STRING" -> texts.get(at[3]++);
            default -> null;
          };
      fills.add(new Fill(columns.get(i), scalar(types.get(i)), value));
    }
    return new ImputerModel(fills, content.provenance());
  }

  private static DataType scalar(String name) {
    for (DataType type :
        List.of(DataType.LONG, DataType.DOUBLE, DataType.BOOLEAN, DataType.STRING)) {
      if (type.toString().equals(name)) {
        return type;
      }
    }
    throw new IllegalArgumentException("no column that is filled has the type " + name);
  }

  /** In a line, for people, with the first five values. */
  @Override
  public String toString() {
    String first =
        fills.stream()
            .limit(MOST_SHOWN)
            .map(fill -> "'" + fill.column() + "' by " + fill.value())
            .collect(Collectors.joining(", "));
    return "imputer of %s columns: %s%s"
        .formatted(fills.size(), first, fills.size() > MOST_SHOWN ? ", ..." : "");
  }
}
