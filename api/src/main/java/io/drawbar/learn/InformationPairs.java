package io.drawbar.learn;

import io.drawbar.column.Batch;
import io.drawbar.math.Dot;
import io.drawbar.math.GramFold;
import java.util.Arrays;

/**
 * How a logistic loss curves, over rows of a block: of margins a and b the sum of {@code w p_a (1 -
 * p_a) x x^T}, or {@code -w p_a p_b x x^T}, where x is in coordinates, followed by a one for the
 * intercept. It is Fisher's information, too. Rows come some at a time, are laid out by column,
 * dense whatever they were, and each is multiplied by the root of its factor before {@link
 * GramFold} takes it.
 */
final class InformationPairs {
  /** How many rows are taken at a time, at most. */
  static final int MOST = 256;

  private final Coordinates coordinates;
  private final Likelihood likelihood;

  /** The elements that count, ascending. */
  private final int[] varying;

  /** The first margin that counts. */
  private final int first;

  private final int margins;
  private final double[][] weights;
  private final double[] offsets;
  private final GramFold[] folds;
  private final double[] packed;
  private final double[][] features;
  private final double[][] scaled;
  private final double[][] weighted;

  /** Margins of the rows, and the probabilities of their classes. */
  private final double[][] places;

  private final double[][] shares;

  /** Class 0, for all rows. */
  private final int[] labels = new int[MOST];

  private final double[] losses = new double[MOST];
  private final double[] rowWeights = new double[MOST];
  private final double[] roots = new double[MOST];
  private final double[][] scratch = new double[3][MOST];
  private double weight;

  /**
   * Empty sums.
   *
   * @param first the first margin that counts
   * @param varying the elements that count, ascending
   * @param place where
   */
  InformationPairs(Coordinates coordinates, int classes, int first, int[] varying, double[] place) {
    this.coordinates = coordinates;
    this.varying = varying;
    this.first = first;
    likelihood = Likelihood.of(classes, MOST);
    weights = new double[coordinates.margins()][];
    offsets = new double[weights.length];
    for (int k = 0; k < weights.length; k++) {
      weights[k] = coordinates.weights(place, k);
      offsets[k] = coordinates.offset(place, k);
    }
    margins = weights.length - first;
    int width = width(coordinates, varying.length);
    folds = new GramFold[margins * (margins + 1) / 2];
    Arrays.setAll(folds, i -> new GramFold(width));
    packed = new double[folds[0].packedLength()];
    features = new double[coordinates.elements()][MOST];
    scaled = new double[width][MOST];
    weighted = new double[width][MOST];
    places = new double[weights.length][MOST];
    shares = new double[weights.length][MOST];
  }

  /** How many numbers a margin has. */
  static int width(Coordinates coordinates, int varying) {
    return varying + (coordinates.intercept() == Intercept.FITTED ? 1 : 0);
  }

  /** Pairs of margins, times pairs of coefficients, both with themselves. */
  static int size(int margins, int width) {
    return Math.toIntExact(margins * (margins + 1L) / 2 * width * (width + 1L) / 2);
  }

  /** Whether nothing of the block has been added. */
  boolean isEmpty() {
    return weight == 0;
  }

  /** Adds rows of a batch, at most {@link #MOST}. */
  void add(Batch batch, int[] rows, int count) {
    for (int i = 0; i < count; i++) {
      rowWeights[i] = LabelledColumns.weight(batch, rows[i]);
      weight += rowWeights[i];
    }
    LabelledColumns.copyFeatures(batch.column(0), rows, count, features);
    scale(count);
    probabilities(count);
    int fold = 0;
    for (int a = first; a < weights.length; a++) {
      for (int b = a; b < weights.length; b++) {
        add(folds[fold++], a, b, count);
      }
    }
  }

  /** Features in coordinates, and a column of ones for the intercept. */
  private void scale(int count) {
    for (int v = 0; v < varying.length; v++) {
      double mean = coordinates.means()[varying[v]];
      double factor = coordinates.factors()[varying[v]];
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
      double[] margin = places[k];
      Dot.margins(features, weights[k], 0, count, margin, scratch);
      for (int i = 0; i < count; i++) {
        margin[i] += offsets[k];
      }
    }
    // Of a row of class 0, the slope along the margin of another class is its probability.
    likelihood.losses(places, 0, labels, count, losses, shares);
    if (weights.length > 1) {
      for (int i = 0; i < count; i++) {
        shares[0][i] += 1;
      }
    }
  }

  private void add(GramFold fold, int a, int b, int count) {
    double[] one = shares[a];
    double[] other = shares[b];
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

  /**
   * Writes the sums of the block, and begins the next one.
   *
   * @param into gets for each pair of margins, of which the second is not before the first, a
   *     triangle of coefficients, packed by rows
   * @return the weight of the block's rows
   */
  double finish(double[] into) {
    int at = 0;
    int fold = 0;
    for (int a = 0; a < margins; a++) {
      for (int b = a; b < margins; b++) {
        folds[fold++].finish(packed);
        for (double value : packed) {
          into[at++] = a == b ? value : 0.0 - value;
        }
      }
    }
    double all = weight;
    weight = 0;
    return all;
  }
}
