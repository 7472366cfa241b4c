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
 * A fitted {@link InverseDocumentFrequency}: each element is multiplied by its weight.
 *
 * @param column the vector column
 * @param output where the weighed vectors go
 * @param weights of each element, not below 0
 * @param provenance what it was fitted by, and to
 */
public record InverseDocumentFrequencyModel(
    String column, String output, List<Double> weights, Provenance provenance) implements Model {
  private static final long serialVersionUID = 1;

  static final String TYPE = "inverse-document-frequency";

  /** Copies; there is at least one weight, and all are finite. */
  public InverseDocumentFrequencyModel {
    weights = List.copyOf(weights);
    if (weights.isEmpty() || !weights.stream().allMatch(w -> w >= 0 && Double.isFinite(w))) {
      throw new IllegalArgumentException("weights are finite and not below 0");
    }
  }

  private double[] factors() {
    return weights.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /**
   * The dataset with the weighed vectors; null where the vector is.
   *
   * @throws io.drawbar.type.UnknownColumnException if the column is not there
   * @throws io.drawbar.expr.TypeMismatchException if it is no vector of as many elements
   */
  @Override
  public Dataset transform(Dataset input) {
    return input.withColumn(
        output, Functions.rescale(Functions.col(column), new double[weights.size()], factors()));
  }

  @Override
  public ModelContent content() {
    DataType type = DataType.vector(weights.size());
    return ModelContent.of(TYPE)
        .reads(column, type)
        .adds(output, type)
        .setting("column", column)
        .setting("output", output)
        .provenance(provenance)
        .doubles("weights", factors())
        .build();
  }

  /** In a line, for people. */
  @Override
  public String toString() {
    String into = output.equals(column) ? "" : " into '" + output + "'";
    return "inverse document frequency of '%s'%s: %s elements"
        .formatted(column, into, weights.size());
  }

  static InverseDocumentFrequencyModel of(ModelContent content) {
    return new InverseDocumentFrequencyModel(
        content.text("column"),
        content.text("output"),
        Arrays.stream(content.doubles("weights")).boxed().toList(),
        content.provenance());
  }
}
