package io.drawbar.learn;

import io.drawbar.column.Batch;
import io.drawbar.column.ColumnVector;
import io.drawbar.column.SparseVectorColumn;
import java.util.Arrays;

/**
 * The rows of a piece of a batch of features, label and perhaps a weight that can be learned from;
 * all others go to a {@link LabelSurvey}. Dense features are laid out by column.
 */
final class LabelledRows {
  /** Rows that are looked at together, so that some hundred columns stay in the cache. */
  static final int MOST = 256;

  /** Where they are in the batch. */
  final int[] rows = new int[MOST];

  /** Their classes. */
  final int[] labels = new int[MOST];

  /** Their weights; 1 where there is no such column. */
  final double[] weights = new double[MOST];

  /** The elements of dense features, by column, then by row. */
  double[][] columns;

  private final int classes;
  private final int elements;
  private final LabelSurvey survey;
  private final double[] probe = new double[MOST];
  private double[] row;

  LabelledRows(int classes, int elements, LabelSurvey survey) {
    this.classes = classes;
    this.elements = elements;
    this.survey = survey;
  }

  /**
   * Takes the next rows of a batch, up to {@value #MOST}.
   *
   * @param from the first of the batch's rows that count
   * @return how many are usable, and have a weight above 0
   */
  int take(Batch batch, int from) {
    int count = usable(batch, from, Math.min(MOST, batch.selected() - from));
    ColumnVector features = batch.column(0);
    if (features instanceof SparseVectorColumn sparse) {
      count = finite(sparse, count);
    } else {
      if (columns == null) {
        columns = new double[elements][MOST];
        row = new double[elements];
      }
      LabelledColumns.copyFeatures(features, rows, count, columns);
      count = finite(count);
    }
    for (int i = 0; i < count; i++) {
      survey.rows[labels[i]]++;
    }
    return weighty(count);
  }

  /** Closes up over rows of weight 0, which add nothing: one of them would make a bad shift. */
  private int weighty(int count) {
    int kept = 0;
    for (int i = 0; i < count; i++) {
      if (weights[i] == 0) {
        continue;
      }
      if (kept < i) {
        for (int j = 0; j < elements && columns != null; j++) {
          columns[j][kept] = columns[j][i];
        }
        keep(i, kept);
      }
      kept++;
    }
    return kept;
  }

  /** Finds the rows with features, a label that is a class, and a weight; counts the others. */
  private int usable(Batch batch, int from, int length) {
    ColumnVector features = batch.column(0);
    ColumnVector label = batch.column(1);
    boolean isWeighted = batch.schema().size() > 2;
    int count = 0;
    for (int n = from; n < from + length; n++) {
      int at = batch.row(n);
      boolean noFeatures = features.isNull(at);
      boolean noLabel = label.isNull(at);
      if (noFeatures || noLabel) {
        survey.defects.rows++;
        survey.defects.nullFeatures += noFeatures ? 1 : 0;
        survey.defects.nullLabels += noLabel ? 1 : 0;
        continue;
      }
      double number = LabelledColumns.number(label, at);
      double weight = 1;
      if (isWeighted) {
        weight = batch.column(2).isNull(at) ? -1 : LabelledColumns.weight(batch, at);
      }
      if (!(weight >= 0) || weight == Double.POSITIVE_INFINITY) {
        survey.badWeights++;
      } else if (number != number || Double.isInfinite(number)) {
        survey.defects.rows++;
        survey.defects.inspect(elements, number);
      } else if (!(number >= 0 && number < classes && number == Math.rint(number))) {
        survey.addStranger(number);
      } else {
        rows[count] = at;
        labels[count] = (int) number;
        weights[count++] = weight;
      }
    }
    return count;
  }

  /** Closes up over rows with a value that is not finite, and counts those. */
  private int finite(int count) {
    Arrays.fill(probe, 0, count, 0.0);
    for (int j = 0; j < elements; j++) {
      // Zero times a finite number is zero; times anything else, NaN, which stays.
      addZeros(columns[j], probe, count);
    }
    boolean isFinite = true;
    for (int i = 0; i < count; i++) {
      isFinite &= probe[i] == 0;
    }
    if (isFinite) {
      return count;
    }
    int kept = 0;
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < elements; j++) {
        row[j] = columns[j][i];
      }
      if (inspect(row, 0, elements, null)) {
        for (int j = 0; j < elements; j++) {
          columns[j][kept] = row[j];
        }
        keep(i, kept++);
      }
    }
    return kept;
  }

  private static void addZeros(double[] values, double[] probe, int count) {
    for (int i = 0; i < count; i++) {
      probe[i] += values[i] * 0.0;
    }
  }

  private int finite(SparseVectorColumn column, int count) {
    int kept = 0;
    for (int i = 0; i < count; i++) {
      int at = rows[i];
      if (inspect(column.values(), column.starts()[at], column.ends()[at], column.indices())) {
        keep(i, kept++);
      }
    }
    return kept;
  }

  /** Whether all values of a row are finite; counts it if not. */
  private boolean inspect(double[] values, int from, int to, int[] indices) {
    boolean finite = true;
    for (int k = from; k < to; k++) {
      finite &= Double.isFinite(values[k]);
    }
    if (!finite) {
      survey.defects.rows++;
      for (int k = from; k < to; k++) {
        survey.defects.inspect(indices == null ? k : indices[k], values[k]);
      }
    }
    return finite;
  }

  private void keep(int from, int to) {
    rows[to] = rows[from];
    labels[to] = labels[from];
    weights[to] = weights[from];
  }
}
