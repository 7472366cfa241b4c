package io.drawbar.feature;

import io.drawbar.Dataset;
import io.drawbar.Provenance;
import io.drawbar.Trainer;
import io.drawbar.UnusableDataException;
import io.drawbar.expr.TypeMismatchException;
import io.drawbar.iterate.Fingerprinted;
import io.drawbar.iterate.FingerprintedKernel;
import io.drawbar.type.DataType;
import java.util.Locale;

/**
 * Makes a vector of an index: 1 at its position, 0 elsewhere. It learns how many categories there
 * are: one more than the greatest index.
 *
 * <pre>{@code
 * OneHotEncoder.on("cityIndex").into("cityVector").fit(indexed)
 * }</pre>
 *
 * <p>With all categories, the elements add up to 1 in each row: beside an intercept they are one
 * too many for least squares without a penalty. {@link #droppingLast} leaves the last category out:
 * it is the row of zeros, with which the others are compared.
 *
 * @param column a LONG column of indices from 0, without nulls
 * @param output the vector column; the column's name with {@code Vector} unless {@link #into} says
 *     otherwise
 * @param drop which category has no element
 */
public record OneHotEncoder(String column, String output, Drop drop)
    implements Trainer<OneHotEncoderModel> {
  /** Vectors are dense: a block of rows with more of them would not fit a task. */
  static final int MOST_CATEGORIES = 10_000;

  /** Checks that the names are not blank. */
  public OneHotEncoder {
    if (column.isBlank() || output.isBlank()) {
      throw new IllegalArgumentException(
          "columns have names: OneHotEncoder.on(\"cityIndex\").into(\"cityVector\"), say");
    }
  }

  /** An encoder of a column of indices, with an element for every category. */
  public static OneHotEncoder on(String column) {
    return new OneHotEncoder(column, column + "Vector", Drop.NONE);
  }

  /** The same with the vectors in a column of this name. */
  public OneHotEncoder into(String output) {
    return new OneHotEncoder(column, output, drop);
  }

  /** The same without an element for the last category. */
  public OneHotEncoder droppingLast() {
    return new OneHotEncoder(column, output, Drop.LAST);
  }

  /**
   * Fits in one pass.
   *
   * @throws io.drawbar.type.UnknownColumnException if the column is not there
   * @throws TypeMismatchException if it is not LONG
   * @throws UnusableDataException if there are no rows, an index is null, negative or not below
   *     10,000, or the last category would be dropped and is the only one
   */
  @Override
  public OneHotEncoderModel fit(Dataset training) {
    DataType type = training.schema().field(column, this).type();
    if (type != DataType.LONG) {
      throw new TypeMismatchException(
          "%s: column '%s' is %s, not LONG; a StringIndexer makes indices of texts"
              .formatted(this, column, type));
    }
    IndexKernel kernel = new IndexKernel(column);
    Fingerprinted<IndexRange> found = training.reduce(new FingerprintedKernel<>(kernel));
    IndexRange range = found.partial();
    check(range);
    Provenance provenance = Provenance.of(this, training, kernel.columns(), found.data());
    return new OneHotEncoderModel(column, output, (int) range.greatest() + 1, drop, provenance);
  }

  private void check(IndexRange range) {
    if (range.nulls() > 0) {
      throw new UnusableDataException(
          String.format(
              Locale.ROOT,
              "%s: '%s' is null in %,d rows; leave them out with where(col(\"%s\").isNotNull())",
              this,
              column,
              range.nulls(),
              column));
    }
    if (range.isEmpty()) {
      throw new UnusableDataException(
          this + ": there are no rows to learn from; look at the source and the where steps");
    }
    if (range.least() < 0 || range.greatest() >= MOST_CATEGORIES) {
      throw new UnusableDataException(
          "%s: '%s' goes from %s to %s, but indices go from 0 to %s at most"
              .formatted(this, column, range.least(), range.greatest(), MOST_CATEGORIES - 1));
    }
    if (drop == Drop.LAST && range.greatest() == 0) {
      throw new UnusableDataException(
          "%s: there is one category only, and without it the vector has no element"
              .formatted(this));
    }
  }

  /** As it is written in a program. */
  @Override
  public String toString() {
    return "OneHotEncoder.on(\"%s\").into(\"%s\")%s"
        .formatted(column, output, drop == Drop.LAST ? ".droppingLast()" : "");
  }
}
