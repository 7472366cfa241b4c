package io.drawbar.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbar.column.Batch;
import io.drawbar.column.ColumnVector;
import io.drawbar.column.SparseVectorColumn;
import io.drawbar.column.VectorColumn;
import io.drawbar.type.DataType;
import io.drawbar.type.Schema;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RescaledTest {
  private static final double[] STORED = {0.0, -0.0, 1, -2, Double.NaN, Double.POSITIVE_INFINITY};

  private static long[] rescaled(ColumnVector column, double shift, double factor) {
    Batch batch = Batch.of(Schema.empty().with("x", DataType.vector(2)), 1, column);
    Evaluator all =
        new Vectors.Rescaled(b -> b.column(0), List.of(shift, 0.0), List.of(factor, 1.0));
    double[] found = (double[]) all.evaluate(batch).value(0);
    return Arrays.stream(found).mapToLong(Double::doubleToLongBits).toArray();
  }

  /** Zeros of both signs, too, stored or not. */
  @Test
  void sparseVectorsGiveWhatDenseOnesGive() {
    for (double shift : new double[] {0.0, -0.0, 1}) {
      for (double factor : new double[] {1, -1, 0.0, -0.0, Double.POSITIVE_INFINITY}) {
        for (double x : STORED) {
          ColumnVector dense = new VectorColumn(1, new double[][] {{x}, {0.0}}, null);
          ColumnVector sparse =
              new SparseVectorColumn(
                  1, 2, new int[] {0}, new int[] {1}, new int[] {0}, new double[] {x}, null);
          assertThat(rescaled(sparse, shift, factor))
              .as("(%s - %s) * %s", x, shift, factor)
              .containsExactly(rescaled(dense, shift, factor));
        }
      }
    }
  }
}
