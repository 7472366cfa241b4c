package io.drawbar.benchmarks;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;

/**
 * Limited-memory BFGS as a textbook has it (J. Nocedal, S. J. Wright, "Numerical Optimization",
 * 2006, algorithms 7.4 and 3.1): ten pairs, steps halved until the objective falls.
 */
final class Descending {
  private static final int PAIRS = 10;
  private static final int MOST_STEPS = 500;
  private static final int MOST_HALVINGS = 40;
  private static final double PROMISED = 1e-4;
  private static final double DIGITS = 1e-15;

  /** A smooth function. */
  interface Smooth {
    /** Its value at a place; the gradient there goes into the array. */
    double at(double[] place, double[] gradient);
  }

  private record Pair(double[] move, double[] turn, double product) {}

  private Descending() {}

  /** The lowest place, from zeros, up to slopes of the tolerance. */
  static double[] lowest(int size, double tolerance, Smooth function) {
    double[] place = new double[size];
    double[] gradient = new double[size];
    double value = function.at(place, gradient);
    Deque<Pair> pairs = new ArrayDeque<>();
    for (int step = 0; step < MOST_STEPS && largest(gradient) > tolerance; step++) {
      double[] direction = direction(gradient, pairs);
      double slope = dot(direction, gradient);
      double[] next = new double[size];
      double[] nextGradient = new double[size];
      double share = pairs.isEmpty() ? Math.min(1, 1 / Math.sqrt(-slope)) : 1;
      double nextValue = Double.POSITIVE_INFINITY;
      int halvings = 0;
      while (!(nextValue <= value + PROMISED * share * slope) && halvings < MOST_HALVINGS) {
        share = halvings++ == 0 ? share : share / 2;
        for (int i = 0; i < size; i++) {
          next[i] = place[i] + share * direction[i];
        }
        nextValue = function.at(next, nextGradient);
      }
      if (!(value - nextValue > DIGITS * Math.abs(value))) {
        return place; // as low as digits tell
      }
      remember(pairs, minus(next, place), minus(nextGradient, gradient));
      place = next;
      gradient = nextGradient;
      value = nextValue;
    }
    return place;
  }

  private static void remember(Deque<Pair> pairs, double[] move, double[] turn) {
    double product = dot(move, turn);
    if (product > 0) {
      pairs.addLast(new Pair(move, turn, product));
    }
    if (pairs.size() > PAIRS) {
      pairs.removeFirst();
    }
  }

  private static double[] direction(double[] gradient, Deque<Pair> pairs) {
    double[] q = new double[gradient.length];
    addTimes(-1, gradient, q);
    double[] shares = new double[pairs.size()];
    int n = pairs.size();
    for (Iterator<Pair> all = pairs.descendingIterator(); all.hasNext(); ) {
      Pair pair = all.next();
      shares[--n] = dot(pair.move, q) / pair.product;
      addTimes(-shares[n], pair.turn, q);
    }
    if (!pairs.isEmpty()) {
      Pair last = pairs.getLast();
      double scale = last.product / dot(last.turn, last.turn);
      Arrays.setAll(q, i -> q[i] * scale);
    }
    for (Pair pair : pairs) {
      addTimes(shares[n++] - dot(pair.turn, q) / pair.product, pair.move, q);
    }
    return q;
  }

  private static double largest(double[] values) {
    return Arrays.stream(values).map(Math::abs).max().orElse(0);
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static void addTimes(double factor, double[] values, double[] into) {
    for (int i = 0; i < into.length; i++) {
      into[i] += factor * values[i];
    }
  }

  private static double[] minus(double[] a, double[] b) {
    double[] difference = a.clone();
    addTimes(-1, b, difference);
    return difference;
  }
}
