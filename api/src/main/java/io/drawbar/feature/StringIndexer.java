package io.drawbar.feature;

import static io.drawbar.expr.Functions.col;
import static io.drawbar.expr.Functions.count;

import io.drawbar.Dataset;
import io.drawbar.Provenance;
import io.drawbar.Trainer;
import io.drawbar.UnusableDataException;
import io.drawbar.column.BatchBuilder;
import io.drawbar.expr.TypeMismatchException;
import io.drawbar.iterate.DataFingerprint;
import io.drawbar.type.DataType;
import io.drawbar.type.Row;
import io.drawbar.type.Schema;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Numbers the labels of a text column: the most frequent one is 0, and of those that are as
 * frequent the one that comes first by its UTF-8 bytes.
 *
 * <pre>{@code
 * StringIndexerModel cities = StringIndexer.on("city").into("cityIndex").fit(customers);
 * }</pre>
 *
 * @param column a STRING column
 * @param output a LONG column, the index of each label; the column's name with {@code Index} unless
 *     {@link #into} says otherwise
 * @param unknown what becomes of a label that the training data does not have, and of null
 */
public record StringIndexer(String column, String output, Unknown unknown)
    implements Trainer<StringIndexerModel> {
  private static final Comparator<Row> MOST_FREQUENT_FIRST =
      Comparator.<Row>comparingLong(row -> -row.longValue("rows"))
          .thenComparing(row -> bytes(row.stringValue("label")), Arrays::compareUnsigned);

  /** Checks that the names are not blank. */
  public StringIndexer {
    if (column.isBlank() || output.isBlank()) {
      throw new IllegalArgumentException(
          "columns have names: StringIndexer.on(\"city\").into(\"cityIndex\"), say");
    }
  }

  private static byte[] bytes(String label) {
    return label.getBytes(StandardCharsets.UTF_8);
  }

  /** An indexer of a text column, for which unknown labels are errors. */
  public static StringIndexer on(String column) {
    return new StringIndexer(column, column + "Index", Unknown.ERROR);
  }

  /** The same with the indices in a column of this name. */
  public StringIndexer into(String output) {
    return new StringIndexer(column, output, unknown);
  }

  /** The same with another way to treat unknown labels. */
  public StringIndexer unknownAs(Unknown unknown) {
    return new StringIndexer(column, output, unknown);
  }

  /**
   * Fits: groups the rows by label.
   *
   * @throws io.drawbar.type.UnknownColumnException if the column is not there
   * @throws TypeMismatchException if it is not STRING
   * @throws UnusableDataException if there is no label, or a null and unknown labels are errors
   */
  @Override
  public StringIndexerModel fit(Dataset training) {
    DataType type = training.schema().field(column, this).type();
    if (type != DataType.STRING) {
      throw new TypeMismatchException(
          "%s: column '%s' is %s, not STRING; make it one before: withColumn(\"%s\","
                  .formatted(this, column, type, column)
              + " col(\"%s\").cast(DataType.STRING))".formatted(column));
    }
    List<Row> groups =
        training.select(col(column).as("label")).groupBy("label").agg(count().as("rows")).collect();
    checkNulls(groups);
    List<String> labels =
        groups.stream()
            .filter(row -> row.value("label") != null)
            .sorted(MOST_FREQUENT_FIRST)
            .map(row -> row.stringValue("label"))
            .toList();
    if (labels.isEmpty()) {
      throw new UnusableDataException(
          this + ": there is no label to learn; look at the source and the where steps");
    }
    Provenance provenance = Provenance.of(this, training, List.of(column), fingerprint(groups));
    return new StringIndexerModel(column, output, labels, unknown, provenance);
  }

  private void checkNulls(List<Row> groups) {
    for (Row group : groups) {
      if (group.value("label") == null && unknown == Unknown.ERROR) {
        throw new UnusableDataException(
            String.format(
                Locale.ROOT,
                "%s: '%s' is null in %,d rows; leave them out with where(col(\"%s\").isNotNull()), or"
                    + " give them an index with unknownAs(Unknown.OWN_INDEX)",
                this,
                column,
                group.longValue("rows"),
                column));
      }
    }
  }

  /** The groups are the rows, counted: their fingerprint needs no other pass. */
  private static DataFingerprint fingerprint(List<Row> groups) {
    Schema schema = Schema.empty().with("label", DataType.STRING);
    DataFingerprint fingerprint = new DataFingerprint();
    for (Row group : groups) {
      BatchBuilder label = new BatchBuilder(schema);
      label.append(Row.of(schema, group.value("label")));
      fingerprint.add(label.build(), group.longValue("rows"));
    }
    return fingerprint;
  }

  /** As it is written in a program. */
  @Override
  public String toString() {
    String as = unknown == Unknown.ERROR ? "" : ".unknownAs(Unknown." + unknown + ")";
    return "StringIndexer.on(\"%s\").into(\"%s\")%s".formatted(column, output, as);
  }
}
