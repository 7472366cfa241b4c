/**
 * Arithmetic that gives the same bits on every engine: exact sums, dot products in one fixed order,
 * Gram matrices, Cholesky.
 *
 * <h2>Why</h2>
 *
 * <p>Floating addition is not associative, and engines merge partial results in whatever order and
 * tree tasks happen to end. So the package knows two kinds of arithmetic. <em>Inside a block</em>
 * of rows, sums are plain doubles in a fixed order: eight lanes by ordinal ({@link
 * io.drawbar.math.Dot}, {@link io.drawbar.math.GramFold}), a function of the block alone.
 * <em>Between blocks</em>, sums are exact, and order cannot matter: {@link
 * io.drawbar.math.ExactSum}, {@link io.drawbar.math.ExactSums} (a vector), {@link
 * io.drawbar.math.KeyedExactSums} (by group), {@link io.drawbar.math.KeyedLongSums} (longs in 128
 * bits). Nothing here uses a fused multiply-add, a native library, {@code Math.exp} and the like,
 * or the order of a hash map; each operation is one that IEEE 754 and Java define to the last bit.
 * NaN, whose sign and payload differ between processors, leaves as the canonical {@code
 * Double.NaN}.
 *
 * <h2>What an exact sum is</h2>
 *
 * <p>The real number that is the sum of everything added, not an approximation of it. It is kept as
 * three doubles whose exact sum it is. A value is added to the first; what that addition loses to
 * rounding is itself a double (TwoSum) and is added to the second; what that loses, to the third.
 * What even the third loses, nearly always nothing, goes to a fixed-point number on the side, which
 * also takes magnitudes from 2^960, where inline additions might overflow, and products near
 * underflow. Its unit is 2^-2148 and it is up to 4,261 bits wide, so that each product of two
 * doubles is exact too. Infinities and NaN are counted.
 *
 * <p>From this follows:
 *
 * <ul>
 *   <li>merging is commutative and associative to the last bit of the result; the state itself (the
 *       three doubles, the encoding) may differ, so compare rounded results, never bytes;
 *   <li>what was added can be subtracted, and the sum is as if it had never been there;
 *   <li>a result is rounded once, half to even; it overflows only where the true total does, and a
 *       zero total is +0.0;
 *   <li>a NaN, or infinities of both signs, give NaN; so does taking away an infinity or NaN that
 *       is not there.
 * </ul>
 *
 * <h2>What it costs</h2>
 *
 * <p>Measured on 2 busy cores with AVX2, Java 17: {@code ExactSums.add} 1.6 ns an element, once a
 * block; {@code ExactSum.add} and {@code KeyedExactSums.add} about 5 ns; rounding 5 ns; the
 * fixed-point side 130 to 200 ns an addition, which data with an exponent spread above about 2^80
 * can reach. A group costs 16 bytes, 24 once any group needed the third double. Gram: 13 to 17
 * GFLOP/s at 100 columns, 5 at 10. Margins of 100 columns: 16 ns a row in cache.
 *
 * <h2>Besides sums</h2>
 *
 * <p>{@link io.drawbar.math.SymmetricEigen} (Jacobi, in a fixed order, with a fixed sign), {@link
 * io.drawbar.math.NearestCentre} (the distances of k-means, in the lanes of {@code Dot}), {@link
 * io.drawbar.math.LogDensities} (of normal distributions, in the order of the elements), {@link
 * io.drawbar.math.CounterRandom} (randomness by seed, stream and id).
 *
 * <h2>Exponentials and logarithms</h2>
 *
 * <p>{@link io.drawbar.math.Exponential} and {@link io.drawbar.math.Logarithm} are written with
 * additions, multiplications and tables alone: about 4 and 8 ns, with errors below 0.51 and 0.8
 * units in the last place.
 *
 * <h2>Distributions</h2>
 *
 * <p>{@link io.drawbar.math.NormalDistribution}, {@link io.drawbar.math.StudentDistribution} and
 * {@link io.drawbar.math.FisherDistribution} have the tails that p-values are, with 12 digits or
 * more of the tail itself, also where it is 1e-200 and with a billion degrees of freedom. They are
 * made of the two functions above, so that a p-value has the same bits everywhere.
 *
 * <h2>Rules for loops here</h2>
 *
 * <p>C2 of Java 17 vectorises a loop over separate arrays that share one index. It does not with an
 * offset ({@code x[off + j]}), with a reduction of doubles, or with a body so big that it is not
 * unrolled: four fused rows are, eight are not. Whatever the shape of a loop, the order of the
 * additions of one entry is part of the contract: a change of it changes every model.
 *
 * <h2>Sources</h2>
 *
 * <ul>
 *   <li>T. J. Dekker, "A Floating-Point Technique for Extending the Available Precision", 1971 (the
 *       exact product, with Veltkamp's split)
 *   <li>D. E. Knuth, The Art of Computer Programming, volume 2, 1969 (TwoSum)
 *   <li>J. R. Shewchuk, "Adaptive Precision Floating-Point Arithmetic and Fast Robust Geometric
 *       Predicates", 1997 (expansions); R. Hettinger's {@code math.fsum} in Python (the last
 *       rounding)
 *   <li>T. Ogita, S. M. Rump, S. Oishi, "Accurate Sum and Dot Product", 2005 (cascades of TwoSum)
 *   <li>U. W. Kulisch, W. L. Miranker, "The Arithmetic of the Digital Computer: A New Approach",
 *       1986 (the long fixed-point accumulator)
 *   <li>A. van der Sluis, "Condition Numbers and Equilibration of Matrices", 1969 (unit diagonal);
 *       G. H. Golub, C. F. Van Loan, Matrix Computations, fourth edition, 2013 (Cholesky)
 * </ul>
 */
package io.drawbar.math;
