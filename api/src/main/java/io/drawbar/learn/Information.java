package io.drawbar.learn;

import io.drawbar.HeldDataset;
import io.drawbar.learn.Inference.Standing;
import io.drawbar.math.Cholesky;
import io.drawbar.math.NotPositiveDefiniteException;
import io.drawbar.math.SymmetricScaling;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The standard errors of a logistic regression without a penalty: the roots of the diagonal of the
 * inverse of Fisher's information at the maximum of the likelihood (P. McCullagh, J. A. Nelder,
 * "Generalized Linear Models", 1989, section 4.4), for which the rows are looked at once more.
 *
 * <p>The information is that of the classes after the first in comparison with the first; of more
 * than two classes, coefficients are centred over the classes, and their errors follow from it. A
 * weight counts rows.
 */
final class Information {
  /** Up to so many coefficients, the one look more takes less time than the others together. */
  private static final int FEW = 64;

  /** Nor does it take long where rows times coefficients squared are no more than that. */
  private static final double LITTLE = 0x1p32;

  /** A task sends half of the square. */
  private static final int MOST = 1000;

  /** What of the greatest change along a direction is one, and not what others bring along. */
  private static final double CHANGED = 1.0 / 16;

  /** The same of an intercept, in logarithms of odds, of which rows change by about 1. */
  private static final double CHANGED_INTERCEPT = 1.0 / 4;

  /** Each two margins have a fold of their own; as many as few coefficients may be. */
  private static final long MOST_PAIRS = FEW * (FEW + 1L) / 2;

  private final LogisticRegression trainer;
  private final Coordinates coordinates;

  /** The elements that are not constant, by their number. */
  private final int[] varying;

  private final int margins;

  Information(LogisticRegression trainer, Coordinates coordinates) {
    this.trainer = trainer;
    this.coordinates = coordinates;
    double[] factors = coordinates.factors();
    varying = IntStream.range(0, factors.length).filter(j -> factors[j] > 0).toArray();
    margins = trainer.classes() - 1;
  }

  /** How many numbers a margin has: coefficients that are not constant, and the intercept. */
  private int width() {
    return varying.length + (coordinates.intercept() == Intercept.FITTED ? 1 : 0);
  }

  private Standing standing(Descent end, long rows) {
    if (trainer.l1() > 0 || trainer.l2() > 0) {
      return Standing.PENALISED;
    }
    if (end.ending() == Descent.Ending.NONE) {
      return Standing.UNSETTLED;
    }
    double count = (double) margins * width();
    if (rows <= count || count == 0) {
      return Standing.NO_FREEDOM;
    }
    return isSoon(margins, count, rows) ? Standing.KNOWN : Standing.TOO_MANY;
  }

  /** Whether the errors of so many coefficients of all margins take less than the training. */
  static boolean isSoon(int margins, double count, long rows) {
    boolean isSmall = margins * (margins + 1L) / 2 <= MOST_PAIRS && count <= MOST;
    return isSmall && (count <= FEW || count * count * rows <= LITTLE);
  }

  /** The errors at the end of a training, of which the rows are still held. */
  Inference at(Descent end, HeldDataset rows, List<String> columns, ClassMoments moments) {
    double[] deviations = new double[coordinates.elements()];
    for (int j : varying) {
      deviations[j] = 1 / coordinates.factors()[j];
    }
    Standing standing = standing(end, moments.usable());
    if (standing != Standing.KNOWN) {
      return Inference.without(standing, deviations);
    }
    double[] matrix = matrix(rows, columns, end.base());
    Optional<double[]> direction =
        new FarMaximum(trainer, coordinates, varying, rows, columns, moments)
            .direction(end, matrix, place -> matrix(rows, columns, place));
    int size = margins * width();
    try {
      SymmetricScaling scaling = SymmetricScaling.of(matrix, size);
      Cholesky factor = Cholesky.factor(scaling.scale(matrix), size, NormalEquations.TOLERANCE);
      return inference(scaling, factor, deviations, direction);
    } catch (NotPositiveDefiniteException e) {
      return Inference.without(
          direction.isPresent() ? Standing.UNBOUNDED : Standing.UNDETERMINED, deviations);
    }
  }

  private double[] matrix(HeldDataset rows, List<String> columns, double[] place) {
    return matrix(
        rows.reduce(new InformationKernel(columns, trainer.classes(), coordinates, varying, place))
            .sums()
            .round());
  }

  /** The whole matrix, by rows, of which the upper triangle is set. */
  private double[] matrix(double[] sums) {
    int width = width();
    int size = margins * width;
    double[] matrix = new double[Math.multiplyExact(size, size)];
    int at = 0;
    for (int a = 0; a < margins; a++) {
      for (int b = a; b < margins; b++) {
        for (int i = 0; i < width; i++) {
          for (int j = i; j < width; j++, at++) {
            matrix[(a * width + i) * size + b * width + j] = sums[at];
            if (a < b) {
              matrix[(a * width + j) * size + b * width + i] = sums[at];
            }
          }
        }
      }
    }
    return matrix;
  }

  private Inference inference(
      SymmetricScaling scaling,
      Cholesky factor,
      double[] deviations,
      Optional<double[]> direction) {
    int all = trainer.classes() == 2 ? 1 : trainer.classes();
    int elements = coordinates.elements();
    double[] errors = new double[all * elements];
    Arrays.fill(errors, Double.NaN);
    boolean isFitted = coordinates.intercept() == Intercept.FITTED;
    double[] intercepts = new double[isFitted ? all : 0];
    for (int k = 0; k < all; k++) {
      for (int v = 0; v < varying.length; v++) {
        double[] weights = new double[width()];
        weights[v] = coordinates.factors()[varying[v]];
        errors[k * elements + varying[v]] = error(scaling, factor, weights, k);
      }
      if (isFitted) {
        double[] weights = new double[width()];
        for (int v = 0; v < varying.length; v++) {
          int j = varying[v];
          weights[v] = -coordinates.factors()[j] * coordinates.means()[j];
        }
        weights[varying.length] = 1;
        intercepts[k] = error(scaling, factor, weights, k);
      }
    }
    direction.ifPresent(along -> unbind(along, errors, intercepts));
    return new Inference(
        Standing.KNOWN,
        Inference.list(errors),
        Inference.list(intercepts),
        Double.POSITIVE_INFINITY,
        Inference.list(deviations));
  }

  /** The error of a sum of a margin's coordinates; of several margins, less its mean over all. */
  private double error(SymmetricScaling scaling, Cholesky factor, double[] weights, int margin) {
    double[] all = new double[margins * weights.length];
    for (int m = 0; m < margins; m++) {
      double own = margin == m + 1 ? 1 : 0;
      double share = trainer.classes() == 2 ? 1 : own - 1.0 / trainer.classes();
      for (int i = 0; i < weights.length; i++) {
        all[m * weights.length + i] = share * weights[i];
      }
    }
    return Math.sqrt(factor.inverseForm(scaling.scaleRight(all)));
  }

  /** Makes the errors of those infinite that change along a direction without an end. */
  private void unbind(double[] direction, double[] errors, double[] intercepts) {
    int all = coordinates.margins();
    int elements = coordinates.elements();
    double[][] changes = new double[all][];
    double greatest = 0;
    for (int k = 0; k < all; k++) {
      changes[k] = centred(direction, k);
      for (int j : varying) {
        greatest = Math.max(greatest, Math.abs(changes[k][j]));
      }
    }
    for (int k = 0; k < all; k++) {
      double offset = changes[k][elements];
      for (int j : varying) {
        if (Math.abs(changes[k][j]) >= CHANGED * greatest) {
          errors[k * elements + j] = Double.POSITIVE_INFINITY;
        }
        offset -= changes[k][j] * coordinates.factors()[j] * coordinates.means()[j];
      }
      if (intercepts.length > 0 && Math.abs(offset) >= CHANGED_INTERCEPT) {
        intercepts[k] = Double.POSITIVE_INFINITY;
      }
    }
  }

  /** The coordinates of a margin; of several margins, less their means over all. */
  private double[] centred(double[] direction, int margin) {
    int stride = coordinates.stride();
    double[] own = Arrays.copyOfRange(direction, margin * stride, (margin + 1) * stride);
    for (int k = 0; k < coordinates.margins() && coordinates.margins() > 1; k++) {
      for (int j = 0; j < stride; j++) {
        own[j] -= direction[k * stride + j] / coordinates.margins();
      }
    }
    return own;
  }
}
