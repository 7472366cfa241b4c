package io.drawbar.math;

import java.util.Arrays;
import java.util.Objects;

/**
 * The Gram matrix X^T X of one block of rows, fed in one or several consecutive pieces.
 *
 * <p>The law: entry (i, j) has the bits of {@link Dot#dot} of columns i and j over all rows of the
 * block, whatever the pieces, the number of columns and the tiling. So it is a function of the two
 * columns alone: lanes by row ordinal, carried across pieces.
 *
 * <p>The result is the upper triangle, packed by rows: (0,0), (0,1), ..., (0,d-1), (1,1), and so
 * on. The state is {@code 4 d (d + 1)} doubles. Reused for block after block; not safe for use by
 * several threads.
 */
public final class GramFold {

  private static final int LANES = Dot.LANES;

  /** Below this many columns, loops along the rows win over loops along the columns. */
  private static final int FEW_COLUMNS = 16;

  /** Rows of one lane that are folded together into the sums. */
  private static final int FUSED = 4;

  /** Transposed rows that stay, with one lane's sums, in the second-level cache. */
  private static final int TRANSPOSED_DOUBLES = 1 << 15;

  /** Rows of the matrix whose sums stay close while transposed rows pass by. */
  private static final int TILE_DOUBLES = 1 << 13;

  private final int columns;

  /**
   * The sums: by lane, then by row i of the matrix; position p of a row is column d - 1 - p. With
   * columns counted from the last, each row of the triangle starts at index 0 like the transposed
   * rows it is made from, and all arrays of the inner loop share one index.
   */
  private final double[][][] lanes;

  private double[][] transposed;
  private int phase;

  /**
   * An empty fold.
   *
   * @throws IllegalArgumentException if {@code columns} is not positive
   */
  public GramFold(int columns) {
    if (columns < 1) {
      throw new IllegalArgumentException("columns is " + columns);
    }
    this.columns = columns;
    lanes = new double[LANES][columns][];
    for (double[][] lane : lanes) {
      for (int i = 0; i < columns; i++) {
        lane[i] = new double[columns - i];
      }
    }
  }

  /** The number of columns, d. */
  public int columns() {
    return columns;
  }

  /** The length of the packed result, d (d + 1) / 2. */
  public int packedLength() {
    return Math.toIntExact((long) columns * (columns + 1) / 2);
  }

  /**
   * Folds the next rows of the block.
   *
   * @param piece one array a column, each with at least {@code rows} elements
   * @throws IllegalArgumentException if there are not d columns
   * @throws IndexOutOfBoundsException if a column is too short
   */
  public void add(double[][] piece, int rows) {
    if (piece.length != columns) {
      throw new IllegalArgumentException(piece.length + " columns for " + columns);
    }
    for (double[] column : piece) {
      Objects.checkFromToIndex(0, rows, column.length);
    }
    if (columns < FEW_COLUMNS) {
      addAlongRows(piece, rows);
    } else {
      addAlongColumns(piece, rows);
    }
    phase = (phase + rows) & (LANES - 1);
  }

  /**
   * Writes the upper triangle of the block's Gram matrix and starts the next block.
   *
   * @param packedOut d (d + 1) / 2 elements, overwritten
   * @throws IllegalArgumentException if it has another length; the fold is then unchanged
   */
  public void finish(double[] packedOut) {
    if (packedOut.length != packedLength()) {
      throw new IllegalArgumentException(
          packedOut.length + " elements for " + packedLength() + " entries");
    }
    int at = 0;
    for (int i = 0; i < columns; i++) {
      for (int p = columns - 1 - i; p >= 0; p--) {
        packedOut[at++] =
            Dot.combine(
                lanes[0][i][p],
                lanes[1][i][p],
                lanes[2][i][p],
                lanes[3][i][p],
                lanes[4][i][p],
                lanes[5][i][p],
                lanes[6][i][p],
                lanes[7][i][p]);
      }
    }
    for (double[][] lane : lanes) {
      for (double[] row : lane) {
        Arrays.fill(row, 0.0);
      }
    }
    phase = 0;
  }

  private void addAlongRows(double[][] piece, int rows) {
    double[] sums = new double[LANES];
    for (int i = 0; i < columns; i++) {
      for (int j = i; j < columns; j++) {
        int p = columns - 1 - j;
        for (int lane = 0; lane < LANES; lane++) {
          sums[lane] = lanes[lane][i][p];
        }
        Dot.accumulate(piece[i], piece[j], 0, rows, sums, phase);
        for (int lane = 0; lane < LANES; lane++) {
          lanes[lane][i][p] = sums[lane];
        }
      }
    }
  }

  /*
   * C2 vectorises no reduction of doubles, so the inner loop must run along something else than
   * rows: along the entries of one row of the matrix. Rows are transposed first, some at a time,
   * which costs d where the fold costs d^2 / 2. Four rows of the same lane are folded at once, so
   * that a sum is read and written once for four products, in the order of the rows; with eight
   * the loop is too big for C2 to unroll, and is left scalar at half the speed.
   */
  private void addAlongColumns(double[][] piece, int rows) {
    int chunk =
        Math.max(LANES * FUSED, Math.min(512, TRANSPOSED_DOUBLES / columns) & -(LANES * FUSED));
    if (transposed == null || transposed.length < Math.min(chunk, rows)) {
      transposed = new double[Math.min(chunk, rows)][columns];
    }
    for (int from = 0; from < rows; ) {
      int count = Math.min(chunk, rows - from);
      transpose(piece, from, count);
      foldTransposed(count, phase + from);
      from += count;
    }
  }

  private void transpose(double[][] piece, int from, int count) {
    int p = 0;
    for (; p < columns - 3; p += 4) {
      double[] a = piece[columns - 1 - p];
      double[] b = piece[columns - 2 - p];
      double[] c = piece[columns - 3 - p];
      double[] d = piece[columns - 4 - p];
      for (int row = 0; row < count; row++) {
        double[] target = transposed[row];
        target[p] = a[from + row];
        target[p + 1] = b[from + row];
        target[p + 2] = c[from + row];
        target[p + 3] = d[from + row];
      }
    }
    for (; p < columns; p++) {
      double[] a = piece[columns - 1 - p];
      for (int row = 0; row < count; row++) {
        transposed[row][p] = a[from + row];
      }
    }
  }

  private void foldTransposed(int count, int firstLane) {
    int tile = Math.max(4, TILE_DOUBLES / columns);
    for (int start = 0; start < Math.min(LANES, count); start++) {
      double[][] sums = lanes[(firstLane + start) & (LANES - 1)];
      for (int i = 0; i < columns; i += tile) {
        foldLane(sums, i, Math.min(columns, i + tile), start, count);
      }
    }
  }

  /** Folds the transposed rows {@code start}, {@code start + 8}, … into some rows of one lane. */
  private void foldLane(double[][] sums, int fromI, int toI, int start, int count) {
    int row = start;
    for (; row < count - (FUSED - 1) * LANES; row += FUSED * LANES) {
      double[] a = transposed[row];
      double[] b = transposed[row + LANES];
      double[] c = transposed[row + 2 * LANES];
      double[] d = transposed[row + 3 * LANES];
      for (int i = fromI; i < toI; i++) {
        foldFour(sums[i], a, b, c, d, columns - i);
      }
    }
    for (; row < count; row += LANES) {
      for (int i = fromI; i < toI; i++) {
        foldOne(sums[i], transposed[row], columns - i);
      }
    }
  }

  private static void foldFour(
      double[] sums, double[] a, double[] b, double[] c, double[] d, int count) {
    // The last position of a row of the triangle is its diagonal: the factor of the whole row.
    int own = count - 1;
    double xa = a[own];
    double xb = b[own];
    double xc = c[own];
    double xd = d[own];
    for (int p = 0; p < count; p++) {
      sums[p] = (((sums[p] + xa * a[p]) + xb * b[p]) + xc * c[p]) + xd * d[p];
    }
  }

  private static void foldOne(double[] sums, double[] row, int count) {
    double x = row[count - 1];
    for (int p = 0; p < count; p++) {
      sums[p] += x * row[p];
    }
  }
}
