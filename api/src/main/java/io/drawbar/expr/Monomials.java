package io.drawbar.expr;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The products of up to {@code degree} of some variables, without the empty one, in the order of
 * Spark's {@code PolynomialExpansion}: by the power of the last variable, then by that of the one
 * before it, and so on. Of x and y, to degree 2: {@code x, x^2, y, x*y, y^2}.
 *
 * <p>Each is an earlier one times its last variable, so {@code x^2*y} is computed as {@code (x * x)
 * * y}: one rounding a factor, in this order.
 */
public final class Monomials {
  /** Most products that there may be: vectors of them are dense where the variables are. */
  public static final int MOST = 10_000;

  private final List<int[]> factors = new ArrayList<>();
  private final int[] parents;

  private Monomials(int variables, int degree) {
    if (count(variables, degree) > MOST) {
      throw new IllegalArgumentException(
          "more than %s products of up to %s of %s variables".formatted(MOST, degree, variables));
    }
    collect(variables - 1, degree, new int[0]);
    Map<List<Integer>, Integer> numbers = new HashMap<>();
    parents = new int[factors.size()];
    for (int i = 0; i < parents.length; i++) {
      List<Integer> all = boxed(factors.get(i), factors.get(i).length);
      numbers.put(all, i);
      parents[i] = numbers.getOrDefault(all.subList(0, all.size() - 1), -1);
    }
  }

  /** The products of this many variables, up to a degree; there are {@link #MOST} at most. */
  public static Monomials of(int variables, int degree) {
    return new Monomials(variables, degree);
  }

  /** How many there are: (variables + degree over degree) - 1; beyond the range of int, that. */
  public static long count(int variables, int degree) {
    long count = 1;
    for (int i = 1; i <= degree; i++) {
      // A product of consecutive numbers, each division leaves no remainder.
      count = count * (variables + (long) i) / i;
      if (count > Integer.MAX_VALUE) {
        return count;
      }
    }
    return count - 1;
  }

  private void collect(int last, int degree, int[] chosen) {
    if (last < 0) {
      if (chosen.length > 0) {
        factors.add(chosen);
      }
      return;
    }
    for (int power = 0; power <= degree; power++) {
      int[] more = new int[power + chosen.length];
      for (int i = 0; i < more.length; i++) {
        more[i] = i < power ? last : chosen[i - power];
      }
      collect(last - 1, degree - power, more);
    }
  }

  private static List<Integer> boxed(int[] numbers, int length) {
    List<Integer> list = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      list.add(numbers[i]);
    }
    return list;
  }

  /** How many products there are. */
  public int size() {
    return parents.length;
  }

  /** The number of the product that this one is a multiple of; -1 if it is a variable itself. */
  public int parent(int product) {
    return parents[product];
  }

  /** The variable that the parent is multiplied by. */
  public int variable(int product) {
    int[] all = factors.get(product);
    return all[all.length - 1];
  }

  /** The product in words, such as {@code age^2*income}. */
  public String name(int product, List<String> variables) {
    int[] all = factors.get(product);
    StringBuilder name = new StringBuilder();
    int at = 0;
    while (at < all.length) {
      int power = 1;
      while (at + power < all.length && all[at + power] == all[at]) {
        power++;
      }
      name.append(name.isEmpty() ? "" : "*").append(variables.get(all[at]));
      name.append(power == 1 ? "" : "^" + power);
      at += power;
    }
    return name.toString();
  }
}
