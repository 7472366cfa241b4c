package io.drawbar.feature;

import io.drawbar.Dataset;
import io.drawbar.Model;
import io.drawbar.ModelContent;
import io.drawbar.Provenance;
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

  /** Copies; medians and ranges are as many, at least one, and finite, and no range is below 0. */
  public RobustScalerModel {
    Centring centring = centring(medians, ranges);
    medians = centring.centres();
    ranges = centring.widths();
  }

  private static Centring centring(List<Double> medians, List<Double> ranges) {
    return new Centring("medians", medians, "ranges", ranges);
  }

  /**
   * The dataset with the scaled vectors; null where the vector is.
   *
   * @throws io.drawbar.type.UnknownColumnException if the column is not there
   * @throws io.drawbar.expr.TypeMismatchException if it is no vector of as many elements
   */
  @Override
  public Dataset transform(Dataset input) {
    return centring(medians, ranges).transform(input, column, output);
  }

  @Override
  public ModelContent content() {
    return centring(medians, ranges).content(TYPE, column, output).provenance(provenance).build();
  }

  /** In a line, for people. */
  @Override
  public String toString() {
    String into = output.equals(column) ? "" : " into '" + output + "'";
    return "robust scaler of '%s'%s: %s elements".formatted(column, into, medians.size());
  }

  static RobustScalerModel of(ModelContent content) {
    Centring saved = Centring.of(content, "medians", "ranges");
    return new RobustScalerModel(
        content.text("column"),
        content.text("output"),
        saved.centres(),
        saved.widths(),
        content.provenance());
  }
}
