package io.drawbar.learn;

import io.drawbar.column.Batch;
import io.drawbar.column.ColumnVector;
import io.drawbar.column.SparseVectorColumn;
import io.drawbar.column.VectorColumn;
import io.drawbar.iterate.BlockFold;
import io.drawbar.iterate.BlockMemory;
import io.drawbar.math.ColumnLanes;
import io.drawbar.math.Dot;
import io.drawbar.math.SparseDot;
import java.util.Arrays;

/**
 * Folds blocks into {@link LogisticSums}. Rows come in tiles that stay in the second-level cache:
 * their margins are computed column by column, then losses and slopes row by row, then the gradient
 * column by column; so memory is read once.
 *
 * <p>Margins at the candidate stay with the block. When it has become the base, and losses are
 * tried on the way to the next candidate, they are its beginning: {@code z + t (z' - z)}. A block
 * that has forgotten computes them again, to the same bits.
 */
final class LogisticFold implements BlockFold<LogisticSums> {
  private static final int TILE_BYTES = 1 << 19;
  private static final int LEAST_TILE = 64;
  private static final int MOST_TILE = 4096;
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

  private final double[] z;
  private final double[] tried;
  private final double[] slope;
  private final double[] triedSlope;
  private final double[] finished;
  private double least = Double.POSITIVE_INFINITY;

  // Of the tile in work.
  private final int[] rows;
  private double[][] slopes;
  private double[][] piece;
  private double[][] scratch = new double[3][0];

  // Of the block in work.
  private BlockMemory memory = BlockMemory.NONE;
  private int ordinal;
  private Margins known;
  private boolean wantsBase;
  private double[][] baseMargins;
  private double[][] candidateMargins;

  LogisticFold(Coordinates coordinates, int classes, Descent state) {
    this.state = state;
    likelihood = Likelihood.of(classes);
    elements = coordinates.elements();
    margins = coordinates.margins();
    int rowsOfTile = TILE_BYTES / Double.BYTES / elements & -LEAST_TILE;
    tile = Math.max(LEAST_TILE, Math.min(MOST_TILE, rowsOfTile));
    candidate = new Plane(coordinates, state.candidate());
    base = new Plane(coordinates, state.base());
    gradient = new ColumnLanes[margins];
    Arrays.setAll(gradient, k -> new ColumnLanes(elements));
    sums = new double[(margins + 1 + 2 * state.trials().length) * LANES];
    finished = new double[LogisticStep.mostSums(coordinates)];
    z = new double[margins];
    tried = new double[margins];
    slope = new double[margins];
    triedSlope = new double[margins];
    rows = new int[tile];
    slopes = new double[margins][0];
    begin(null);
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
    ColumnVector labels = batch.column(1);
    double[] trials = state.trials();
    for (int i = 0; i < count; i++) {
      int label = (int) LabelledColumns.number(labels, rows[i]);
      double weight = LabelledColumns.weight(batch, rows[i]);
      int lane = ordinal + i & LANES - 1;
      for (int k = 0; k < margins; k++) {
        z[k] = candidateMargins[k][ordinal + i];
      }
      double loss = likelihood.loss(z, label, slope);
      sums[margins * LANES + lane] += weight * loss;
      for (int k = 0; k < margins; k++) {
        double weighted = weight * slope[k];
        slopes[k][from + i] = weighted;
        sums[k * LANES + lane] += weighted;
      }
      if (weight > 0) {
        least = Math.min(least, likelihood.lead(z, label));
      }
      for (int t = 0; t < trials.length; t++) {
        tryRow(trials[t], ordinal + i, label, weight, (margins + 1 + 2 * t) * LANES + lane);
      }
    }
  }

  private void tryRow(double share, int row, int label, double weight, int at) {
    for (int k = 0; k < margins; k++) {
      double begin = baseMargins[k][row];
      tried[k] = begin + share * (candidateMargins[k][row] - begin);
    }
    sums[at] += weight * likelihood.loss(tried, label, triedSlope);
    double along = 0;
    for (int k = 0; k < margins; k++) {
      along += triedSlope[k] * (candidateMargins[k][row] - baseMargins[k][row]);
    }
    sums[at + LANES] += weight * along;
  }

  @Override
  public void endBlock(LogisticSums into) {
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
    leave();
    begin(null);
  }

  private void leave() {
    long bytes = 2L * margins * candidateMargins[0].length * Double.BYTES;
    Margins old = wantsBase ? new Margins(state.baseStep(), baseMargins) : known;
    memory.leave(new Kept(old, new Margins(state.step() + 1, candidateMargins)), bytes);
  }
}
