package io.drawbar.learn;

import io.drawbar.column.Batch;
import io.drawbar.column.SparseVectorColumn;
import io.drawbar.iterate.BlockFold;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Folds blocks into {@link ClassSums}: plain doubles in the order of the rows.
 *
 * <p>Zeros add nothing and are left out, so that the elements which a sparse vector does not store
 * need not be looked at, and its bits are those of a dense one. Squares are taken about a shift,
 * the element's first value of the class in the block that is not zero, so that large means cost no
 * digits; a value of a row that weighs more than 64 times as much as that of the shift begins anew.
 * A block costs as much as its values, and not as much as there are elements and classes.
 */
final class ClassSumFold implements BlockFold<ClassSums> {
  /** What a row weighs more than the row of a shift, if it gives another. */
  private static final double HEAVIER = 64;

  /** What values of lighter rows amount to. */
  private record Lighter(int at, DoubledSum sum, DoubledSum square) {}

  private final int classes;
  private final int elements;
  private final Distribution distribution;
  private final boolean hasSquares;
  private final LabelSurvey survey;
  private final LabelledRows taken;
  private RefusedValues refused = new RefusedValues();

  /** In twice the digits, so that large means cancel. */
  private final DoubledSum[] classWeights;

  private final long[] classRows;

  /** By element, then class: sums of the values, less the shifts if there are squares. */
  private final double[] sums;

  private final double[] squares;
  private final double[] shifts;

  /** The weights of the rows that shifts are from. */
  private final double[] shiftWeights;

  private final List<Lighter> lighter = new ArrayList<>();

  /** The weight of the values that are not zero. */
  private final double[] weights;

  /** How many there are. */
  private final int[] present;

  /** What of their weight has been put aside. */
  private final DoubledSum[] aside;

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
    classWeights = new DoubledSum[classes];
    classRows = new long[classes];
    Arrays.setAll(classWeights, k -> new DoubledSum());
    int size = Math.multiplyExact(classes, elements);
    sums = new double[size];
    squares = new double[hasSquares ? size : 0];
    shifts = new double[hasSquares ? size : 0];
    shiftWeights = new double[hasSquares ? size : 0];
    weights = new double[hasSquares ? size : 0];
    present = new int[hasSquares ? size : 0];
    aside = new DoubledSum[hasSquares ? size : 0];
    isTouched = new boolean[size];
  }

  @Override
  public void batch(Batch batch) {
    for (int from = 0; from < batch.selected(); from += LabelledRows.MOST) {
      int count = taken.take(batch, from);
      for (int i = 0; i < count; i++) {
        classWeights[taken.labels[i]].add(taken.weights[i]);
        classRows[taken.labels[i]]++;
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
      touch(at);
      shift(at, value, weight);
    }
    if (hasSquares) {
      if (weight > HEAVIER * shiftWeights[at]) {
        aside[at] = (aside[at] == null ? new DoubledSum() : aside[at]).add(weights[at]);
        lighter.add(lighter(at, new DoubledSum().add(weights[at])));
        shift(at, value, weight);
      }
      double difference = value - shifts[at];
      double weighted = weight * difference;
      sums[at] += weighted;
      squares[at] += weighted * difference;
      weights[at] += weight;
      present[at]++;
      return;
    }
    sums[at] += weight * value;
    if (distribution == Distribution.MULTINOMIAL ? value < 0 : value != 1) {
      refused.add(element, value);
    }
  }

  private void shift(int at, double value, double weight) {
    if (hasSquares) {
      shifts[at] = value;
      shiftWeights[at] = weight;
    }
  }

  private void touch(int at) {
    isTouched[at] = true;
    if (touchedCount == touched.length) {
      touched = Arrays.copyOf(touched, 2 * touchedCount);
    }
    touched[touchedCount++] = at;
  }

  @Override
  public void endBlock(ClassSums into) {
    for (int k = 0; k < classes; k++) {
      into.sums.add(k, classWeights[k].high());
      into.sums.add(k, classWeights[k].low());
    }
    for (int n = 0; n < touchedCount; n++) {
      int at = touched[n];
      if (hasSquares) {
        add(lighter(at, weight(at)), into);
        present[at] = 0;
        aside[at] = null;
      } else {
        into.sums.add(classes + at, sums[at]);
      }
      sums[at] = 0;
      isTouched[at] = false;
    }
    touchedCount = 0;
    lighter.forEach(some -> add(some, into));
    lighter.clear();
    Arrays.setAll(classWeights, k -> new DoubledSum());
    Arrays.fill(classRows, 0);
    into.labels.merge(survey);
    survey.clear();
    into.refused.merge(refused);
    refused = new RefusedValues();
  }

  /**
   * The weight of the values since the last shift. Without zeros it is what the class has left, to
   * the same digits: about a large mean, weights that differ in the last digit would show.
   */
  private DoubledSum weight(int at) {
    int label = at % classes;
    if (present[at] < classRows[label]) {
      return new DoubledSum().add(weights[at]);
    }
    DoubledSum left = new DoubledSum();
    left.add(classWeights[label].high()).add(classWeights[label].low());
    if (aside[at] != null) {
      left.add(-aside[at].high()).add(-aside[at].low());
    }
    return left;
  }

  /** Takes them back to zero, {@code D + n c} and {@code M + 2 c D + n c^2}, and begins anew. */
  private Lighter lighter(int at, DoubledSum n) {
    double c = shifts[at];
    double d = sums[at];
    DoubledSum sum = new DoubledSum().add(d).addProduct(n.high(), n.low(), c);
    DoubledSum twice = new DoubledSum().add(2 * d).addProduct(n.high(), n.low(), c);
    DoubledSum square = new DoubledSum().add(squares[at]).addProduct(twice.high(), twice.low(), c);
    sums[at] = 0;
    squares[at] = 0;
    weights[at] = 0;
    return new Lighter(at, sum, square);
  }

  private void add(Lighter some, ClassSums into) {
    into.sums.add(classes + some.at(), some.sum().high());
    into.sums.add(classes + some.at(), some.sum().low());
    into.sums.add(classes + sums.length + some.at(), some.square().high());
    into.sums.add(classes + sums.length + some.at(), some.square().low());
  }
}
