package io.drawbar.feature;

import io.drawbar.Dataset;
import io.drawbar.Model;
import io.drawbar.ModelContent;
import io.drawbar.Provenance;
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

  /**
   * Copies; means and deviations are as many, at least one, and finite, and no deviation is below
   * 0.
   */
  public StandardScalerModel {
    Centring centring = centring(means, deviations);
    means = centring.centres();
    deviations = centring.widths();
  }

  private static Centring centring(List<Double> means, List<Double> deviations) {
    return new Centring("means", means, "deviations", deviations);
  }

  /**
   * The dataset with the scaled vectors; null where the vector is.
   *
   * @throws io.drawbar.type.UnknownColumnException if the column is not there
   * @throws io.drawbar.expr.TypeMismatchException if it is no vector of as many elements
   */
  @Override
  public Dataset transform(Dataset input) {
    return centring(means, deviations).transform(input, column, output);
  }

  @Override
  public ModelContent content() {
    return centring(means, deviations).content(TYPE, column, output).provenance(provenance).build();
  }

  /** In a line, for people. */
  @Override
  public String toString() {
    String into = output.equals(column) ? "" : " into '" + output + "'";
    return "standard scaler of '%s'%s: %s elements".formatted(column, into, means.size());
  }

  static StandardScalerModel of(ModelContent content) {
    Centring saved = Centring.of(content, "means", "deviations");
    return new StandardScalerModel(
        content.text("column"),
        content.text("output"),
        saved.centres(),
        saved.widths(),
        content.provenance());
  }
}
