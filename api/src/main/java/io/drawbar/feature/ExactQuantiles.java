package io.drawbar.feature;

import io.drawbar.HeldDataset;
import io.drawbar.math.OrderedBits;
import java.util.Arrays;
import java.util.List;

/**
 * Exact quantiles, by nearest rank: of n values, the quantile i/k is the one of rank {@code ceil(n
 * i / k)}, counted from 1, in ascending order. So it is a value that is there, the least that has
 * the share i/k of all at or below it; the median of an even number is the lower of the two in the
 * middle.
 *
 * <p>Values are taken as 64 bits in their order ({@link OrderedBits}). A pass over the rows counts
 * the first 16 of them; that tells which first bits the wanted ranks have, and the next pass counts
 * the 16 after those, of the values that begin so: four passes find all 64, whatever the
 * distribution, and no rows are moved or sorted. Counters are limited to 2^20 in a pass; where that
 * is less than 2^16 for each quantile of each element, passes take fewer bits and are more.
 */
final class ExactQuantiles {
  /** More quantiles of more elements are not looked for at once. */
  static final int MOST = 1 << 15;

  private static final int MOST_COUNTERS = 1 << 20;
  private static final int MOST_DIGITS = 16;

  private final List<String> columns;
  private final long[] wanted;
  private final long parts;

  private final long[] present;
  private DigitCounts first;

  /** The first bits of each quantile of each element, and its rank among values that have them. */
  private final long[][] found;

  private final long[][] ranks;
  private int known;

  private ExactQuantiles(List<String> columns, int elements, long[] wanted, long parts) {
    if ((long) elements * wanted.length > MOST) {
      throw new IllegalArgumentException(
          "%s quantiles of %s elements; %s at most".formatted(wanted.length, elements, MOST));
    }
    this.columns = columns;
    this.wanted = wanted;
    this.parts = parts;
    present = new long[elements];
    found = new long[elements][wanted.length];
    ranks = new long[elements][wanted.length];
  }

  /**
   * Finds quantiles.
   *
   * @param rows the columns, held
   * @param columns LONG, DOUBLE or vector columns; nulls and NaN are passed over, and counted
   * @param elements how many elements they have, a column that is no vector being one
   * @param wanted numbers of quantiles, each from 1 to {@code parts} - 1
   * @param parts into how many equal parts they divide
   */
  static ExactQuantiles of(
      HeldDataset rows, List<String> columns, int elements, long[] wanted, long parts) {
    ExactQuantiles quantiles = new ExactQuantiles(columns, elements, wanted, parts);
    while (quantiles.known < 64) {
      quantiles.narrow(rows);
    }
    return quantiles;
  }

  private void narrow(HeldDataset rows) {
    long[][] prefixes = new long[present.length][];
    int ranges = 0;
    for (int i = 0; i < prefixes.length; i++) {
      prefixes[i] =
          known == 0 ? new long[1] : Arrays.stream(found[i]).sorted().distinct().toArray();
      ranges += prefixes[i].length;
    }
    int fitting = 31 - Integer.numberOfLeadingZeros(MOST_COUNTERS / ranges);
    int digits = Math.min(Math.min(MOST_DIGITS, fitting), 64 - known);
    DigitKernel kernel = new DigitKernel(columns, known, digits, prefixes);
    DigitCounts counts = rows.reduce(kernel);
    if (known == 0) {
      first = counts;
      rank(digits);
    }
    int[] firstCounters = kernel.firstCounters();
    for (int i = 0; i < present.length; i++) {
      for (int q = 0; present[i] > 0 && q < wanted.length; q++) {
        int range = known == 0 ? 0 : Arrays.binarySearch(prefixes[i], found[i][q]);
        narrow(i, q, counts, firstCounters[i] + (range << digits), digits);
      }
    }
    known += digits;
  }

  private void rank(int digits) {
    for (int i = 0; i < present.length; i++) {
      for (int digit = 0; digit < (1 << digits); digit++) {
        present[i] += first.count((i << digits) + digit);
      }
      for (int q = 0; q < wanted.length; q++) {
        ranks[i][q] = Math.addExact(Math.multiplyExact(present[i], wanted[q]), parts - 1) / parts;
      }
    }
  }

  private void narrow(int element, int quantile, DigitCounts counts, int counter, int digits) {
    int digit = 0;
    while (ranks[element][quantile] > counts.count(counter + digit)) {
      ranks[element][quantile] -= counts.count(counter + digit);
      digit++;
    }
    found[element][quantile] = (found[element][quantile] << digits) | digit;
  }

  /** How many values of an element there are, without nulls and NaN. */
  long present(int element) {
    return present[element];
  }

  long nulls(int element) {
    return first.nulls(element);
  }

  /** Whether all values of an element, except for nulls, are finite. */
  boolean isFinite(int element) {
    return first.notNumbers(element) == 0 && first.infinities(element) == 0;
  }

  long notNumbers(int element) {
    return first.notNumbers(element);
  }

  long infinities(int element) {
    return first.infinities(element);
  }

  /** A quantile of an element that is DOUBLE and has values; never -0.0. */
  double toDouble(int element, int quantile) {
    return OrderedBits.toDouble(found[element][quantile]);
  }

  /** A quantile of an element that is LONG and has values. */
  long toLong(int element, int quantile) {
    return OrderedBits.toLong(found[element][quantile]);
  }
}
