package io.drawbar.learn;

import io.drawbar.Dataset;
import io.drawbar.Session;
import io.drawbar.column.Batch;
import io.drawbar.column.DoubleColumn;
import io.drawbar.column.VectorColumn;
import io.drawbar.io.Records;
import io.drawbar.iterate.BlockFold;
import io.drawbar.type.DataType;
import io.drawbar.type.Row;
import io.drawbar.type.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Rows of features and a label, and how far coefficients are from the least of penalised least
 * squares on them.
 */
record PenalisedRows(double[][] x, double[] y) {
  /** What is asked of a minimum. */
  record Question(boolean centred, PenaltyScale scale, double l1, double l2) {}

  /** Rows of correlated features in different units, of which some matter. */
  static PenalisedRows random(long seed, int rows, int elements, double common) {
    Random random = new Random(seed);
    double[][] x = new double[rows][elements];
    double[] y = new double[rows];
    for (int i = 0; i < rows; i++) {
      double shared = common * random.nextGaussian();
      for (int j = 0; j < elements; j++) {
        x[i][j] = Math.scalb(random.nextGaussian() + shared, j % 5 - 2) + j;
        y[i] += j % 3 == 0 ? Math.scalb(x[i][j] * (j % 2 == 0 ? 1 : -1), 2 - j % 5) : 0;
      }
      y[i] += random.nextGaussian();
    }
    return new PenalisedRows(x, y);
  }

  int elements() {
    return x[0].length;
  }

  Dataset dataset(Session session) {
    Schema schema =
        Schema.empty().with("x", DataType.vector(elements())).with("y", DataType.DOUBLE);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < y.length; i++) {
      rows.add(Row.of(schema, x[i], y[i]));
    }
    return session.read(Records.of(schema, rows));
  }

  /** Their moments, in blocks of 100 rows. */
  GramMatrix matrix(boolean centred) {
    MomentKernel kernel = new MomentKernel("x", "y", elements());
    Schema schema =
        Schema.empty().with("x", DataType.vector(elements())).with("y", DataType.DOUBLE);
    Moments moments = kernel.identity();
    BlockFold<Moments> fold = kernel.open();
    for (int from = 0; from < y.length; from += 100) {
      int to = Math.min(y.length, from + 100);
      double[][] columns = new double[elements()][to - from];
      for (int i = from; i < to; i++) {
        for (int j = 0; j < columns.length; j++) {
          columns[j][i - from] = x[i][j];
        }
      }
      fold.batch(
          Batch.of(
              schema,
              to - from,
              new VectorColumn(to - from, columns, null),
              new DoubleColumn(to - from, Arrays.copyOfRange(y, from, to), null)));
      fold.endBlock(moments);
    }
    return centred ? GramMatrix.centred(moments) : GramMatrix.raw(moments);
  }

  double[] solve(Question question) {
    ElasticNet net = new ElasticNet(matrix(question.centred()), elements(), question.scale());
    return net.coefficients(question.l1(), question.l2());
  }

  /** A column about its mean; the label, after the features. */
  double[] column(int j, boolean centred) {
    double[] column = new double[y.length];
    double mean = 0;
    for (int i = 0; i < y.length; i++) {
      column[i] = j < elements() ? x[i][j] : y[i];
      mean += column[i] / y.length;
    }
    double rest = 0;
    for (int i = 0; i < y.length && centred; i++) {
      rest += (column[i] - mean) / y.length;
    }
    for (int i = 0; i < y.length && centred; i++) {
      column[i] = column[i] - mean - rest;
    }
    return column;
  }

  static double length(double[] column) {
    double sum = 0;
    for (double value : column) {
      sum += value * value;
    }
    return Math.sqrt(sum);
  }

  /** The weight that the penalty gives to a feature's coefficient in another unit. */
  double unit(int j, Question question) {
    return question.scale() == PenaltyScale.AS_GIVEN
        ? 1
        : length(column(j, question.centred())) / Math.sqrt(y.length);
  }

  /**
   * How far the coefficients are from the conditions of a minimum (Karush, Kuhn, Tucker), as
   * correlations: of what is not zero the slope is the penalty's; of what is zero it is no more.
   */
  double unoptimal(double[] b, Question question) {
    double[] residuals = column(elements(), question.centred());
    double whole = length(residuals);
    for (int j = 0; j < b.length; j++) {
      double[] column = column(j, question.centred());
      for (int i = 0; i < residuals.length; i++) {
        residuals[i] -= b[j] * column[i];
      }
    }
    double worst = 0;
    for (int j = 0; j < b.length; j++) {
      double[] column = column(j, question.centred());
      double unit = unit(j, question);
      double slope = 0;
      for (int i = 0; i < residuals.length; i++) {
        slope += residuals[i] * column[i] / y.length;
      }
      slope -= question.l2() * unit * unit * b[j];
      double penalty = question.l1() * unit;
      double wrong =
          b[j] == 0
              ? Math.max(0, Math.abs(slope) - penalty)
              : Math.abs(slope - Math.signum(b[j]) * penalty);
      double most = length(column) * whole / y.length;
      worst = Math.max(worst, most == 0 ? Math.abs(b[j]) : wrong / most);
    }
    return worst;
  }
}
