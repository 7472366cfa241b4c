package io.drawbar.learn;

import io.drawbar.learn.Descent.Ending;
import io.drawbar.learn.Descent.Look;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The way down a smooth convex loss with a {@link Penalty}, when a look at the rows is dear: each
 * gives the loss and its gradient at one place, the candidate, and the loss and its slope at a few
 * others on the way there.
 *
 * <p>Steps are those of limited-memory BFGS (J. Nocedal, S. J. Wright, "Numerical Optimization",
 * 2006, algorithm 7.4); with magnitudes in the penalty, those of {@link ProximalStep} with the same
 * memory. (Orthant-wise steps, by G. Andrew and J. Gao, 2007, were tried: where features are
 * correlated, most of a step is lost to their projections, and a training took ten times as many.)
 * The candidate is the whole step and nearly always taken. If it is not, slopes at the places tried
 * enclose the lowest point of the way, which is convex, and the next candidate is where a cubic has
 * it.
 *
 * <p>Where there are few coordinates, memory begins with more than their scales: with how the loss
 * curves over some rows, one of so many, so that even the first steps are nearly those of Newton,
 * and an iteration ends after some eight looks instead of twenty (R. H. Byrd, G. M. Chin, W.
 * Neveitt, J. Nocedal, "On the Use of Stochastic Hessian Information in Optimization Methods for
 * Machine Learning", 2011). That is found out at the beginning and again after long steps. Where a
 * sample tells too little, as of features with a few very large values, and {@value #MEMORY} more
 * looks were not enough, it is found out over all rows.
 *
 * @param penalty what coordinates cost
 * @param curvature what the second derivative of the loss is along each coordinate at the beginning
 * @param tolerance the largest slope that counts as none
 * @param looksForCurvature whether looks at rows are to say how the loss curves
 */
record QuasiNewton(Penalty penalty, double[] curvature, double tolerance, boolean looksForCurvature)
    implements Serializable {
  private static final long serialVersionUID = 1;

  /** How many steps are remembered. */
  static final int MEMORY = 10;

  /** No more places than this are tried on a way. */
  static final int MOST_TRIALS = 3;

  /** The first step may be far too long: by as many features as say the same. */
  private static final double[] FIRST_TRIALS = {1.0 / 64, 1.0 / 16, 1.0 / 4};

  /** After a candidate that was no better. */
  private static final double[] SECOND_TRIALS = {1.0 / 4};

  /** As a rule the whole step is good, and a place tried costs a tenth of a look at the rows. */
  private static final double[] NO_TRIALS = {};

  /** What of the descent that the slope promises has to come true. */
  private static final double PROMISED = 1e-4;

  /** Below this share of it, a change of the objective may be rounding. */
  private static final double NOISE = 1e-13;

  private static final int MOST_REJECTED = 20;

  /** With more coordinates, how the loss curves over all rows takes as long as many looks. */
  private static final int FEW = 128;

  /** A step that promises more descent may go where the loss curves otherwise. */
  private static final double LONG = 1e-3;

  /** A place on the way: its share of it, the objective and its slope there. */
  private record Point(double share, double value, double slope) {}

  /** Begins where the objective and the gradient of its smooth part are known. */
  Descent start(double[] place, double value, double[] gradient) {
    double steepness = largest(penalty.steepest(place, gradient));
    Descent start =
        new Descent(
            Ending.NONE,
            0,
            0,
            place,
            value,
            gradient,
            steepness,
            place,
            FIRST_TRIALS,
            0,
            List.of(),
            List.of(),
            List.of(value),
            looksForCurvature ? Look.CURVATURE : Look.LOSS,
            new double[0],
            new double[0]);
    if (steepness <= tolerance) {
      return start.ended(Ending.SETTLED);
    }
    return looksForCurvature ? start : aimed(start);
  }

  /**
   * The next state, after a look at how the loss curves at the beginning.
   *
   * @param corrections of this look and those that follow
   */
  Descent next(Descent state, double[] measured, double[] corrections) {
    Descent next =
        new Descent(
            Ending.NONE,
            state.step() + 1,
            state.baseStep(),
            state.base(),
            state.value(),
            state.gradient(),
            state.steepness(),
            state.base(),
            NO_TRIALS,
            0,
            List.of(),
            List.of(),
            state.followedBy(state.value()),
            Look.CURVATURE,
            measured,
            corrections);
    return aimed(next);
  }

  /**
   * The next state.
   *
   * @param loss at the candidate
   * @param gradient of the loss there
   * @param losses at the trials
   * @param slopes of the loss there, along the way
   * @param measured how the loss curves at the candidate; empty if that was not found out
   */
  Descent next(
      Descent state,
      double loss,
      double[] gradient,
      double[] losses,
      double[] slopes,
      double[] measured) {
    double[] from = state.base();
    double[] to = state.candidate();
    penalty.addSlopes(to, gradient);
    List<Point> way = new ArrayList<>();
    way.add(new Point(0, state.value(), slope(from, to, state.gradient())));
    for (int i = 0; i < losses.length; i++) {
      double share = state.trials()[i];
      double cost = penalty.between(from, to, share);
      way.add(new Point(share, losses[i] + cost, slopes[i] + penalty.slope(from, to, share)));
    }
    Point end = new Point(1, loss + penalty.at(to), slope(from, to, gradient));
    way.add(end);
    if (isAccepted(way)) {
      return accepted(state, end.value(), gradient, measured);
    }
    double share = lowest(way);
    double[] candidate = between(from, to, share);
    boolean isStuck = state.rejected() == MOST_REJECTED || !(share > 0);
    Descent again =
        new Descent(
            isStuck ? Ending.STALLED : Ending.NONE,
            state.step() + 1,
            state.baseStep(),
            from,
            state.value(),
            state.gradient(),
            state.steepness(),
            candidate,
            SECOND_TRIALS,
            state.rejected() + 1,
            state.moves(),
            state.turns(),
            state.followedBy(state.value()),
            Look.LOSS,
            state.curvature(),
            state.corrections());
    return again;
  }

  /** The slope along a way at one of its ends; magnitudes change in proportion on it. */
  private double slope(double[] from, double[] to, double[] gradient) {
    double sum = 0;
    for (int i = 0; i < from.length; i++) {
      sum += gradient[i] * (to[i] - from[i]);
      sum += penalty.l1()[i] * (Math.abs(to[i]) - Math.abs(from[i]));
    }
    return sum;
  }

  private static double[] between(double[] from, double[] to, double share) {
    double[] place = new double[from.length];
    for (int i = 0; i < place.length; i++) {
      place[i] = from[i] + share * (to[i] - from[i]);
    }
    return place;
  }

  /**
   * Whether the end of the way is low enough; where the objective's digits end, the slope tells (W.
   * W. Hager, H. Zhang, "A New Conjugate Gradient Method with Guaranteed Descent and an Efficient
   * Line Search", 2005).
   */
  private static boolean isAccepted(List<Point> way) {
    Point begin = way.get(0);
    Point end = way.get(way.size() - 1);
    double descent = begin.value() - end.value();
    boolean isLower = descent >= -PROMISED * begin.slope();
    boolean isLevel =
        Math.abs(descent) <= NOISE * Math.abs(begin.value())
            && end.slope() <= (2 * PROMISED - 1) * begin.slope();
    boolean isFarFromBest =
        way.stream().anyMatch(p -> begin.value() - p.value() > 10 * Math.abs(descent));
    return isLevel || isLower && !isFarFromBest;
  }

  private Descent accepted(Descent state, double value, double[] gradient, double[] measured) {
    double[] place = state.candidate();
    List<double[]> moves = new ArrayList<>(state.moves());
    List<double[]> turns = new ArrayList<>(state.turns());
    double[] move = minus(place, state.base());
    double[] turn = minus(gradient, state.gradient());
    boolean isMeasured = measured.length > 0;
    if (isMeasured) {
      // What steps before said is older.
      moves.clear();
      turns.clear();
    } else if (dot(move, turn) > 1e-12 * Math.sqrt(dot(move, move) * dot(turn, turn))) {
      moves.add(move);
      turns.add(turn);
    }
    if (moves.size() > MEMORY) {
      moves.remove(0);
      turns.remove(0);
    }
    double steepness = largest(penalty.steepest(place, gradient));
    int step = state.step() + 1;
    Descent next =
        new Descent(
            Ending.NONE,
            step,
            step,
            place,
            value,
            gradient,
            steepness,
            place,
            NO_TRIALS,
            0,
            moves,
            turns,
            state.followedBy(value),
            isMeasured ? state.look() : Look.LOSS,
            isMeasured ? measured : state.curvature(),
            isMeasured && state.look() == Look.LOSS_AND_ALL_CURVATURE
                ? ones()
                : state.corrections());
    return steepness <= tolerance ? next.ended(Ending.SETTLED) : aimed(next);
  }

  /** The same with the whole step from its base as candidate. */
  private Descent aimed(Descent state) {
    List<double[]> moves = state.moves();
    List<double[]> turns = state.turns();
    double[] candidate = step(state, moves, turns);
    if (!(slope(state.base(), candidate, state.gradient()) < 0)) {
      moves = List.of();
      turns = List.of();
      candidate = step(state, moves, turns);
    }
    double slope = slope(state.base(), candidate, state.gradient());
    boolean descends = slope < 0;
    boolean isKnown = state.curvature().length > 0;
    return new Descent(
        descends ? Ending.NONE : Ending.STALLED,
        state.step(),
        state.baseStep(),
        state.base(),
        state.value(),
        state.gradient(),
        state.steepness(),
        candidate,
        moves.isEmpty() && !isKnown ? FIRST_TRIALS : NO_TRIALS,
        state.rejected(),
        moves,
        turns,
        state.values(),
        look(state.look(), -slope > LONG, moves.size()),
        state.curvature(),
        state.corrections());
  }

  /** What is known without steps. */
  private Curvature known(Descent state) {
    double[] squares = penalty.l2();
    if (state.curvature().length == 0) {
      double[] diagonal = curvature.clone();
      for (int i = 0; i < diagonal.length; i++) {
        diagonal[i] += squares[i];
      }
      return new Curvature.Diagonal(diagonal);
    }
    double[] packed = state.curvature().clone();
    double[] corrections = state.corrections();
    for (int i = 0, at = 0; i < curvature.length; i++) {
      double own = corrections[i] > 0 ? 0 : curvature[i];
      for (int j = i; j < curvature.length; j++, at++) {
        packed[at] *= corrections[i] * corrections[j];
        packed[at] += i == j ? own + squares[i] : 0;
        if (!Double.isFinite(packed[at])) {
          return new Curvature.Diagonal(curvature);
        }
      }
    }
    return new Curvature.Full(packed, curvature.length);
  }

  /**
   * What to look for next. After a step that was too long, what steps say is worth more than what a
   * sample does; and when so many of them were not enough, all rows are asked.
   */
  private Look look(Look before, boolean isLong, int steps) {
    if (looksForCurvature && steps == MEMORY && curvature.length <= FEW) {
      return Look.LOSS_AND_ALL_CURVATURE;
    }
    if (!before.isAtCurvature() || !isLong) {
      return Look.LOSS;
    }
    return before == Look.CURVATURE ? Look.LOSS_AND_CURVATURE : before;
  }

  /** Of all rows nothing is to be corrected. */
  double[] ones() {
    double[] ones = new double[curvature.length];
    Arrays.fill(ones, 1.0);
    return ones;
  }

  private double[] step(Descent state, List<double[]> moves, List<double[]> turns) {
    Curvature known = known(state);
    if (penalty.hasMagnitudes()) {
      ProximalStep model = new ProximalStep(known, moves, turns);
      return model.from(state.base(), state.gradient(), penalty.l1());
    }
    double[] place = direction(known, state.gradient(), moves, turns);
    for (int i = 0; i < place.length; i++) {
      place[i] += state.base()[i];
    }
    return place;
  }

  /** Minus the inverse of the curvature, as far as it is known, times the slope. */
  private static double[] direction(
      Curvature known, double[] gradient, List<double[]> moves, List<double[]> turns) {
    double[] q = new double[gradient.length];
    for (int i = 0; i < q.length; i++) {
      q[i] = -gradient[i];
    }
    double[] shares = new double[moves.size()];
    for (int m = moves.size() - 1; m >= 0; m--) {
      shares[m] = dot(moves.get(m), q) / dot(moves.get(m), turns.get(m));
      add(q, turns.get(m), -shares[m]);
    }
    double scale = 1;
    if (!moves.isEmpty() && known instanceof Curvature.Diagonal) {
      double[] turn = turns.get(turns.size() - 1);
      scale = dot(moves.get(moves.size() - 1), turn) / dot(turn, known.solve(turn));
    }
    q = known.solve(q);
    for (int i = 0; i < q.length; i++) {
      q[i] *= scale;
    }
    for (int m = 0; m < moves.size(); m++) {
      double back = dot(turns.get(m), q) / dot(moves.get(m), turns.get(m));
      add(q, moves.get(m), shares[m] - back);
    }
    return q;
  }

  /**
   * Where the way is lowest, between two of its places where the slope changes sign: the lowest
   * point of the cubic with their values and slopes (Nocedal and Wright, equation 3.59), though not
   * too near to either. Zero if it climbs from the beginning.
   */
  private static double lowest(List<Point> way) {
    int i = 1;
    while (i < way.size() - 1 && way.get(i).slope() < 0 && Double.isFinite(way.get(i).value())) {
      i++;
    }
    Point a = way.get(i - 1);
    Point b = way.get(i);
    if (!(a.slope() < 0)) {
      return 0;
    }
    double width = b.share() - a.share();
    double first = a.slope() + b.slope() - 3 * (b.value() - a.value()) / width;
    double second = Math.sqrt(first * first - a.slope() * b.slope());
    double part = 1 - (b.slope() + second - first) / (b.slope() - a.slope() + 2 * second);
    if (!(part >= 0.1 && part <= 0.9)) {
      part = part != part ? 0.5 : part > 0.5 ? 0.9 : 0.1;
    }
    return a.share() + part * width;
  }

  private static double largest(double[] values) {
    double largest = 0;
    for (double value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }

  private static double[] minus(double[] a, double[] b) {
    double[] difference = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      difference[i] = a[i] - b[i];
    }
    return difference;
  }

  private static void add(double[] to, double[] values, double factor) {
    for (int i = 0; i < to.length; i++) {
      to[i] += values[i] * factor;
    }
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
