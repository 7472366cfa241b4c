package io.drawbar.learn;

import io.drawbar.column.Batch;
import io.drawbar.column.ColumnVector;
import io.drawbar.column.SparseVectorColumn;
import io.drawbar.column.VectorColumn;
import io.drawbar.iterate.BlockFold;
import io.drawbar.iterate.BlockMemory;
import io.drawbar.math.ColumnLanes;
import io.drawbar.math.CounterRandom;
import io.drawbar.math.Dot;
import io.drawbar.math.ExactSums;
import io.drawbar.math.SparseDot;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Folds blocks into {@link LogisticSums}. Rows come in tiles that stay in the second-level cache:
 * their margins are computed column by column, then losses and slopes row by row, then the gradient
 * column by column; so memory is read once.
 *
 * <p>Margins at the candidate stay with the block. When it has become the base, and losses are
 * tried on the way to the next candidate, they are its beginning: {@code z + t (z' - z)}. A block
 * that has forgotten computes them again, to the same bits.
 *
 * <p>How the loss curves is found out from a few rows, one of so many, which are looked at once
 * more.
 */
final class LogisticFold implements BlockFold<LogisticSums> {
  private static final int TILE_BYTES = 1 << 19;

  /** Of several margins, which go over a tile each: it stays nearer by. */
  private static final int SMALL_TILE_BYTES = 1 << 16;

  private static final int LEAST_TILE = 64;
  private static final int MOST_TILE = 4096;

  /** Rows whose losses and slopes are worked out together, so that they stay in the first cache. */
  private static final int PIECE = 256;

  private static final int LANES = 8;

  /** Margins of a block's rows at the place that was evaluated in a step. */
  private record Margins(int step, double[][] values) {}

  /** What a block keeps: margins at the base, if there are, and at the candidate. */
  private record Kept(Margins base, Margins candidate) {}

  private final Descent state;
  private final Likelihood likelihood;
  private final int elements;
  private final int margins;
  private final int tile;
  private final Plane candidate;
  private final Plane base;
  private final ColumnLanes[] gradient;

  /** Eight lanes each: the slopes along intercepts, the loss, the losses and slopes tried. */
  private final double[] sums;

  private final double[] finished;

  /** Null if the state does not look for it. */
  private final InformationPairs curvature;

  private final int stride;
  private final int[] sampled;
  private final double[] curved;
  private double least = Double.POSITIVE_INFINITY;

  // Of the tile in work.
  private final int[] rows;
  private double[][] slopes;
  private double[][] piece;

  // Of the rows that are worked out together.
  private final int[] labels = new int[PIECE];
  private final double[] weights = new double[PIECE];
  private final double[] losses = new double[PIECE];
  private final double[] along = new double[PIECE];
  private final double[][] slopesOfPiece;
  private final double[][] tried;

  private double[][] scratch = new double[3][0];

  // Of the block in work.
  private BlockMemory memory = BlockMemory.NONE;
  private int ordinal;
  private Margins known;
  private boolean wantsBase;
  private double[][] baseMargins;
  private double[][] candidateMargins;

  /**
   * A fold of many blocks.
   *
   * @param stride of how many rows one is looked at for the curvature: a power of two
   */
  LogisticFold(Coordinates coordinates, int classes, int stride, Descent state) {
    this.state = state;
    this.stride = state.look() == Descent.Look.LOSS_AND_ALL_CURVATURE ? 1 : stride;
    boolean isAtCurvature = state.look().isAtCurvature();
    curvature = isAtCurvature ? pairs(coordinates, classes, state.candidate()) : null;
    curved = new double[isAtCurvature ? LogisticStep.curvatureSums(coordinates) - 1 : 0];
    sampled = new int[isAtCurvature ? InformationPairs.MOST : 0];
    likelihood = Likelihood.of(classes, PIECE);
    elements = coordinates.elements();
    margins = coordinates.margins();
    int bytes = margins == 1 ? TILE_BYTES : SMALL_TILE_BYTES;
    int rowsOfTile = bytes / Double.BYTES / elements & -LEAST_TILE;
    tile = Math.max(LEAST_TILE, Math.min(MOST_TILE, rowsOfTile));
    candidate = new Plane(coordinates, state.candidate());
    base = new Plane(coordinates, state.base());
    gradient = new ColumnLanes[margins];
    Arrays.setAll(gradient, k -> new ColumnLanes(elements));
    sums = new double[(margins + 1 + 2 * state.trials().length) * LANES];
    finished = new double[LogisticStep.mostSums(coordinates)];
    slopesOfPiece = new double[margins][PIECE];
    tried = new double[margins][state.trials().length == 0 ? 0 : PIECE];
    rows = new int[tile];
    slopes = new double[margins][0];
    begin(null);
  }

  private static InformationPairs pairs(Coordinates coordinates, int classes, double[] place) {
    int[] all = IntStream.range(0, coordinates.elements()).toArray();
    return new InformationPairs(coordinates, classes, 0, all, place);
  }

  /** Coefficients and intercepts, one of each for every margin. */
  private static final class Plane {
    final double[][] weights;
    final double[] offsets;
    private SparseDot[] sparse;

    Plane(Coordinates coordinates, double[] place) {
      weights = new double[coordinates.margins()][];
      offsets = new double[weights.length];
      for (int k = 0; k < weights.length; k++) {
        weights[k] = coordinates.weights(place, k);
        offsets[k] = coordinates.offset(place, k);
      }
    }

    double margin(int k, SparseVectorColumn column, int row) {
      if (sparse == null) {
        sparse = Arrays.stream(weights).map(SparseDot::new).toArray(SparseDot[]::new);
      }
      return sparse[k].dot(
          column.indices(), column.values(), column.starts()[row], column.ends()[row]);
    }
  }

  @Override
  public void beginBlock(BlockMemory blockMemory) {
    memory = blockMemory;
    Margins found = null;
    if (memory.take() instanceof Kept kept) {
      if (kept.candidate().step() == state.baseStep()) {
        found = kept.candidate();
      } else if (kept.base() != null && kept.base().step() == state.baseStep()) {
        found = kept.base();
      }
    }
    begin(found);
  }

  private void begin(Margins found) {
    known = found;
    wantsBase = known == null && state.trials().length > 0;
    baseMargins = known == null ? new double[margins][0] : known.values();
    candidateMargins = new double[margins][known == null ? 0 : known.values()[0].length];
    ordinal = 0;
  }

  @Override
  public void batch(Batch batch) {
    if (curvature != null) {
      sample(batch);
    }
    if (state.look().isAtLoss()) {
      look(batch);
    } else {
      ordinal += batch.selected();
    }
  }

  /**
   * Of each run of so many rows of a block, one; which, follows from its number alone. Always the
   * same one would be the same thing each time, where rows take turns.
   */
  private void sample(Batch batch) {
    int count = 0;
    for (int i = 0; i < batch.selected(); i++) {
      int number = ordinal + i;
      if (stride > 1 && (CounterRandom.mix(number / stride + 1) & stride - 1) != number % stride) {
        continue;
      }
      int row = batch.row(i);
      if (LabelledColumns.weight(batch, row) > 0) {
        sampled[count++] = row;
      }
      if (count == sampled.length) {
        curvature.add(batch, sampled, count);
        count = 0;
      }
    }
    curvature.add(batch, sampled, count);
  }

  private void look(Batch batch) {
    ColumnVector features = batch.column(0);
    reserve(ordinal + batch.selected());
    boolean isDirect = batch.selection() == null && features instanceof VectorColumn;
    int indices = isDirect ? batch.rows() : tile;
    if (scratch[0].length < indices) {
      scratch = new double[3][indices];
      slopes = new double[margins][indices];
    }
    for (int from = 0; from < batch.selected(); from += tile) {
      int count = Math.min(tile, batch.selected() - from);
      for (int i = 0; i < count; i++) {
        rows[i] = batch.row(from + i);
      }
      if (features instanceof SparseVectorColumn sparse) {
        sparseTile(batch, sparse, count);
      } else if (isDirect) {
        denseTile(batch, ((VectorColumn) features).elements(), from, count);
      } else {
        if (piece == null) {
          piece = new double[elements][tile];
        }
        LabelledColumns.copyFeatures(features, rows, count, piece);
        denseTile(batch, piece, 0, count);
      }
      ordinal += count;
    }
  }

  private void reserve(int rowsOfBlock) {
    for (int k = 0; k < margins; k++) {
      if (candidateMargins[k].length < rowsOfBlock) {
        candidateMargins[k] = Arrays.copyOf(candidateMargins[k], rowsOfBlock);
      }
      if (wantsBase && baseMargins[k].length < rowsOfBlock) {
        baseMargins[k] = Arrays.copyOf(baseMargins[k], rowsOfBlock);
      }
    }
  }

  private void denseTile(Batch batch, double[][] columns, int from, int count) {
    for (int k = 0; k < margins; k++) {
      if (wantsBase) {
        Dot.margins(columns, base.weights[k], from, from + count, slopes[k], scratch);
        addOffset(slopes[k], from, count, base.offsets[k], baseMargins[k]);
      }
      Dot.margins(columns, candidate.weights[k], from, from + count, slopes[k], scratch);
      addOffset(slopes[k], from, count, candidate.offsets[k], candidateMargins[k]);
    }
    foldRows(batch, from, count);
    for (int k = 0; k < margins; k++) {
      gradient[k].add(columns, slopes[k], from, from + count);
    }
  }

  private void addOffset(double[] values, int from, int count, double offset, double[] into) {
    for (int i = 0; i < count; i++) {
      into[ordinal + i] = values[from + i] + offset;
    }
  }

  private void sparseTile(Batch batch, SparseVectorColumn column, int count) {
    for (int k = 0; k < margins; k++) {
      for (int i = 0; i < count; i++) {
        if (wantsBase) {
          baseMargins[k][ordinal + i] = base.margin(k, column, rows[i]) + base.offsets[k];
        }
        candidateMargins[k][ordinal + i] =
            candidate.margin(k, column, rows[i]) + candidate.offsets[k];
      }
    }
    foldRows(batch, 0, count);
    for (int k = 0; k < margins; k++) {
      for (int i = 0; i < count; i++) {
        int start = column.starts()[rows[i]];
        int end = column.ends()[rows[i]];
        gradient[k].addRow(column.indices(), column.values(), start, end, slopes[k][i]);
      }
    }
  }

  /** Losses and slopes of a tile's rows; the slopes go to the indices that the columns have. */
  private void foldRows(Batch batch, int from, int count) {
    for (int first = 0; first < count; first += PIECE) {
      int some = Math.min(PIECE, count - first);
      for (int i = 0; i < some; i++) {
        labels[i] = (int) LabelledColumns.number(batch.column(1), rows[first + i]);
        weights[i] = LabelledColumns.weight(batch, rows[first + i]);
      }
      foldPiece(ordinal + first, some, from + first);
    }
  }

  /**
   * The same of some of them.
   *
   * @param at the number of the first in the block
   * @param from where its slope goes
   */
  private void foldPiece(int at, int count, int from) {
    likelihood.losses(candidateMargins, at, labels, count, losses, slopesOfPiece);
    weigh(losses, count, losses, 0);
    addToLanes(losses, 0, count, at, margins * LANES);
    for (int k = 0; k < margins; k++) {
      weigh(slopesOfPiece[k], count, slopes[k], from);
      addToLanes(slopes[k], from, count, at, k * LANES);
    }
    // Once a row is on the wrong side, no other can matter.
    for (int i = 0; i < count && least > 0; i++) {
      if (weights[i] > 0) {
        least = Math.min(least, likelihood.lead(candidateMargins, at + i, labels[i]));
      }
    }
    double[] trials = state.trials();
    for (int t = 0; t < trials.length; t++) {
      tryPiece(trials[t], at, count, (margins + 1 + 2 * t) * LANES);
    }
  }

  /** A row that counts nothing may have features that make its loss infinite. */
  private void weigh(double[] values, int count, double[] into, int from) {
    for (int i = 0; i < count; i++) {
      into[from + i] = weights[i] == 0 ? 0 : weights[i] * values[i];
    }
  }

  /** Adds values of rows, of which the first has that number in the block. */
  private void addToLanes(double[] values, int from, int count, int number, int lanes) {
    for (int i = 0; i < count; i++) {
      sums[lanes + (number + i & LANES - 1)] += values[from + i];
    }
  }

  private void tryPiece(double share, int at, int count, int lanes) {
    for (int k = 0; k < margins; k++) {
      double[] begin = baseMargins[k];
      double[] end = candidateMargins[k];
      for (int i = 0; i < count; i++) {
        tried[k][i] = begin[at + i] + share * (end[at + i] - begin[at + i]);
      }
    }
    likelihood.losses(tried, 0, labels, count, losses, slopesOfPiece);
    Arrays.fill(along, 0, count, 0.0);
    for (int k = 0; k < margins; k++) {
      for (int i = 0; i < count; i++) {
        along[i] += slopesOfPiece[k][i] * (candidateMargins[k][at + i] - baseMargins[k][at + i]);
      }
    }
    weigh(losses, count, losses, 0);
    weigh(along, count, along, 0);
    addToLanes(losses, 0, count, at, lanes);
    addToLanes(along, 0, count, at, lanes + LANES);
  }

  @Override
  public void endBlock(LogisticSums into) {
    if (curvature != null) {
      addCurvature(into);
    }
    if (state.look().isAtLoss()) {
      addLoss(into);
      leave();
    }
    begin(null);
  }

  private void addCurvature(LogisticSums into) {
    if (curvature.isEmpty()) {
      return;
    }
    double weight = curvature.finish(curved);
    ExactSums sums = into.curvature(curved.length + 1);
    sums.add(0, weight);
    for (int i = 0; i < curved.length; i++) {
      sums.add(i + 1, curved[i]);
    }
  }

  private void addLoss(LogisticSums into) {
    for (int k = 0; k < margins; k++) {
      gradient[k].finish(finished, k * elements);
    }
    for (int n = 0; n < sums.length / LANES; n++) {
      int at = n * LANES;
      double even = (sums[at] + sums[at + 4]) + (sums[at + 2] + sums[at + 6]);
      double odd = (sums[at + 1] + sums[at + 5]) + (sums[at + 3] + sums[at + 7]);
      finished[margins * elements + n] = even + odd;
    }
    into.sums.add(finished);
    into.least = Math.min(into.least, least);
    Arrays.fill(sums, 0.0);
    least = Double.POSITIVE_INFINITY;
  }

  private void leave() {
    long bytes = 2L * margins * candidateMargins[0].length * Double.BYTES;
    Margins old = wantsBase ? new Margins(state.baseStep(), baseMargins) : known;
    memory.leave(new Kept(old, new Margins(state.step() + 1, candidateMargins)), bytes);
  }
}
