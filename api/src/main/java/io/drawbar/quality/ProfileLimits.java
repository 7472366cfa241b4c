package io.drawbar.quality;

import java.io.Serializable;

/**
 * What is kept of each column. It is decided by how many columns there are, and by nothing that
 * differs between engines: 8,192 values and 2,048 bins up to 16 columns, fewer of more.
 *
 * @param values how many values are counted one by one
 * @param bins how many ranges numbers are counted in
 */
record ProfileLimits(int values, int bins) implements Serializable {
  private static final int MOST_VALUES = 8192;
  private static final int FEWEST_VALUES = 128;
  private static final int MOST_BINS = 2048;
  private static final int FEWEST_BINS = 64;

  static ProfileLimits of(int columns) {
    return new ProfileLimits(
        share(16 * MOST_VALUES, columns, FEWEST_VALUES, MOST_VALUES),
        share(16 * MOST_BINS, columns, FEWEST_BINS, MOST_BINS));
  }

  private static int share(int all, int columns, int fewest, int most) {
    return Math.min(most, Math.max(fewest, Integer.highestOneBit(all / Math.max(1, columns))));
  }
}
