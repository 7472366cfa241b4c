package io.drawbar.learn;

import io.drawbar.Dataset;
import io.drawbar.Model;
import io.drawbar.ModelContent;
import io.drawbar.Provenance;
import io.drawbar.expr.Expr;
import io.drawbar.expr.Functions;
import io.drawbar.summary.Summary;
import io.drawbar.type.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Fitted principal components: element i of the output is the inner product of {@code (x - mean) *
 * (1 / deviation)} with direction i. Two models are equal if they are to the bit.
 *
 * @param features the name of the vector column
 * @param output the name of the vector column that {@link #transform} adds
 * @param elements the names of the features' elements, as {@link Dataset#elementNames} had them at
 *     the fit
 * @param means of each element of the features
 * @param deviations what each element is divided by: its standard deviation, over n - 1, or 1.0
 * @param directions of length 1, at right angles to each other; one for each component
 * @param variances along each direction, over n - 1, the largest first
 * @param totalVariance along all directions, whether kept or not
 * @param provenance what it was fitted by, and to
 */
public record PcaModel(
    String features,
    String output,
    List<String> elements,
    List<Double> means,
    List<Double> deviations,
    List<List<Double>> directions,
    List<Double> variances,
    double totalVariance,
    Provenance provenance)
    implements Model {
  private static final long serialVersionUID = 1;

  static final String TYPE = "pca";

  /** Copies; there are as many deviations as means, and as many variances as directions. */
  public PcaModel {
    means = List.copyOf(means);
    deviations = List.copyOf(deviations);
    directions = directions.stream().map(List::copyOf).toList();
    variances = List.copyOf(variances);
    elements = List.copyOf(elements);
    int size = means.size();
    boolean valid = size > 0 && deviations.size() == size && elements.size() == size;
    valid &= !directions.isEmpty() && directions.size() == variances.size();
    valid &= directions.stream().allMatch(direction -> direction.size() == size);
    valid &= deviations.stream().allMatch(deviation -> deviation > 0);
    if (!valid) {
      throw new IllegalArgumentException(
          "%s means, %s deviations, %s directions and %s variances are no principal components"
              .formatted(size, deviations.size(), directions.size(), variances.size()));
    }
  }

  /** The share of the total variance that each component has, the largest first. */
  public List<Double> explained() {
    return variances.stream().map(variance -> variance / totalVariance).toList();
  }

  /** The variance that components explain. */
  @Override
  public Summary summary() {
    return UnlabelledSummary.of(this);
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /**
   * The dataset with the vector column of components; null where the features are.
   *
   * @throws io.drawbar.type.UnknownColumnException if there is no column of the features' name
   * @throws io.drawbar.expr.TypeMismatchException if it is no vector of as many elements as before
   */
  @Override
  public Dataset transform(Dataset input) {
    TrainingColumns.checkScored(
        input.schema(), features, means.size(), "principal components of '" + features + "'");
    double[] factors = deviations.stream().mapToDouble(deviation -> 1 / deviation).toArray();
    Expr[] components =
        directions.stream()
            .map(direction -> Functions.dot(Functions.col(output), array(direction)))
            .toArray(Expr[]::new);
    // Centred once, for all components.
    return input
        .withColumn(output, Functions.rescale(Functions.col(features), array(means), factors))
        .withColumn(output, Functions.vector(components));
  }

  @Override
  public ModelContent content() {
    return ModelContent.of(TYPE)
        .reads(features, DataType.vector(means.size()))
        .adds(output, DataType.vector(directions.size()))
        .setting("features", features)
        .setting("output", output)
        .provenance(provenance)
        .doubles("means", array(means))
        .doubles("deviations", array(deviations))
        .tensor("directions", Matrices.flat(directions), directions.size(), means.size())
        .doubles("variances", array(variances))
        .number("totalVariance", totalVariance)
        .texts("elements", elements)
        .build();
  }

  static PcaModel of(ModelContent content) {
    return new PcaModel(
        content.text("features"),
        content.text("output"),
        content.texts("elements"),
        Arrays.stream(content.doubles("means")).boxed().toList(),
        Arrays.stream(content.doubles("deviations")).boxed().toList(),
        Matrices.rows(content, "directions"),
        Arrays.stream(content.doubles("variances")).boxed().toList(),
        content.number("totalVariance"),
        content.provenance());
  }

  /** A table for people. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%s principal components of the %s elements of '%s': %,d rows%n",
            directions.size(),
            means.size(),
            features,
            provenance.rows()));
    text.append(String.format("  %-12s %14s %10s %10s%n", "", "variance", "share", "together"));
    double together = 0;
    List<Double> explained = new ArrayList<>(explained());
    for (int i = 0; i < explained.size(); i++) {
      together += explained.get(i);
      text.append(
          String.format(
              Locale.ROOT,
              "  %-12s %14.6g %9.2f%% %9.2f%%%n",
              "component " + i,
              variances.get(i),
              100 * explained.get(i),
              100 * together));
    }
    return text.toString();
  }
}
