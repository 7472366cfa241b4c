package io.drawbar.feature;

import io.drawbar.Dataset;
import io.drawbar.Model;
import io.drawbar.ModelContent;
import io.drawbar.Provenance;
import io.drawbar.expr.Functions;
import io.drawbar.type.DataType;
import java.util.Arrays;
import java.util.List;

/**
 * A fitted {@link StandardScaler}: each element becomes {@code (x - mean) * (1 / deviation)}, or
 * {@code x - mean} where the deviation is 0.
 *
 * @param column the vector column
 * @param output where the scaled vectors go
 * @param means of each element
 * @param deviations the standard deviation of each element, over n - 1
 * @param provenance what it was fitted by, and to
 */
public record StandardScalerModel(
    String column,
    String output,
    List<Double> means,
    List<Double> deviations,
    Provenance provenance)
    implements Model {
  private static final long serialVersionUID = 1;

  static final String TYPE = "standard-scaler";

  /** Copies; means and deviations are as many, at least one, and finite. */
  public StandardScalerModel {
    means = List.copyOf(means);
    deviations = List.copyOf(deviations);
    boolean valid = !means.isEmpty() && means.size() == deviations.size();
    valid &= means.stream().allMatch(Double::isFinite);
    valid &= deviations.stream().allMatch(d -> d >= 0 && Double.isFinite(d));
    if (!valid) {
      throw new IllegalArgumentException(
          "a scaler has as many finite means as deviations, not %s and %s"
              .formatted(means, deviations));
    }
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /**
   * The dataset with the scaled vectors; null where the vector is.
   *
   * @throws io.drawbar.type.UnknownColumnException if the column is not there
   * @throws io.drawbar.expr.TypeMismatchException if it is no vector of as many elements
   */
  @Override
  public Dataset transform(Dataset input) {
    double[] factors = array(deviations);
    for (int i = 0; i < factors.length; i++) {
      factors[i] = factors[i] == 0 ? 1 : 1 / factors[i];
    }
    return input.withColumn(
        output, Functions.rescale(Functions.col(column), array(means), factors));
  }

  @Override
  public ModelContent content() {
    DataType type = DataType.vector(means.size());
    return ModelContent.of(TYPE)
        .reads(column, type)
        .adds(output, type)
        .setting("column", column)
        .setting("output", output)
        .provenance(provenance)
        .doubles("means", array(means))
        .doubles("deviations", array(deviations))
        .build();
  }

  /** In a line, for people. */
  @Override
  public String toString() {
    String into = output.equals(column) ? "" : " into '" + output + "'";
    return "standard scaler of '%s'%s: %s elements".formatted(column, into, means.size());
  }

  static StandardScalerModel of(ModelContent content) {
    return new StandardScalerModel(
        content.text("column"),
        content.text("output"),
        Arrays.stream(content.doubles("means")).boxed().toList(),
        Arrays.stream(content.doubles("deviations")).boxed().toList(),
        content.provenance());
  }
}
