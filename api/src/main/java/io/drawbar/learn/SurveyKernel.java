package io.drawbar.learn;

import io.drawbar.column.Batch;
import io.drawbar.iterate.BlockFold;
import io.drawbar.iterate.LeafKernel;
import java.io.DataInput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * Looks for rows that cannot be learned from.
 *
 * @param features the vector column
 * @param elements how many it has
 */
record SurveyKernel(String features, int elements) implements LeafKernel<FeatureSurvey> {
  private static final long serialVersionUID = 1;

  /** The square of the difference of two such values, times any number of elements, is finite. */
  static final double MOST = 1e150;

  @Override
  public List<String> columns() {
    return List.of(features);
  }

  @Override
  public FeatureSurvey identity() {
    return new FeatureSurvey(elements);
  }

  @Override
  public BlockFold<FeatureSurvey> open() {
    return new Fold(elements);
  }

  @Override
  public FeatureSurvey decode(DataInput in) throws IOException {
    return FeatureSurvey.decode(in, elements);
  }

  private static final class Fold implements BlockFold<FeatureSurvey> {
    private final int elements;
    private final FeatureTile tile;
    private final double[] largest;
    private FeatureSurvey block;

    Fold(int elements) {
      this.elements = elements;
      tile = new FeatureTile(elements);
      largest = new double[tile.most()];
      block = new FeatureSurvey(elements);
    }

    @Override
    public void batch(Batch batch) {
      for (int from = 0; from < batch.selected(); from += tile.most()) {
        int count = tile.fill(batch, 0, from);
        block.defects().rows += tile.nulls();
        block.defects().nullFeatures += tile.nulls();
        Arrays.fill(largest, 0, count, 0.0);
        for (double[] column : tile.columns) {
          raise(column, largest, count);
        }
        for (int i = 0; i < count; i++) {
          // Not finite, if NaN.
          if (largest[i] <= MOST) {
            block.addRows(1);
          } else {
            inspect(i);
          }
        }
      }
    }

    private static void raise(double[] values, double[] largest, int count) {
      for (int i = 0; i < count; i++) {
        largest[i] = Math.max(largest[i], Math.abs(values[i]));
      }
    }

    private void inspect(int row) {
      boolean isFinite = true;
      for (int j = 0; j < elements; j++) {
        double value = tile.columns[j][row];
        isFinite &= Math.abs(value) <= Double.MAX_VALUE;
        block.defects().inspect(j, value);
        if (Math.abs(value) > MOST && Math.abs(value) <= Double.MAX_VALUE) {
          block.addLarge(j);
        }
      }
      if (isFinite) {
        block.addRows(1);
      } else {
        block.defects().rows++;
      }
    }

    @Override
    public void endBlock(FeatureSurvey into) {
      into.merge(block);
      block = new FeatureSurvey(elements);
    }
  }
}
