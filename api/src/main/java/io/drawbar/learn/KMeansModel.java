package io.drawbar.learn;

import io.drawbar.Dataset;
import io.drawbar.Model;
import io.drawbar.ModelContent;
import io.drawbar.Provenance;
import io.drawbar.expr.Functions;
import io.drawbar.type.DataType;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Fitted clusters: a row belongs to the one whose centre is nearest, of equally near ones to the
 * first. Two models are equal if they are to the bit.
 *
 * @param features the name of the vector column
 * @param centres one for each cluster
 * @param sizes how many of the rows it was fitted to belong to each cluster
 * @param cost the sum of squared distances of those rows to the centres of their clusters
 * @param supersteps how often the rows were gone over to move centres, and to measure them
 * @param provenance what it was fitted by, and to
 */
public record KMeansModel(
    String features,
    List<List<Double>> centres,
    List<Long> sizes,
    double cost,
    long supersteps,
    Provenance provenance)
    implements Model {
  private static final long serialVersionUID = 1;

  static final String TYPE = "k-means";

  /** The name of the column that {@link #transform} adds. */
  public static final String CLUSTER = "cluster";

  private static final int MOST_SHOWN = 20;
  private static final int MOST_ELEMENTS_SHOWN = 6;

  /** Copies; there are as many sizes as centres, each of as many finite elements. */
  public KMeansModel {
    centres = centres.stream().map(List::copyOf).toList();
    sizes = List.copyOf(sizes);
    int elements = centres.isEmpty() ? 0 : centres.get(0).size();
    boolean valid = elements > 0 && sizes.size() == centres.size();
    for (List<Double> centre : centres) {
      valid &= centre.size() == elements && centre.stream().allMatch(Double::isFinite);
    }
    if (!valid) {
      throw new IllegalArgumentException(
          "%s centres and %s sizes are no clusters, or a centre is not finite"
              .formatted(centres.size(), sizes.size()));
    }
  }

  private int elements() {
    return centres.get(0).size();
  }

  /**
   * The dataset with a LONG column {@value #CLUSTER}, from 0, in place of one of that name; null
   * where the features are, or where one of them is NaN.
   *
   * @throws io.drawbar.type.UnknownColumnException if there is no column of the features' name
   * @throws io.drawbar.expr.TypeMismatchException if it is no vector of as many elements as before
   */
  @Override
  public Dataset transform(Dataset input) {
    TrainingColumns.checkScored(input.schema(), features, elements());
    return input.withColumn(CLUSTER, Functions.nearest(Functions.col(features), centres));
  }

  @Override
  public ModelContent content() {
    return ModelContent.of(TYPE)
        .reads(features, DataType.vector(elements()))
        .adds(CLUSTER, DataType.LONG)
        .setting("features", features)
        .setting("supersteps", supersteps)
        .metric("cost", cost)
        .provenance(provenance)
        .tensor("centres", Matrices.flat(centres), centres.size(), elements())
        .longs("sizes", sizes.stream().mapToLong(Long::longValue).toArray())
        .build();
  }

  static KMeansModel of(ModelContent content) {
    return new KMeansModel(
        content.text("features"),
        Matrices.rows(content, "centres"),
        Arrays.stream(content.longs("sizes")).boxed().toList(),
        content.metric("cost"),
        content.whole("supersteps"),
        content.provenance());
  }

  /** A table for people. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "k-means on '%s': %s clusters of %,d rows, cost %.6g after %s supersteps%n",
            features,
            centres.size(),
            sizes.stream().mapToLong(Long::longValue).sum(),
            cost,
            supersteps));
    for (int c = 0; c < Math.min(MOST_SHOWN, centres.size()); c++) {
      text.append(
          String.format(Locale.ROOT, "  %-12s %,12d rows at", "cluster " + c, sizes.get(c)));
      for (int j = 0; j < Math.min(MOST_ELEMENTS_SHOWN, elements()); j++) {
        text.append(String.format(Locale.ROOT, " %.6g", centres.get(c).get(j)));
      }
      text.append(String.format(elements() > MOST_ELEMENTS_SHOWN ? " ...%n" : "%n"));
    }
    if (centres.size() > MOST_SHOWN) {
      text.append("  and %s more%n".formatted(centres.size() - MOST_SHOWN));
    }
    return text.toString();
  }
}
