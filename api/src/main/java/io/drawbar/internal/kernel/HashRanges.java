package io.drawbar.internal.kernel;

import io.drawbar.spi.Unit;
import java.io.Serializable;

/**
 * Which receiver owns which hashes: each has a contiguous range, so that what receivers give is in
 * order when their order is kept, and state can be owned by range.
 *
 * @param granules the ranges that are never cut: 1, a number of parts, or all units; divides {@link
 *     Unit#HASH_UNITS}
 */
record HashRanges(int granules) implements Serializable {
  HashRanges {
    if (granules < 1 || Unit.HASH_UNITS % granules != 0) {
      throw new IllegalArgumentException(granules + " ranges of " + Unit.HASH_UNITS + " units");
    }
  }

  /** The receiver of a hash, of so many. */
  int receiver(long hash, int receivers) {
    return receiverOfUnit(Unit.ofHash(hash), receivers);
  }

  /** The receiver of a unit, of so many. */
  int receiverOfUnit(int unit, int receivers) {
    int granule = unit / (Unit.HASH_UNITS / granules);
    return (int) ((long) granule * receivers / granules);
  }
}
