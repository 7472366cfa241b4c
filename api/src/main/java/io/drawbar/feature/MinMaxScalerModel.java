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
 * A fitted {@link MinMaxScaler}: each element becomes {@code (x - least) / (greatest - least) * (to
 * - from) + from}, with a divisor of 1 where least and greatest are the same.
 *
 * @param column the vector column
 * @param output where the scaled vectors go
 * @param from the lower end of the range
 * @param to the upper end
 * @param least the least value of each element
 * @param greatest the greatest of each
 * @param provenance what it was fitted by, and to
 */
public record MinMaxScalerModel(
    String column,
    String output,
    double from,
    double to,
    List<Double> least,
    List<Double> greatest,
    Provenance provenance)
    implements Model {
  private static final long serialVersionUID = 1;

  static final String TYPE = "min-max-scaler";

  /** Copies; the ends are as many, in order, and their distances finite. */
  public MinMaxScalerModel {
    least = List.copyOf(least);
    greatest = List.copyOf(greatest);
    // The expression knows what it can be made of.
    Functions.interpolate(Functions.col(column), array(least), array(greatest), from, to);
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
    return input.withColumn(
        output,
        Functions.interpolate(Functions.col(column), array(least), array(greatest), from, to));
  }

  @Override
  public ModelContent content() {
    DataType type = DataType.vector(least.size());
    return ModelContent.of(TYPE)
        .reads(column, type)
        .adds(output, type)
        .setting("column", column)
        .setting("output", output)
        .provenance(provenance)
        .number("from", from)
        .number("to", to)
        .doubles("least", array(least))
        .doubles("greatest", array(greatest))
        .build();
  }

  /** In a line, for people. */
  @Override
  public String toString() {
    String into = output.equals(column) ? "" : " into '" + output + "'";
    return "min-max scaler of '%s'%s: %s elements to %s to %s"
        .formatted(column, into, least.size(), from, to);
  }

  static MinMaxScalerModel of(ModelContent content) {
    return new MinMaxScalerModel(
        content.text("column"),
        content.text("output"),
        content.number("from"),
        content.number("to"),
        Arrays.stream(content.doubles("least")).boxed().toList(),
        Arrays.stream(content.doubles("greatest")).boxed().toList(),
        content.provenance());
  }
}
