package io.drawbar.iterate;

import java.io.DataOutput;
import java.io.IOException;

/**
 * What is known of some blocks. Merging is exactly commutative and associative (exact sums,
 * integers, minima, top-k by value and id): partials of the same blocks, merged in any tree, end in
 * the same result to the bit. Everything else in the library that could have an order relies on it.
 *
 * @param <P> the type itself
 */
public interface Partial<P extends Partial<P>> {
  /** Adds the blocks of another partial, which is not used afterwards. */
  void merge(P other);

  /** Writes the partial; equal results may have different bytes. */
  void encode(DataOutput out) throws IOException;
}
