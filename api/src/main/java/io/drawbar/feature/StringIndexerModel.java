package io.drawbar.feature;

import io.drawbar.Dataset;
import io.drawbar.Model;
import io.drawbar.ModelContent;
import io.drawbar.Provenance;
import io.drawbar.expr.Expr;
import io.drawbar.expr.Functions;
import io.drawbar.type.DataType;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A fitted {@link StringIndexer}.
 *
 * @param column the text column
 * @param output the column of indices
 * @param labels by index
 * @param unknown what becomes of other labels, and of null
 * @param provenance what it was fitted by, and to
 */
public record StringIndexerModel(
    String column, String output, List<String> labels, Unknown unknown, Provenance provenance)
    implements Model {
  private static final long serialVersionUID = 1;

  private static final int MOST_SHOWN = 5;

  static final String TYPE = "string-indexer";

  /** Copies the labels; there is at least one, and none twice. */
  public StringIndexerModel {
    labels = List.copyOf(labels);
    if (labels.isEmpty() || new HashSet<>(labels).size() < labels.size()) {
      throw new IllegalArgumentException(
          "an indexer has labels, each once; here are " + labels.size());
    }
  }

  /**
   * The dataset with the LONG column of indices, which is never null.
   *
   * @throws io.drawbar.type.UnknownColumnException if the column is not there
   * @throws io.drawbar.expr.TypeMismatchException if it is not STRING
   */
  @Override
  public Dataset transform(Dataset input) {
    Expr text = Functions.col(column);
    return input.withColumn(
        output,
        unknown == Unknown.ERROR
            ? Functions.indexOf(text, labels)
            : Functions.indexOf(text, labels, labels.size()));
  }

  @Override
  public ModelContent content() {
    return ModelContent.of(TYPE)
        .reads(column, DataType.STRING)
        .adds(output, DataType.LONG)
        .setting("column", column)
        .setting("output", output)
        .setting("unknown", unknown)
        .provenance(provenance)
        .texts("labels", labels)
        .build();
  }

  /** In a line, for people, with the first five labels. */
  @Override
  public String toString() {
    String first = labels.stream().limit(MOST_SHOWN).collect(Collectors.joining(", "));
    return "string indexer of '%s' into '%s': %s labels (%s%s)%s"
        .formatted(
            column,
            output,
            labels.size(),
            first,
            labels.size() > MOST_SHOWN ? ", ..." : "",
            unknown == Unknown.ERROR ? "" : ", one more index for unknown ones");
  }

  static StringIndexerModel of(ModelContent content) {
    return new StringIndexerModel(
        content.text("column"),
        content.text("output"),
        content.texts("labels"),
        content.choice("unknown", Unknown.class),
        content.provenance());
  }
}
