/**
 * Trainers and their models.
 *
 * <h2>Linear regression</h2>
 *
 * <p>{@link io.drawbar.learn.LinearRegression} minimises {@code sum (y - a - b x)^2} by the normal
 * equations {@code C b = c}, where C holds the centred second moments of the features and c those of
 * features and label, and {@code a = mean(y) - b mean(x)}. One pass over the data gives the moments;
 * the rest is a small problem on the driver.
 *
 * <pre>{@code
 * LinearRegressionModel model =
 *     LinearRegression.on("features").predicting("quality").fit(wines);
 * System.out.println(model);            // a table
 * Dataset scored = model.transform(others); // with a column "prediction"
 * }</pre>
 *
 * <h2>Same bits, and the digits</h2>
 *
 * <p>Partial moments meet in an order that nobody controls. Merging them in floating point, pairwise
 * as T. F. Chan, G. H. Golub and R. J. LeVeque teach ("Algorithms for Computing the Sample Variance",
 * 1983), keeps the digits, but the last bits depend on the tree, hence on cores, engine and chance.
 * Merging raw sums of products exactly is free of order, but a raw product rounded in a block has
 * already lost what centring needs: on NIST's Longley data a raw matrix leaves 8 digits. So both
 * ideas are joined:
 *
 * <ol>
 *   <li><em>In a block</em> of n rows: the first usable row, c, is taken from each row, e = x - c.
 *       The sums D of e and M of e e' are plain doubles in the eight lanes of {@link
 *       io.drawbar.math.GramFold}: a function of the block's rows alone.
 *   <li><em>Out of a block</em>: the raw moments {@code M_ij + c_i D_j + D_i c_j + n c_i c_j} and
 *       {@code D_i + n c_i} are never rounded. Every term is added to {@link
 *       io.drawbar.math.ExactSums} as an exact product (Dekker 1971; Shewchuk 1997; {@code n c_i} in
 *       two halves, so that it is exact too). This sum has no order, and it can be subtracted again.
 *   <li><em>On the driver</em>: {@code C_ij = G_ij - s_i s_j / N} from the exact sums, kept to 106
 *       bits. The large means cancel here, where nothing has been rounded yet. What is left is the
 *       rounding inside blocks, relative to deviations and not to values.
 * </ol>
 *
 * <p>Why the first row: a shift needs no more than to be near. If it is k standard deviations of the
 * block away from the block's mean, rounding errors grow by 1 + k^2; no row of n is farther away than
 * the root of n - 1, so that even the worst outlier costs a factor of 4,096, and a usual one 2.
 * Unlike a mean it needs no second pass, and does not depend on how a block is cut into batches.
 *
 * <p>C is scaled to unit diagonal (van der Sluis 1969), factored by {@link io.drawbar.math.Cholesky},
 * and the solution is corrected by its residual, computed exactly, until that gains nothing: about
 * one more solution each, and the factor's own rounding is gone.
 *
 * <p>Held against the certified values of NIST's Statistical Reference Datasets (Longley:
 * https://www.itl.nist.gov/div898/strd/lls/data/Longley.shtml): 11 digits and more in every
 * coefficient with blocks of any size.
 *
 * <h2>What is refused</h2>
 *
 * <ul>
 *   <li>null, NaN and infinite values, counted by kind and element: {@link
 *       io.drawbar.learn.UnusableValueException}; so are values whose squares overflow or underflow;
 *   <li>no rows, or fewer than coefficients: {@link io.drawbar.learn.TooFewRowsException};
 *   <li>an element that is constant, or of whose variance all but 1e-10 follows from elements before
 *       it, as duplicates and sums do: {@link io.drawbar.learn.SingularMatrixException}, which says
 *       from which. A model that is not determined is not returned.
 * </ul>
 *
 * <h2>What it costs</h2>
 *
 * <p>A row costs half of d^2 multiplications and additions; a block about 50 ns for each of the half
 * d^2 entries; memory is 4 d^2 doubles a task, so that some thousand features are the limit.
 *
 * <p>The package is made of what users can make theirs of: {@code Dataset.reduce} with a {@link
 * io.drawbar.iterate.LeafKernel}, and nothing internal.
 */
package io.drawbar.learn;
