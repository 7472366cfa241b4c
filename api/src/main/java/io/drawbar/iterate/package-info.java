/**
 * What a trainer is made of: a {@link io.drawbar.iterate.LeafKernel kernel} folds each block of
 * rows, in order and in plain doubles, into a {@link io.drawbar.iterate.Partial partial}; partials
 * merge exactly, which takes no more of a kernel than its {@link io.drawbar.iterate.PartialForm}.
 *
 * <p>Inside a block, order; between blocks, exactness. A fold over a block is fast and a function
 * of the block alone, because a block is cut from the data and never by an engine. What leaves a
 * block merges exactly, so nobody needs to know who merged what, when, or in which tree: every
 * engine uses its own reduction, at any parallelism, and the trained model has the same bits.
 *
 * <h2>Once</h2>
 *
 * <p>{@code dataset.reduce(kernel)} goes over the rows once. {@link
 * io.drawbar.iterate.FingerprintedKernel} makes of any kernel one that also takes a {@link
 * io.drawbar.iterate.DataFingerprint} of the rows it sees, for the model's provenance.
 *
 * <h2>Again and again</h2>
 *
 * <p>A {@link io.drawbar.iterate.Superstep} is a kernel that is given a state, and makes the next
 * state of the partial of all rows: a gradient step, a round of k-means. {@code dataset.hold(...)}
 * reads the rows once and keeps them, decoded, near the workers; any number of kernels and
 * supersteps then go over them:
 *
 * <pre>{@code
 * try (HeldDataset rows = training.hold(List.of("features", "label"))) {
 *   Slope first = rows.reduce(kernel);
 *   Weights end = rows.iterate(new HuberRegression("features", "label", 10, 1.5, 100), zero);
 *   Provenance.of(trainer, training, List.of("features", "label"), rows.data());
 * }
 * }</pre>
 *
 * <p>The whole of a superstep is its state with a codec, its partial with a codec, a fold and
 * {@code next}. A robust regression, for one:
 *
 * <pre>{@code
 * record HuberRegression(String features, String label, int elements, double threshold, int most)
 *     implements Superstep<Weights, Slope> {
 *   record Weights(double[] values, int supersteps, double loss, boolean settled) {}
 *
 *   static final class Slope implements Partial<Slope> {       // what leaves a block
 *     final ExactSums sums;                                    // gradient, loss, curvature: exact
 *     public void merge(Slope other) { sums.merge(other.sums); }
 *     public void encode(DataOutput out) throws IOException { sums.encode(out); }
 *   }
 *
 *   public BlockFold<Slope> open(Weights state) { ... }        // plain doubles, in order of the rows
 *   public Weights next(Weights state, Slope total) { ... }    // one step down the gradient
 *   public boolean isDone(Weights state) {
 *     return state.settled() || state.supersteps() == most;
 *   }
 *   ...                                                        // encode and decode, both
 * }
 * }</pre>
 *
 * <p>The test kit has it whole ({@code HuberRegression}), and the contract runs it on every engine.
 *
 * <p>Where the rows are is nobody's business but the library's: little data comes to the program's
 * process ({@code drawbar.gather.bytes}); more stays with the workers of the engine, in memory and
 * beyond it on disk; an engine that keeps nothing runs a job a superstep over a cache. What a fold
 * would like to remember of a block until the next superstep, it leaves in its {@link
 * io.drawbar.iterate.BlockMemory}, which may forget.
 *
 * <h2>Broken off, taken up</h2>
 *
 * <p>With {@code drawbar.checkpoint.folder} the state is put down every so many supersteps or
 * seconds. Who trains the same again, of the same rows, goes on from there, on any engine, and ends
 * with the same bits: a state is all there is, and {@code next} is a function. What tells a
 * training from others is {@link io.drawbar.iterate.Superstep#describe}, the first state, the
 * fingerprint of the rows, and how they are cut into blocks and ordered in them, which one more
 * pass finds out: the same rows in another order end with other last bits.
 *
 * <p>A person may end a training earlier ({@code SuperstepProgress.end}): with the next state that
 * is a result, which a superstep says by {@link io.drawbar.iterate.Superstep#mayEnd}. How long it
 * takes yet is estimated from how far the state is from its end, {@link
 * io.drawbar.iterate.Superstep#distance}, where it can tell.
 *
 * <h2>Held to it</h2>
 *
 * <p>The test kit's {@code PartialLaws} holds a partial to its law: merged in random orders and
 * trees, split and merged, through its own bytes.
 */
package io.drawbar.iterate;
