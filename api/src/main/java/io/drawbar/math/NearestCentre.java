package io.drawbar.math;

import java.util.Arrays;

/**
 * Finds, for rows of a block, the nearest of some centres, by the squared distance of Euclid.
 *
 * <p>The law: the distance of a row and a centre is the sum of {@code (x_j - c_j)^2} over the
 * elements j, each operation rounded to double, in the eight lanes of {@link Dot}; of centres that
 * are equally near, the one with the lowest index is nearest. So what is found for a row depends on
 * the row and the centres alone, and is the same for one row and for many. The shorter way, {@code
 * x x - 2 x c + c c}, would lose the digits of points that are near to each other and far from
 * zero.
 *
 * <p>Rows come in tiles: one array an element, of at most {@link #rowsAtOnce} rows, so that what is
 * read once for each centre stays in the cache. Holds scratch space: not safe for use by several
 * threads.
 */
public final class NearestCentre {
  /** Doubles of a tile: half of a second-level cache. */
  private static final int TILE_DOUBLES = 1 << 14;

  private static final int MOST_ROWS = 256;
  private static final int FEWEST_ROWS = 16;

  /** Centres whose distances are kept until it is known which is nearest. */
  private static final int GROUP = 16;

  private final double[][] centres;
  private final int elements;
  private final double[][] distances;
  private final double[][] lanes;
  private final double[] before;

  /** For rows of which nothing is known. */
  private final int[] noGuesses;

  /** What lanes start from. */
  private final double[] zeros;

  private final LanePairs pairs;

  /** By element: that of each centre. */
  private final double[][] byElement;

  /**
   * Some centres.
   *
   * @param centres at least one, each of as many elements, at least one, none of them NaN or
   *     infinite; not copied
   */
  public NearestCentre(double[][] centres) {
    if (centres.length == 0 || centres[0].length == 0) {
      throw new IllegalArgumentException("no centres, or centres without elements");
    }
    this.centres = centres;
    elements = centres[0].length;
    for (double[] centre : centres) {
      if (centre.length != elements) {
        throw new IllegalArgumentException(
            "a centre of %s elements beside one of %s".formatted(centre.length, elements));
      }
    }
    int rows = rowsAtOnce(elements);
    distances = new double[Math.min(GROUP, centres.length)][rows];
    lanes = new double[Dot.LANES][rows];
    before = new double[rows];
    zeros = new double[rows];
    noGuesses = new int[rows];
    Arrays.fill(noGuesses, -1);
    pairs = new LanePairs(rows);
    byElement = new double[elements][centres.length];
    for (int j = 0; j < elements; j++) {
      for (int c = 0; c < centres.length; c++) {
        byElement[j][c] = centres[c][j];
      }
    }
  }

  /** How many rows of so many elements make a tile, at most. */
  public static int rowsAtOnce(int elements) {
    return Math.max(FEWEST_ROWS, Math.min(MOST_ROWS, TILE_DOUBLES / elements));
  }

  /** The squared distance of two points of as many elements. */
  public static double squaredDistance(double[] a, double[] b) {
    double[] sums = new double[Dot.LANES];
    for (int j = 0; j < a.length; j++) {
      double difference = a[j] - b[j];
      sums[j & (Dot.LANES - 1)] += difference * difference;
    }
    return Dot.combine(sums);
  }

  /** The number of centres. */
  public int size() {
    return centres.length;
  }

  /**
   * Finds the nearest centre of each row of a tile.
   *
   * @param tile one array an element
   * @param rows how many rows of it count, at most {@link #rowsAtOnce}
   * @param nearest becomes the index of the nearest centre, or -1 if an element of the row is NaN
   * @param distance becomes the squared distance to it
   * @param second becomes the least squared distance to another centre, infinite if there is none
   */
  public void find(double[][] tile, int rows, int[] nearest, double[] distance, double[] second) {
    find(tile, rows, noGuesses, nearest, distance, second);
  }

  /**
   * The same, and faster where a centre is known that is likely to be the nearest.
   *
   * @param guesses the index of that centre for each row, or -1; another array than {@code nearest}
   */
  public void find(
      double[][] tile, int rows, int[] guesses, int[] nearest, double[] distance, double[] second) {
    Arrays.fill(distance, 0, rows, Double.POSITIVE_INFINITY);
    Arrays.fill(second, 0, rows, Double.POSITIVE_INFINITY);
    Arrays.fill(nearest, 0, rows, -1);
    for (int from = 0; from < centres.length; from += GROUP) {
      int count = Math.min(GROUP, centres.length - from);
      System.arraycopy(distance, 0, before, 0, rows);
      for (int c = 0; c < count; c++) {
        squaredDistances(tile, centres[from + c], rows, distances[c]);
        lower(distances[c], distance, second, rows);
      }
      name(from, count, rows, guesses, distance, second, nearest);
    }
  }

  /** Takes distances to one more centre into account. */
  private static void lower(double[] found, double[] least, double[] second, int rows) {
    for (int i = 0; i < rows; i++) {
      second[i] = Math.min(second[i], Math.max(least[i], found[i]));
      least[i] = Math.min(least[i], found[i]);
    }
  }

  /** Finds the first centre of a group that has the least distance, if one of it has. */
  private void name(
      int from,
      int count,
      int rows,
      int[] guesses,
      double[] least,
      double[] second,
      int[] nearest) {
    for (int i = 0; i < rows; i++) {
      double wanted = least[i];
      if (wanted < before[i] || from == 0) {
        int guess = guesses[i] - from;
        boolean isInGroup = guess >= 0 && guess < count;
        if (isInGroup && distances[guess][i] == wanted && second[i] > wanted) {
          // No other is as near, so that there is none to be found before it.
          nearest[i] = guesses[i];
          continue;
        }
        int c = 0;
        while (c < count && distances[c][i] != wanted) {
          c++;
        }
        nearest[i] = c < count ? from + c : -1;
      }
    }
  }

  /**
   * The squared distance of each row of a tile to a centre of its own.
   *
   * @param which the index of each row's centre
   */
  public void distances(double[][] tile, int rows, int[] which, double[] out) {
    for (int lane = 0; lane < Dot.LANES; lane++) {
      Arrays.fill(lanes[lane], 0, rows, 0.0);
      int j = lane;
      for (; j < elements - Dot.LANES; j += 2 * Dot.LANES) {
        int k = j + Dot.LANES;
        addOwn(lanes[lane], tile[j], tile[k], byElement[j], byElement[k], which, rows);
      }
      if (j < elements) {
        addOwn(lanes[lane], tile[j], byElement[j], which, rows);
      }
    }
    combine(rows, out);
  }

  private static void addOwn(double[] sums, double[] x, double[] centres, int[] which, int rows) {
    for (int i = 0; i < rows; i++) {
      double difference = x[i] - centres[which[i]];
      sums[i] += difference * difference;
    }
  }

  private static void addOwn(
      double[] sums,
      double[] x,
      double[] y,
      double[] centresX,
      double[] centresY,
      int[] which,
      int rows) {
    for (int i = 0; i < rows; i++) {
      int centre = which[i];
      double dx = x[i] - centresX[centre];
      double dy = y[i] - centresY[centre];
      sums[i] = (sums[i] + dx * dx) + dy * dy;
    }
  }

  /** The squared distance of each row of a tile to one centre. */
  private void squaredDistances(double[][] tile, double[] centre, int rows, double[] out) {
    if (pairs.sum(tile, centre, rows, out)) {
      return;
    }
    for (int lane = 0; lane < Dot.LANES; lane++) {
      lane(tile, centre, lane, rows, lanes[lane]);
    }
    combine(rows, out);
  }

  private void combine(int rows, double[] out) {
    combine(
        lanes[0], lanes[1], lanes[2], lanes[3], lanes[4], lanes[5], lanes[6], lanes[7], rows, out);
  }

  /** The lanes as one number, in the order of {@link Dot}. */
  private static void combine(
      double[] s0,
      double[] s1,
      double[] s2,
      double[] s3,
      double[] s4,
      double[] s5,
      double[] s6,
      double[] s7,
      int rows,
      double[] out) {
    for (int i = 0; i < rows; i++) {
      out[i] = ((s0[i] + s4[i]) + (s2[i] + s6[i])) + ((s1[i] + s5[i]) + (s3[i] + s7[i]));
    }
  }

  /** One lane of all rows; up to four elements a pass, so that sums are read and written less. */
  private void lane(double[][] tile, double[] centre, int lane, int rows, double[] sums) {
    double[] before = zeros;
    int left = (centre.length - lane + Dot.LANES - 1) / Dot.LANES;
    for (int j = lane; left > 0; left -= 4) {
      int k = j + Dot.LANES;
      int l = k + Dot.LANES;
      int m = l + Dot.LANES;
      if (left >= 4) {
        addFour(
            before, sums, tile[j], tile[k], tile[l], tile[m], centre[j], centre[k], centre[l],
            centre[m], rows);
      } else if (left == 3) {
        addThree(before, sums, tile[j], tile[k], tile[l], centre[j], centre[k], centre[l], rows);
      } else if (left == 2) {
        addTwo(before, sums, tile[j], tile[k], centre[j], centre[k], rows);
      } else {
        addOne(before, sums, tile[j], centre[j], rows);
      }
      before = sums;
      j = m + Dot.LANES;
    }
  }

  private static void addFour(
      double[] before,
      double[] sums,
      double[] a,
      double[] b,
      double[] c,
      double[] d,
      double ca,
      double cb,
      double cc,
      double cd,
      int rows) {
    for (int i = 0; i < rows; i++) {
      double da = a[i] - ca;
      double db = b[i] - cb;
      double dc = c[i] - cc;
      double dd = d[i] - cd;
      sums[i] = (((before[i] + da * da) + db * db) + dc * dc) + dd * dd;
    }
  }

  private static void addThree(
      double[] before,
      double[] sums,
      double[] a,
      double[] b,
      double[] c,
      double ca,
      double cb,
      double cc,
      int rows) {
    for (int i = 0; i < rows; i++) {
      double da = a[i] - ca;
      double db = b[i] - cb;
      double dc = c[i] - cc;
      sums[i] = ((before[i] + da * da) + db * db) + dc * dc;
    }
  }

  private static void addTwo(
      double[] before, double[] sums, double[] a, double[] b, double ca, double cb, int rows) {
    for (int i = 0; i < rows; i++) {
      double da = a[i] - ca;
      double db = b[i] - cb;
      sums[i] = (before[i] + da * da) + db * db;
    }
  }

  private static void addOne(double[] before, double[] sums, double[] a, double ca, int rows) {
    for (int i = 0; i < rows; i++) {
      double da = a[i] - ca;
      sums[i] = before[i] + da * da;
    }
  }
}
