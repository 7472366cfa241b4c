/**
 * What a trainer is made of: a {@link io.drawbar.iterate.LeafKernel kernel} folds each block of
 * rows, in order and in plain doubles, into a {@link io.drawbar.iterate.Partial partial}; partials
 * merge exactly.
 *
 * <p>Inside a block, order; between blocks, exactness. A fold over a block is fast and a function
 * of the block alone, because a block is cut from the data and never by an engine. What leaves a
 * block merges exactly, so nobody needs to know who merged what, when, or in which tree: every
 * engine uses its own reduction, at any parallelism, and the trained model has the same bits.
 *
 * <p>{@link io.drawbar.iterate.FingerprintedKernel} makes of any kernel one that also takes a
 * {@link io.drawbar.iterate.DataFingerprint} of the rows it sees, for the model's provenance.
 *
 * <p>The test kit's {@code PartialLaws} holds a partial to this: merged in random orders and trees,
 * split and merged, through its own bytes.
 */
package io.drawbar.iterate;
