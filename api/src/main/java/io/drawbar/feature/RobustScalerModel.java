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
 * A fitted {@link RobustScaler}: each element becomes {@code (x - median) * (1 / range)}, or {@code
 * x - median} where that range is 0.
 *
 * @param column the vector column
 * @param output where the scaled vectors go
 * @param medians of each element
 * @param ranges the interquartile range of each element: third quartile less first
 * @param provenance what it was fitted by, and to
 */
public record RobustScalerModel(
    String column, String output, List<Double> medians, List<Double> ranges, Provenance provenance)
    implements Model {
  private static final long serialVersionUID = 1;

  static final String TYPE = "robust-scaler";

  /** Copies; medians and ranges are as many, at least one, and finite. */
  public RobustScalerModel {
    medians = List.copyOf(medians);
    ranges = List.copyOf(ranges);
    boolean valid = !medians.isEmpty() && medians.size() == ranges.size();
    valid &= medians.stream().allMatch(Double::isFinite);
    valid &= ranges.stream().allMatch(d -> d >= 0 && Double.isFinite(d));
    if (!valid) {
      throw new IllegalArgumentException(
          "a scaler has as many finite medians as ranges, not %s and %s"
              .formatted(medians, ranges));
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
    double[] factors = array(ranges);
    for (int i = 0; i < factors.length; i++) {
      factors[i] = factors[i] == 0 ? 1 : 1 / factors[i];
    }
    return input.withColumn(
        output, Functions.rescale(Functions.col(column), array(medians), factors));
  }

  @Override
  public ModelContent content() {
    DataType type = DataType.vector(medians.size());
    return ModelContent.of(TYPE)
        .reads(column, type)
        .adds(output, type)
        .setting("column", column)
        .setting("output", output)
        .provenance(provenance)
        .doubles("medians", array(medians))
        .doubles("ranges", array(ranges))
        .build();
  }

  /** In a line, for people. */
  @Override
  public String toString() {
    String into = output.equals(column) ? "" : " into '" + output + "'";
    return "robust scaler of '%s'%s: %s elements".formatted(column, into, medians.size());
  }

  static RobustScalerModel of(ModelContent content) {
    return new RobustScalerModel(
        content.text("column"),
        content.text("output"),
        Arrays.stream(content.doubles("medians")).boxed().toList(),
        Arrays.stream(content.doubles("ranges")).boxed().toList(),
        content.provenance());
  }
}
