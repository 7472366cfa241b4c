package io.drawbar.feature;

import io.drawbar.Dataset;
import io.drawbar.Model;
import io.drawbar.ModelContent;
import io.drawbar.Provenance;
import io.drawbar.expr.Functions;
import io.drawbar.type.DataType;

/**
 * A fitted {@link OneHotEncoder}.
 *
 * @param column the column of indices
 * @param output the vector column
 * @param categories indices from 0 to less than this are known; another is an error of its row
 * @param drop which category has no element
 * @param provenance what it was fitted by, and to
 */
public record OneHotEncoderModel(
    String column, String output, int categories, Drop drop, Provenance provenance)
    implements Model {
  private static final long serialVersionUID = 1;

  static final String TYPE = "one-hot-encoder";

  /** Checks that the vector has an element, and not more than 10,000. */
  public OneHotEncoderModel {
    if (categories < (drop == Drop.LAST ? 2 : 1) || categories > OneHotEncoder.MOST_CATEGORIES) {
      throw new IllegalArgumentException("no encoder has %s categories".formatted(categories));
    }
  }

  /** How many elements the vectors have. */
  public int elements() {
    return drop == Drop.LAST ? categories - 1 : categories;
  }

  /**
   * The dataset with the vector column; null where the index is.
   *
   * @throws io.drawbar.type.UnknownColumnException if the column is not there
   * @throws io.drawbar.expr.TypeMismatchException if it is not LONG
   */
  @Override
  public Dataset transform(Dataset input) {
    return input.withColumn(
        output, Functions.oneHot(Functions.col(column), categories, elements()));
  }

  @Override
  public ModelContent content() {
    return ModelContent.of(TYPE)
        .reads(column, DataType.LONG)
        .adds(output, DataType.vector(elements()))
        .setting("column", column)
        .setting("output", output)
        .setting("categories", categories)
        .setting("drop", drop)
        .provenance(provenance)
        .build();
  }

  /** In a line, for people. */
  @Override
  public String toString() {
    return "one-hot encoder of '%s' into '%s': %s categories%s"
        .formatted(
            column, output, categories, drop == Drop.LAST ? ", no element for the last" : "");
  }

  static OneHotEncoderModel of(ModelContent content) {
    return new OneHotEncoderModel(
        content.text("column"),
        content.text("output"),
        (int) Math.min(content.whole("categories"), Integer.MAX_VALUE),
        content.choice("drop", Drop.class),
        content.provenance());
  }
}
