package io.drawbar.feature;

import static io.drawbar.expr.Functions.col;
import static io.drawbar.expr.Functions.count;

import io.drawbar.Dataset;
import io.drawbar.HeldDataset;
import io.drawbar.UnusableDataException;
import io.drawbar.expr.Expr;
import io.drawbar.iterate.DataFingerprint;
import io.drawbar.iterate.FingerprintKernel;
import io.drawbar.iterate.Fingerprinted;
import io.drawbar.iterate.FingerprintedKernel;
import io.drawbar.type.DataType;
import io.drawbar.type.Row;
import java.util.ArrayList;
import java.util.List;

/** Finds what an {@link Imputer} puts in. */
final class FillingSearch {
  /** What was found, and the content of the columns. */
  record Found(List<ImputerModel.Fill> fills, DataFingerprint data) {}

  private final Imputer imputer;
  private final Dataset training;
  private final List<String> columns;

  FillingSearch(Imputer imputer, Dataset training) {
    this.imputer = imputer;
    this.training = training;
    columns = imputer.columns();
  }

  Found find() {
    return switch (imputer.filling()) {
      case MEAN -> means();
      case MEDIAN -> medians();
      case MOST_FREQUENT -> mostFrequent();
      case CONSTANT -> new Found(constants(), fingerprint());
    };
  }

  private DataType type(String column) {
    return training.schema().field(column).type();
  }

  private DataFingerprint fingerprint() {
    return training.reduce(new FingerprintKernel(columns));
  }

  private ImputerModel.Fill fill(String column, Object value) {
    return new ImputerModel.Fill(column, type(column), value);
  }

  private UnusableDataException nothing(String column) {
    return new UnusableDataException(
        ("%s: '%s' has no value to learn from: there is no row, or it is null or NaN in each; look"
                + " at the source, or fill it withConstant(...)")
            .formatted(imputer, column));
  }

  private Found means() {
    MeanKernel kernel = new MeanKernel(columns);
    Fingerprinted<Means> found = training.reduce(new FingerprintedKernel<>(kernel));
    List<ImputerModel.Fill> fills = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      if (found.partial().count(i) == 0) {
        throw nothing(columns.get(i));
      }
      if (!found.partial().isFinite(i)) {
        throw new UnusableDataException(
            ("%s: '%s' is infinite in some row, and so is its mean; leave such rows out with"
                    + " where(...), or take Filling.MEDIAN")
                .formatted(imputer, columns.get(i)));
      }
      fills.add(fill(columns.get(i), found.partial().mean(i)));
    }
    return new Found(fills, found.data());
  }

  private Found medians() {
    try (HeldDataset rows = training.hold(columns)) {
      ExactQuantiles found = ExactQuantiles.of(rows, columns, columns.size(), new long[] {1}, 2);
      List<ImputerModel.Fill> fills = new ArrayList<>();
      for (int i = 0; i < columns.size(); i++) {
        String column = columns.get(i);
        if (found.present(i) == 0) {
          throw nothing(column);
        }
        boolean isWhole = type(column) == DataType.LONG;
        fills.add(fill(column, isWhole ? (Object) found.toLong(i, 0) : found.toDouble(i, 0)));
      }
      return new Found(fills, rows.data());
    }
  }

  private Found mostFrequent() {
    List<ImputerModel.Fill> fills = new ArrayList<>();
    for (String column : columns) {
      Expr isThere = col("value").isNotNull();
      if (type(column) == DataType.DOUBLE) {
        // NaN is greater than everything.
        isThere = isThere.and(col("value").le(Double.POSITIVE_INFINITY));
      }
      List<Row> first =
          training
              .select(col(column).as("value"))
              .where(isThere)
              .groupBy("value")
              .agg(count().as("rows"))
              .sortBy(col("rows").desc(), col("value").asc())
              .limit(1)
              .collect();
      if (first.isEmpty()) {
        throw nothing(column);
      }
      fills.add(fill(column, first.get(0).value("value")));
    }
    return new Found(fills, fingerprint());
  }

  private List<ImputerModel.Fill> constants() {
    List<ImputerModel.Fill> fills = new ArrayList<>();
    for (String column : columns) {
      boolean isWidened = type(column) == DataType.DOUBLE && imputer.constant() instanceof Long;
      fills.add(
          fill(
              column,
              isWidened ? (Object) ((Long) imputer.constant()).doubleValue() : imputer.constant()));
    }
    return fills;
  }
}
