package io.drawbar.learn;

import io.drawbar.column.Batch;
import io.drawbar.column.SparseVectorColumn;
import io.drawbar.iterate.BlockFold;
import java.util.Arrays;

/**
 * Folds blocks into {@link ClassSums}: plain doubles in the order of the rows.
 *
 * <p>Zeros add nothing and are left out, so that the elements which a sparse vector does not store
 * need not be looked at, and its bits are those of a dense one. Squares are taken about a shift,
 * the element's first value of the class in the block that is not zero, so that large means cost no
 * digits. A block costs as much as its values, and not as much as there are elements and classes.
 */
final class ClassSumFold implements BlockFold<ClassSums> {
  private final int classes;
  private final int elements;
  private final Distribution distribution;
  private final boolean hasSquares;
  private final LabelSurvey survey;
  private final LabelledRows taken;
  private RefusedValues refused = new RefusedValues();
  private final double[] classWeights;

  /** By element, then class: sums of the values, less the shifts if there are squares. */
  private final double[] sums;

  private final double[] squares;
  private final double[] shifts;

  /** The weight of the values that are not zero. */
  private final double[] weights;

  /** Which of those a value of this block was added to, and in which order it was the first. */
  private final boolean[] isTouched;

  private int[] touched = new int[64];
  private int touchedCount;

  ClassSumFold(int classes, int elements, Distribution distribution) {
    this.classes = classes;
    this.elements = elements;
    this.distribution = distribution;
    hasSquares = distribution == Distribution.GAUSSIAN;
    survey = new LabelSurvey(classes, elements);
    taken = new LabelledRows(classes, elements, survey);
    classWeights = new double[classes];
    int size = Math.multiplyExact(classes, elements);
    sums = new double[size];
    squares = new double[hasSquares ? size : 0];
    shifts = new double[hasSquares ? size : 0];
    weights = new double[hasSquares ? size : 0];
    isTouched = new boolean[size];
  }

  @Override
  public void batch(Batch batch) {
    for (int from = 0; from < batch.selected(); from += LabelledRows.MOST) {
      int count = taken.take(batch, from);
      for (int i = 0; i < count; i++) {
        classWeights[taken.labels[i]] += taken.weights[i];
      }
      if (batch.column(0) instanceof SparseVectorColumn sparse) {
        fold(sparse, count);
      } else {
        for (int j = 0; j < elements; j++) {
          fold(j, taken.columns[j], count);
        }
      }
    }
  }

  private void fold(int element, double[] values, int count) {
    int at = element * classes;
    for (int i = 0; i < count; i++) {
      if (values[i] != 0) {
        add(element, at + taken.labels[i], values[i], taken.weights[i]);
      }
    }
  }

  private void fold(SparseVectorColumn column, int count) {
    for (int i = 0; i < count; i++) {
      int label = taken.labels[i];
      int end = column.ends()[taken.rows[i]];
      for (int k = column.starts()[taken.rows[i]]; k < end; k++) {
        int element = column.indices()[k];
        if (column.values()[k] != 0) {
          add(element, element * classes + label, column.values()[k], taken.weights[i]);
        }
      }
    }
  }

  private void add(int element, int at, double value, double weight) {
    if (!isTouched[at]) {
      touch(at, value);
    }
    if (hasSquares) {
      double difference = value - shifts[at];
      double weighted = weight * difference;
      sums[at] += weighted;
      squares[at] += weighted * difference;
      weights[at] += weight;
      return;
    }
    sums[at] += weight * value;
    if (distribution == Distribution.MULTINOMIAL ? value < 0 : value != 1) {
      refused.add(element, value);
    }
  }

  private void touch(int at, double value) {
    isTouched[at] = true;
    if (hasSquares) {
      shifts[at] = value;
    }
    if (touchedCount == touched.length) {
      touched = Arrays.copyOf(touched, 2 * touchedCount);
    }
    touched[touchedCount++] = at;
  }

  @Override
  public void endBlock(ClassSums into) {
    for (int k = 0; k < classes; k++) {
      into.sums.add(k, classWeights[k]);
    }
    for (int n = 0; n < touchedCount; n++) {
      int at = touched[n];
      if (hasSquares) {
        addMoments(at, into);
      } else {
        into.sums.add(classes + at, sums[at]);
      }
      sums[at] = 0;
      isTouched[at] = false;
    }
    touchedCount = 0;
    Arrays.fill(classWeights, 0.0);
    into.labels.merge(survey);
    survey.clear();
    into.refused.merge(refused);
    refused = new RefusedValues();
  }

  /** Takes them back to zero: {@code D + n c} and {@code M + 2 c D + n c^2}. */
  private void addMoments(int at, ClassSums into) {
    double c = shifts[at];
    double n = weights[at];
    double d = sums[at];
    DoubledSum sum = new DoubledSum().add(d).addProduct(n, c);
    DoubledSum twice = new DoubledSum().add(2 * d).addProduct(n, c);
    DoubledSum square = new DoubledSum().add(squares[at]).addProduct(twice.high(), twice.low(), c);
    into.sums.add(classes + at, sum.high());
    into.sums.add(classes + at, sum.low());
    into.sums.add(classes + sums.length + at, square.high());
    into.sums.add(classes + sums.length + at, square.low());
    squares[at] = 0;
    weights[at] = 0;
  }
}
