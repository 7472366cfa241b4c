package io.drawbar.feature;

import io.drawbar.Dataset;
import io.drawbar.ModelContent;
import io.drawbar.expr.Functions;
import io.drawbar.type.DataType;
import java.util.Arrays;
import java.util.List;

/**
 * What the scalers do that centre: each element becomes {@code (x - centre) * (1 / width)}, or
 * {@code x - centre} where the width is 0. They differ in what they take for centre and width, and
 * in what they call, and save, them.
 *
 * @param centreName what the centres are called: {@code "means"}, say
 * @param centres one for each element
 * @param widthName what the widths are called
 * @param widths one for each element
 */
record Centring(String centreName, List<Double> centres, String widthName, List<Double> widths) {

  /** Copies; centres and widths are as many, at least one, and finite. */
  Centring {
    centres = List.copyOf(centres);
    widths = List.copyOf(widths);
    boolean valid = !centres.isEmpty() && centres.size() == widths.size();
    valid &= centres.stream().allMatch(Double::isFinite);
    valid &= widths.stream().allMatch(d -> d >= 0 && Double.isFinite(d));
    if (!valid) {
      throw new IllegalArgumentException(
          "a scaler has as many finite %s as %s, which are not below 0; not %s and %s"
              .formatted(centreName, widthName, centres, widths));
    }
  }

  /** Reads what {@link #content} has saved. */
  static Centring of(ModelContent content, String centreName, String widthName) {
    return new Centring(
        centreName, numbers(content, centreName), widthName, numbers(content, widthName));
  }

  private static List<Double> numbers(ModelContent content, String name) {
    return Arrays.stream(content.doubles(name)).boxed().toList();
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** Appends it to a dataset. */
  Dataset transform(Dataset input, String column, String output) {
    double[] factors = array(widths);
    for (int i = 0; i < factors.length; i++) {
      factors[i] = factors[i] == 0 ? 1 : 1 / factors[i];
    }
    return input.withColumn(
        output, Functions.rescale(Functions.col(column), array(centres), factors));
  }

  /** All that a model saves but its provenance. */
  ModelContent.Builder content(String type, String column, String output) {
    DataType vector = DataType.vector(centres.size());
    return ModelContent.of(type)
        .reads(column, vector)
        .adds(output, vector)
        .setting("column", column)
        .setting("output", output)
        .doubles(centreName, array(centres))
        .doubles(widthName, array(widths));
  }
}
