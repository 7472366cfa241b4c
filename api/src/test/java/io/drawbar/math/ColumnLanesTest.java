package io.drawbar.math;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The law of the lanes, whatever the form and however a block is cut. */
class ColumnLanesTest {
  @Test
  void eachRowGoesToItsLane() {
    Random random = new Random(1);
    for (int round = 0; round < 300; round++) {
      int columns = 1 + random.nextInt(5);
      int rows = random.nextInt(100);
      double[][] values = new double[columns][rows];
      for (double[] column : values) {
        for (int i = 0; i < rows; i++) {
          column[i] = random.nextInt(3) == 0 ? 0 : random.nextGaussian();
        }
      }
      double[] factors = random.doubles(rows, -1, 1).toArray();
      double[] wanted = new double[columns];
      for (int j = 0; j < columns; j++) {
        double[] lanes = new double[8];
        for (int i = 0; i < rows; i++) {
          lanes[i % 8] += values[j][i] * factors[i];
        }
        double even = (lanes[0] + lanes[4]) + (lanes[2] + lanes[6]);
        wanted[j] = even + ((lanes[1] + lanes[5]) + (lanes[3] + lanes[7]));
      }
      ColumnLanes lanes = new ColumnLanes(columns);
      for (int again = 0; again < 2; again++) {
        for (int from = 0; from < rows; ) {
          int to = Math.min(rows, from + 1 + random.nextInt(30));
          if (random.nextBoolean()) {
            lanes.add(values, factors, from, to);
          } else {
            addRows(lanes, values, factors, from, to);
          }
          from = to;
        }
        double[] found = new double[columns + 2];
        lanes.finish(found, 1);
        assertThat(Arrays.copyOfRange(found, 1, columns + 1)).containsExactly(wanted);
        assertThat(found[0]).isZero();
        assertThat(found[columns + 1]).isZero();
      }
    }
  }

  /** As sparse rows, in the middle of longer arrays. */
  private static void addRows(
      ColumnLanes lanes, double[][] values, double[] factors, int from, int to) {
    int[] indices = new int[values.length + 2];
    double[] stored = new double[values.length + 2];
    for (int i = from; i < to; i++) {
      int count = 1;
      for (int j = 0; j < values.length; j++) {
        if (values[j][i] != 0) {
          indices[count] = j;
          stored[count++] = values[j][i];
        }
      }
      lanes.addRow(indices, stored, 1, count, factors[i]);
    }
  }
}
