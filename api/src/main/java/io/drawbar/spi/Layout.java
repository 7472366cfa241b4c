package io.drawbar.spi;

import java.io.Serializable;

/**
 * How a source is cut into units: part of the dataset's definition, never of the engine's.
 *
 * @param leafBytes the length of a leaf of a file in decompressed bytes, at least 1
 * @param leafRows the length of a leaf of records in memory in rows, at least 1
 * @param blockRows the rows of a block as read, at least 1
 */
public record Layout(long leafBytes, int leafRows, int blockRows) implements Serializable {
  public Layout {
    if (leafBytes < 1 || leafRows < 1 || blockRows < 1) {
      throw new IllegalArgumentException(
          "leaf bytes, leaf rows and block rows are at least 1: %s, %s, %s"
              .formatted(leafBytes, leafRows, blockRows));
    }
  }
}
