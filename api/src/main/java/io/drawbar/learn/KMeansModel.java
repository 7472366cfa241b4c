package io.drawbar.learn;

import io.drawbar.Dataset;
import io.drawbar.Model;
import io.drawbar.ModelContent;
import io.drawbar.Provenance;
import io.drawbar.expr.Functions;
import io.drawbar.summary.Summary;
import io.drawbar.type.DataType;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Fitted clusters: a row belongs to the one whose centre is nearest, of equally near ones to the
 * first. Two models are equal if they are to the bit.
 *
 * @param features the name of the vector column
 * @param elements the names of its elements, as {@link Dataset#elementNames} had them at the fit
 * @param centres one for each cluster
 * @param sizes how many of the rows it was fitted to belong to each cluster
 * @param cost the sum of squared distances of those rows to the centres of their clusters
 * @param supersteps how often the rows were gone over to move centres, and to measure them
 * @param costs what the cost was in each superstep; the last is {@code cost}; none if the model
 *     does not know
 * @param provenance what it was fitted by, and to
 */
public record KMeansModel(
    String features,
    List<String> elements,
    List<List<Double>> centres,
    List<Long> sizes,
    double cost,
    long supersteps,
    List<Double> costs,
    Provenance provenance)
    implements Model {
  private static final long serialVersionUID = 1;

  static final String TYPE = "k-means";

  /** Of revision 1 on, with the costs. */
  static final int REVISION = 1;

  /** The name of the column that {@link #transform} adds. */
  public static final String CLUSTER = "cluster";

  private static final int MOST_SHOWN = 20;
  private static final int MOST_ELEMENTS_SHOWN = 6;

  /** Copies; there are as many sizes as centres, each of as many finite elements. */
  public KMeansModel {
    centres = centres.stream().map(List::copyOf).toList();
    sizes = List.copyOf(sizes);
    elements = List.copyOf(elements);
    costs = List.copyOf(costs);
    int size = elements.size();
    boolean valid = size > 0 && !centres.isEmpty() && sizes.size() == centres.size();
    for (List<Double> centre : centres) {
      valid &= centre.size() == size && centre.stream().allMatch(Double::isFinite);
    }
    if (!valid) {
      throw new IllegalArgumentException(
          "%s centres and %s sizes are no clusters, or a centre is not finite"
              .formatted(centres.size(), sizes.size()));
    }
  }

  /** A model that does not know how its cost came down. */
  public KMeansModel(
      String features,
      List<String> elements,
      List<List<Double>> centres,
      List<Long> sizes,
      double cost,
      long supersteps,
      Provenance provenance) {
    this(features, elements, centres, sizes, cost, supersteps, List.of(), provenance);
  }

  /** The clusters' sizes and centres, and how the cost came down. */
  @Override
  public Summary summary() {
    return UnlabelledSummary.of(this);
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
    TrainingColumns.checkScored(
        input.schema(), features, elements.size(), "k-means on '" + features + "'");
    return input.withColumn(CLUSTER, Functions.nearest(Functions.col(features), centres));
  }

  @Override
  public ModelContent content() {
    return ModelContent.of(TYPE)
        .revision(REVISION)
        .reads(features, DataType.vector(elements.size()))
        .adds(CLUSTER, DataType.LONG)
        .setting("features", features)
        .setting("supersteps", supersteps)
        .metric("cost", cost)
        .provenance(provenance)
        .tensor("centres", Matrices.flat(centres), centres.size(), elements.size())
        .longs("sizes", sizes.stream().mapToLong(Long::longValue).toArray())
        .texts("elements", elements)
        .doubles("costs", costs.stream().mapToDouble(Double::doubleValue).toArray())
        .build();
  }

  static KMeansModel of(ModelContent content) {
    return new KMeansModel(
        content.text("features"),
        content.texts("elements"),
        Matrices.rows(content, "centres"),
        Arrays.stream(content.longs("sizes")).boxed().toList(),
        content.metric("cost"),
        content.whole("supersteps"),
        content.revision() == 0 ? List.of() : Inference.list(content.doubles("costs")),
        content.provenance());
  }

  /** A table for people: the first clusters, and of their centres the first elements, by name. */
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
    int shown = Math.min(MOST_ELEMENTS_SHOWN, elements.size());
    text.append(String.format("  %-8s %12s", "cluster", "rows"));
    for (int j = 0; j < shown; j++) {
      text.append(String.format(" %12.12s", elements.get(j)));
    }
    int more = elements.size() - shown;
    text.append(more > 0 ? String.format("  and %s more%n", more) : String.format("%n"));
    for (int c = 0; c < Math.min(MOST_SHOWN, centres.size()); c++) {
      text.append(String.format(Locale.ROOT, "  %-8s %,12d", c, sizes.get(c)));
      for (int j = 0; j < shown; j++) {
        text.append(String.format(Locale.ROOT, " %12.6g", centres.get(c).get(j)));
      }
      text.append(String.format("%n"));
    }
    if (centres.size() > MOST_SHOWN) {
      text.append(String.format("  and %s more%n", centres.size() - MOST_SHOWN));
    }
    return text.toString();
  }
}
