package io.drawbar.learn;

import io.drawbar.column.Batch;
import io.drawbar.iterate.BlockFold;
import io.drawbar.math.Dot;
import io.drawbar.math.GramFold;
import java.util.Arrays;

/**
 * Folds blocks into {@link InformationSums}: of margins a and b the sum over rows of {@code w p_a
 * (1 - p_a) x x^T}, or {@code -w p_a p_b x x^T}, where x is in coordinates. Rows come in tiles,
 * laid out by column, dense whatever they were, and each is multiplied by the root of its factor
 * before {@link GramFold} takes it.
 */
final class InformationFold implements BlockFold<InformationSums> {
  private static final int TILE = 256;

  private final InformationKernel kernel;
  private final Likelihood likelihood;
  private final int margins;
  private final double[][] weights;
  private final double[] offsets;
  private final GramFold[] folds;
  private final double[] packed;
  private final double[] finished;
  private final int[] rows = new int[TILE];
  private final double[][] features;
  private final double[][] scaled;
  private final double[][] weighted;

  /** Margins of the classes; of two, of class 1. */
  private final double[][] classes;

  /** Their probabilities, but for class 0. */
  private final double[][] shares;

  /** Class 0, for all rows. */
  private final int[] first = new int[TILE];

  private final double[] losses = new double[TILE];

  private final double[] rowWeights = new double[TILE];
  private final double[] roots = new double[TILE];
  private final double[][] scratch = new double[3][TILE];

  InformationFold(InformationKernel kernel) {
    this.kernel = kernel;
    likelihood = Likelihood.of(kernel.classes(), TILE);
    Coordinates coordinates = kernel.coordinates();
    weights = new double[coordinates.margins()][];
    offsets = new double[weights.length];
    for (int k = 0; k < weights.length; k++) {
      weights[k] = coordinates.weights(kernel.place(), k);
      offsets[k] = coordinates.offset(kernel.place(), k);
    }
    margins = kernel.classes() - 1;
    folds = new GramFold[margins * (margins + 1) / 2];
    Arrays.setAll(folds, i -> new GramFold(kernel.width()));
    packed = new double[folds[0].packedLength()];
    finished = new double[kernel.size()];
    features = new double[coordinates.elements()][TILE];
    scaled = new double[kernel.width()][TILE];
    weighted = new double[kernel.width()][TILE];
    classes = new double[weights.length][TILE];
    shares = new double[weights.length][TILE];
  }

  @Override
  public void batch(Batch batch) {
    for (int from = 0; from < batch.selected(); from += TILE) {
      int count = Math.min(TILE, batch.selected() - from);
      for (int i = 0; i < count; i++) {
        rows[i] = batch.row(from + i);
        rowWeights[i] = LabelledColumns.weight(batch, rows[i]);
      }
      LabelledColumns.copyFeatures(batch.column(0), rows, count, features);
      scale(count);
      probabilities(count);
      int fold = 0;
      for (int a = 0; a < margins; a++) {
        for (int b = a; b < margins; b++) {
          add(folds[fold++], a, b, count);
        }
      }
    }
  }

  /** Features in coordinates, and a column of ones for the intercept. */
  private void scale(int count) {
    int[] varying = kernel.varying();
    for (int v = 0; v < varying.length; v++) {
      double mean = kernel.coordinates().means()[varying[v]];
      double factor = kernel.coordinates().factors()[varying[v]];
      double[] given = features[varying[v]];
      double[] into = scaled[v];
      for (int i = 0; i < count; i++) {
        into[i] = (given[i] - mean) * factor;
      }
    }
    if (varying.length < scaled.length) {
      Arrays.fill(scaled[varying.length], 0, count, 1.0);
    }
  }

  private void probabilities(int count) {
    for (int k = 0; k < weights.length; k++) {
      double[] margins = classes[k];
      Dot.margins(features, weights[k], 0, count, margins, scratch);
      for (int i = 0; i < count; i++) {
        margins[i] += offsets[k];
      }
    }
    // Of a row of class 0, the slope along the margin of another class is its probability.
    likelihood.losses(classes, 0, first, count, losses, shares);
  }

  private void add(GramFold fold, int a, int b, int count) {
    int base = weights.length == 1 ? 0 : 1;
    double[] one = shares[base + a];
    double[] other = shares[base + b];
    for (int i = 0; i < count; i++) {
      double factor = one[i] * (a == b ? 1 - one[i] : other[i]);
      roots[i] = Math.sqrt(rowWeights[i] * factor);
    }
    for (int j = 0; j < scaled.length; j++) {
      double[] from = scaled[j];
      double[] into = weighted[j];
      for (int i = 0; i < count; i++) {
        into[i] = from[i] * roots[i];
      }
    }
    fold.add(weighted, count);
  }

  @Override
  public void endBlock(InformationSums into) {
    int at = 0;
    int fold = 0;
    for (int a = 0; a < margins; a++) {
      for (int b = a; b < margins; b++) {
        folds[fold++].finish(packed);
        for (double value : packed) {
          finished[at++] = a == b ? value : 0.0 - value;
        }
      }
    }
    into.sums().add(finished);
  }
}
