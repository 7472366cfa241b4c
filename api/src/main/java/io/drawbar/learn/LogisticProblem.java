package io.drawbar.learn;

import io.drawbar.math.Logarithm;
import java.util.ArrayList;
import java.util.List;

/**
 * A logistic regression as something to minimise. It begins where all coefficients are zero and the
 * intercepts give each class its share of the rows; the objective and its gradient there follow
 * from the moments, without a look at the rows.
 */
final class LogisticProblem {
  private static final int ROWS_A_COORDINATE = 128;

  /** So many products and sums are nothing beside a superstep. */
  private static final double WORK = 0x1p28;

  /** A row of a sample takes as long as the slopes of so many, divided by its coordinates. */
  private static final double LOOK = 16;

  private static final int MOST_STRIDE = 64;

  private final LogisticRegression trainer;
  private final ClassMoments moments;
  private final List<String> columns;
  private final Coordinates coordinates;
  private final Penalty penalty;

  LogisticProblem(LogisticRegression trainer, ClassMoments moments, List<String> columns) {
    this.trainer = trainer;
    this.moments = moments;
    this.columns = List.copyOf(columns);
    boolean isCentred = trainer.intercept() == Intercept.FITTED;
    double[] means = new double[moments.elements];
    double[] factors = new double[means.length];
    for (int j = 0; j < means.length; j++) {
      means[j] = isCentred ? moments.mean(j) : 0;
      double deviation = isCentred ? moments.deviation(j) : moments.magnitude(j);
      factors[j] = deviation > 0 ? 1 / deviation : 0;
    }
    int margins = trainer.classes() == 2 ? 1 : trainer.classes();
    coordinates = new Coordinates(margins, means, factors, trainer.intercept());
    penalty = Penalty.of(coordinates, trainer.l1(), trainer.l2(), trainer.scale());
  }

  /** The class that a margin is for. */
  private int classOf(int margin) {
    return trainer.classes() == 2 ? 1 : margin;
  }

  /** The probability of a class at the beginning. */
  private double share(int label) {
    return trainer.intercept() == Intercept.FITTED
        ? moments.weight(label) / moments.weight()
        : 1.0 / trainer.classes();
  }

  LogisticStep superstep() {
    double[] curvature = new double[coordinates.size()];
    for (int i = 0; i < curvature.length; i++) {
      double share = share(classOf(i / coordinates.stride()));
      curvature[i] = share * (1 - share);
    }
    return new LogisticStep(
        trainer.toString(),
        columns,
        trainer.classes(),
        coordinates,
        new QuasiNewton(
            penalty, curvature, trainer.tolerance(), coordinates.size() <= Curvature.MOST),
        moments.weight(),
        trainer.mostSteps(),
        stride());
  }

  /**
   * Of how many rows one says how the loss curves: so many that it takes little time, or about that
   * of a look at all slopes; beside that, a hundred rows for each coordinate are enough.
   */
  private int stride() {
    double size = coordinates.size();
    double most = LOOK * moments.usable() / size;
    double wanted = Math.max(WORK / (size * size), Math.min(ROWS_A_COORDINATE * size, most));
    int stride = 1;
    while (stride < MOST_STRIDE && moments.usable() >= 2 * stride * wanted) {
      stride *= 2;
    }
    return stride;
  }

  Descent start(QuasiNewton descent) {
    double[] place = new double[coordinates.size()];
    double[] sums = new double[coordinates.size()];
    double weight = moments.weight();
    int elements = coordinates.elements();
    for (int k = 0; k < coordinates.margins(); k++) {
      int label = classOf(k);
      for (int j = 0; j < elements; j++) {
        sums[k * elements + j] = share(label) * moments.sum(j) - moments.sum(label, j);
      }
      sums[coordinates.margins() * elements + k] = share(label) * weight - moments.weight(label);
      if (trainer.intercept() == Intercept.FITTED) {
        place[k * coordinates.stride() + elements] = startOf(label);
      }
    }
    double value = nullLoss();
    double[] gradient = coordinates.gradient(sums, weight);
    return descent.start(place, value, gradient);
  }

  Coordinates coordinates() {
    return coordinates;
  }

  /** The mean loss where all coefficients are zero and each class has its share. */
  private double nullLoss() {
    double value = 0;
    for (int c = 0; c < trainer.classes(); c++) {
      value -= moments.weight(c) / moments.weight() * Logarithm.log(share(c));
    }
    return value;
  }

  /** Minus twice the logarithm of the likelihood of all rows without coefficients. */
  double nullDeviance() {
    return 2 * moments.weight() * nullLoss();
  }

  /** Minus twice the logarithm of the likelihood of all rows at the end. */
  double deviance(Descent end) {
    return 2 * moments.weight() * Math.max(0, end.value() - penalty.at(end.base()));
  }

  private double startOf(int label) {
    if (trainer.classes() == 2) {
      return Logarithm.log(share(1)) - Logarithm.log(share(0));
    }
    double mean = 0;
    for (int c = 0; c < trainer.classes(); c++) {
      mean += Logarithm.log(share(c)) / trainer.classes();
    }
    return Logarithm.log(share(label)) - mean;
  }

  /** The coefficients of features as they are; of more than two classes, class after class. */
  List<Double> coefficients(Descent end) {
    double[][] weights = new double[coordinates.margins()][];
    for (int k = 0; k < weights.length; k++) {
      weights[k] = coordinates.weights(end.base(), k);
    }
    if (trainer.l1() == 0 && trainer.l2() == 0) {
      for (int j = 0; j < coordinates.elements(); j++) {
        centre(weights, j);
      }
    }
    List<Double> all = new ArrayList<>();
    for (double[] some : weights) {
      for (double weight : some) {
        all.add(weight);
      }
    }
    return all;
  }

  /** The intercepts, one a margin. */
  List<Double> intercepts(Descent end) {
    double[][] offsets = new double[coordinates.margins()][1];
    for (int k = 0; k < offsets.length; k++) {
      offsets[k][0] =
          trainer.intercept() == Intercept.FITTED ? coordinates.offset(end.base(), k) : 0;
    }
    centre(offsets, 0);
    List<Double> all = new ArrayList<>();
    for (double[] offset : offsets) {
      all.add(offset[0]);
    }
    return all;
  }

  /**
   * What is the same for all classes changes no probability, and, where no penalty decides, is
   * taken away: a column's mean over the classes becomes zero.
   */
  private static void centre(double[][] weights, int column) {
    if (weights.length == 1) {
      return;
    }
    double mean = 0;
    for (double[] of : weights) {
      mean += of[column] / weights.length;
    }
    for (double[] of : weights) {
      of[column] = of[column] - mean + 0.0;
    }
  }
}
