package io.drawbar.learn;

import io.drawbar.column.Batch;
import io.drawbar.iterate.BlockFold;
import io.drawbar.math.ColumnLanes;
import io.drawbar.math.Dot;
import java.util.Arrays;

/** Folds blocks into {@link NewtonSums}: rows in tiles, laid out by column, dense or sparse. */
final class NewtonFold implements BlockFold<NewtonSums> {
  private static final int TILE = 256;

  private final Likelihood likelihood;
  private final int elements;
  private final int margins;
  private final double[][] weights;
  private final double[] offsets;
  private final double[][] weightsOfStep;
  private final double[] offsetsOfStep;
  private final ColumnLanes[] slopes;
  private final ColumnLanes along;
  private final double[] finished;
  private double greatest = Double.NEGATIVE_INFINITY;

  // Of the tile in work.
  private final int[] rows = new int[TILE];
  private final int[] labels = new int[TILE];
  private final double[] rowWeights = new double[TILE];
  private final double[] losses = new double[TILE];
  private final double[][] features;
  private final double[][] place;
  private final double[][] step;
  private final double[][] slopesOfTile;
  private final double[][] scratch = new double[3][TILE];

  NewtonFold(NewtonKernel kernel) {
    likelihood = Likelihood.of(kernel.classes(), TILE);
    Coordinates coordinates = kernel.coordinates();
    elements = coordinates.elements();
    margins = coordinates.margins();
    weights = new double[margins][];
    offsets = new double[margins];
    weightsOfStep = new double[margins][];
    offsetsOfStep = new double[margins];
    for (int k = 0; k < margins; k++) {
      weights[k] = coordinates.weights(kernel.place(), k);
      offsets[k] = coordinates.offset(kernel.place(), k);
      weightsOfStep[k] = coordinates.weights(kernel.step(), k);
      offsetsOfStep[k] = coordinates.offset(kernel.step(), k);
    }
    slopes = new ColumnLanes[margins];
    Arrays.setAll(slopes, k -> new ColumnLanes(elements));
    along = new ColumnLanes(margins);
    finished = new double[kernel.size()];
    features = new double[elements][TILE];
    place = new double[margins][TILE];
    step = new double[margins][TILE];
    slopesOfTile = new double[margins][TILE];
  }

  @Override
  public void batch(Batch batch) {
    for (int from = 0; from < batch.selected(); from += TILE) {
      int count = Math.min(TILE, batch.selected() - from);
      for (int i = 0; i < count; i++) {
        rows[i] = batch.row(from + i);
        labels[i] = (int) LabelledColumns.number(batch.column(1), rows[i]);
        rowWeights[i] = LabelledColumns.weight(batch, rows[i]);
      }
      LabelledColumns.copyFeatures(batch.column(0), rows, count, features);
      for (int k = 0; k < margins; k++) {
        margins(weights[k], offsets[k], count, place[k]);
        margins(weightsOfStep[k], offsetsOfStep[k], count, step[k]);
      }
      leads(count);
      fold(count);
    }
  }

  private void margins(double[] of, double offset, int count, double[] into) {
    Dot.margins(features, of, 0, count, into, scratch);
    for (int i = 0; i < count; i++) {
      into[i] += offset;
    }
  }

  private void leads(int count) {
    for (int i = 0; i < count; i++) {
      if (rowWeights[i] > 0) {
        greatest = Math.max(greatest, lead(i));
      }
    }
  }

  /** By how much the lead of a row's class before any other grows. */
  private double lead(int row) {
    if (margins == 1) {
      return labels[row] == 0 ? -step[0][row] : step[0][row];
    }
    double least = Double.POSITIVE_INFINITY;
    for (double[] margin : step) {
      least = Math.min(least, margin[row]);
    }
    return step[labels[row]][row] - least;
  }

  private void fold(int count) {
    for (int k = 0; k < margins; k++) {
      for (int i = 0; i < count; i++) {
        place[k][i] += step[k][i];
      }
    }
    likelihood.losses(place, 0, labels, count, losses, slopesOfTile);
    along.add(slopesOfTile, rowWeights, 0, count);
    for (int k = 0; k < margins; k++) {
      for (int i = 0; i < count; i++) {
        slopesOfTile[k][i] *= rowWeights[i];
      }
      slopes[k].add(features, slopesOfTile[k], 0, count);
    }
  }

  @Override
  public void endBlock(NewtonSums into) {
    for (int k = 0; k < margins; k++) {
      slopes[k].finish(finished, k * elements);
    }
    along.finish(finished, margins * elements);
    into.sums.add(finished);
    into.greatest = Math.max(into.greatest, greatest);
    greatest = Double.NEGATIVE_INFINITY;
  }
}
