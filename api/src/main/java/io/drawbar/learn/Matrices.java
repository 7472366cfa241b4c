package io.drawbar.learn;

import io.drawbar.DamagedModelException;
import io.drawbar.ModelContent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Matrices of models, as lists of their rows. */
final class Matrices {
  private Matrices() {}

  /** A part of a saved model that is a matrix; its rows are not empty. */
  static List<List<Double>> rows(ModelContent content, String name) {
    double[] values = content.tensor(name);
    List<Integer> shape = content.shape(name);
    if (shape.size() != 2) {
      throw new DamagedModelException(
          "part '%s' of a %s has the shape %s, not that of a matrix"
              .formatted(name, content.type(), shape));
    }
    int length = shape.get(1);
    // Of such rows a few bytes may declare 2^31.
    if (length == 0) {
      throw new DamagedModelException(
          "part '%s' of a %s has the shape %s, with nothing in a row"
              .formatted(name, content.type(), shape));
    }
    List<List<Double>> rows = new ArrayList<>();
    for (int i = 0; i < shape.get(0); i++) {
      double[] row = Arrays.copyOfRange(values, i * length, (i + 1) * length);
      rows.add(Arrays.stream(row).boxed().toList());
    }
    return rows;
  }

  /** All values, by rows. */
  static double[] flat(List<List<Double>> rows) {
    return rows.stream().flatMap(List::stream).mapToDouble(Double::doubleValue).toArray();
  }

  /** The rows as arrays. */
  static double[][] arrays(List<List<Double>> rows) {
    return rows.stream()
        .map(row -> row.stream().mapToDouble(Double::doubleValue).toArray())
        .toArray(double[][]::new);
  }

  /** Arrays as rows. */
  static List<List<Double>> lists(double[][] rows) {
    return Arrays.stream(rows).map(row -> Arrays.stream(row).boxed().toList()).toList();
  }
}
