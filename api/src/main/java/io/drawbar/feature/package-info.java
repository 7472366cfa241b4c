/**
 * Transforms that make features, and trainers of such transforms: what stands in a pipeline before
 * the last trainer.
 *
 * <table>
 *   <caption>What there is</caption>
 *   <tr><td>{@link io.drawbar.feature.VectorAssembler}</td><td>columns joined into the one vector
 *     column that trainers take</td></tr>
 *   <tr><td>{@link io.drawbar.feature.StandardScaler}</td><td>each element of a vector to mean 0 and
 *     standard deviation 1</td></tr>
 *   <tr><td>{@link io.drawbar.feature.MinMaxScaler}</td><td>each element to the range 0 to 1, or
 *     another</td></tr>
 *   <tr><td>{@link io.drawbar.feature.RobustScaler}</td><td>each element to median 0 and interquartile
 *     range 1: outliers do not matter</td></tr>
 *   <tr><td>{@link io.drawbar.feature.PolynomialExpansion}</td><td>a vector to that of the products of its
 *     elements</td></tr>
 *   <tr><td>{@link io.drawbar.feature.Imputer}</td><td>missing values to the mean, median or most frequent
 *     value of their column, or a constant</td></tr>
 *   <tr><td>{@link io.drawbar.feature.Bucketizer}</td><td>numbers to that of their bucket between given
 *     splits</td></tr>
 *   <tr><td>{@link io.drawbar.feature.QuantileDiscretizer}</td><td>the same with buckets of as many rows
 *     each</td></tr>
 *   <tr><td>{@link io.drawbar.feature.Tokenizer}</td><td>text to a list of terms</td></tr>
 *   <tr><td>{@link io.drawbar.feature.HashingTermFrequency}</td><td>a list of terms to a sparse vector of
 *     counts, by hash</td></tr>
 *   <tr><td>{@link io.drawbar.feature.InverseDocumentFrequency}</td><td>such counts weighed: less, the more
 *     documents have the term</td></tr>
 *   <tr><td>{@link io.drawbar.feature.StringIndexer}</td><td>labels to whole numbers, the most frequent
 *     first</td></tr>
 *   <tr><td>{@link io.drawbar.feature.OneHotEncoder}</td><td>such a number to a vector of one 1</td></tr>
 * </table>
 *
 * <p>In a pipeline, saved, and scored in a web service:
 *
 * <pre>{@code
 * record Applicant(int age, double income, String city) {}
 * record Spending(double prediction) {}
 *
 * Model model =
 *     Pipeline.of(
 *             StringIndexer.on("city"),
 *             OneHotEncoder.on("cityIndex").into("cityVector").droppingLast(),
 *             VectorAssembler.of("age", "income", "cityVector").into("features"),
 *             StandardScaler.on("features"),
 *             LinearRegression.on("features").predicting("spent"))
 *         .fit(customers);
 * model.save(Path.of("models/spending"));
 *
 * Scorer<Applicant, Spending> scorer =
 *     Model.load(Path.of("models/spending")).scorer(Applicant.class, Spending.class);
 * double spent = scorer.score(new Applicant(41, 52_000, "Bern")).prediction();
 * }</pre>
 *
 * <p>From text:
 *
 * <pre>{@code
 * Pipeline.of(
 *     Tokenizer.on("review").into("words"),
 *     HashingTermFrequency.on("words").into("features").withElements(1 << 16),
 *     InverseDocumentFrequency.on("features"))
 * }</pre>
 *
 * <p>Imputers come before what they fill is assembled, scalers after it. A scaler that moves zero
 * ({@code StandardScaler}, {@code RobustScaler}, {@code MinMaxScaler} where the least value is not
 * 0) makes sparse vectors dense; {@code InverseDocumentFrequency} keeps them sparse, and so does
 * {@code MinMaxScaler} on counts.
 *
 * <h2>What becomes of odd values</h2>
 *
 * <p>A vector column is stored as one array an element, so assembling DOUBLE columns copies
 * nothing; element 0 is the first column given. A null in any of the columns makes the row's vector
 * null, and trainers refuse null vectors: say what a missing value means before, with {@code where}
 * or {@code withColumn}, or fill it with an {@code Imputer}, which takes NaN as missing, too. A
 * label or an index that was not there in training is an error of its row, which names it; {@link
 * io.drawbar.feature.Unknown#OWN_INDEX} gives such labels an index instead.
 *
 * <p>An element that is constant in training is centred and left at that by {@code StandardScaler}
 * and {@code RobustScaler}, and becomes the lower end by {@code MinMaxScaler}. Buckets have no
 * outer ends, so no number is out of range; null has no bucket and NaN is an error, unless {@link
 * io.drawbar.feature.Unknown#OWN_INDEX} gives them one. What a scaler cannot learn from (no rows,
 * null, NaN, infinities, ranges that overflow) is an error of the fit that names the element.
 *
 * <h2>Quantiles</h2>
 *
 * <p>Medians, quartiles and the splits of buckets are exact, by nearest rank: of n values, the
 * quantile i/k is the one of rank {@code ceil(n i / k)} in ascending order, which is a value that
 * is there. (Where others take the middle of the two nearest, as numpy does, a median of an even
 * number differs by up to half their distance.) No row is sorted or moved for it: rows are held
 * ({@code Dataset.hold}), and each pass counts the next 16 bits of the values that may still be the
 * one, as 64-bit numbers in the order of the doubles. Four passes find them all, whatever the
 * distribution; a sketch would be one pass, and another answer on each engine.
 *
 * <h2>Why the same bits</h2>
 *
 * <p>What is learnt here is exact: sums of values and of squares without rounding ({@link
 * io.drawbar.math.ExactSums}), counts, minima. So these models do not even depend on leaves and
 * blocks, as a regression does in its last digits. The price of exact squares is some 12 ns a value
 * on top of reading it, once.
 *
 * <p>A fitted transform is an expression ({@code rescale}, {@code indexOf}, {@code bucketOf}, ...)
 * in {@code withColumn}: it fuses with what is before and after it into one pass.
 *
 * <p>Transforms and trainers are immutable records and check names and types in the call that uses
 * them, before anything runs. The package imports what a user's own code could, and nothing
 * internal.
 */
package io.drawbar.feature;
