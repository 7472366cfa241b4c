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
 * <h2>What becomes of odd values</h2>
 *
 * <p>A vector column is stored as one array an element, so assembling DOUBLE columns copies
 * nothing; element 0 is the first column given. A null in any of the columns makes the row's vector
 * null, and trainers refuse null vectors: say what a missing value means before, with {@code where}
 * or {@code withColumn}. A label or an index that was not there in training is an error of its row,
 * which names it; {@link io.drawbar.feature.Unknown#OWN_INDEX} gives such labels an index instead.
 *
 * <h2>Why the same bits</h2>
 *
 * <p>What is learnt here is exact: sums of values and of squares without rounding ({@link
 * io.drawbar.math.ExactSums}), counts, minima. So these models do not even depend on leaves and
 * blocks, as a regression does in its last digits. The price of exact squares is some 12 ns a value
 * on top of reading it, once.
 *
 * <p>A fitted transform is an expression ({@code rescale}, {@code indexOf}, {@code oneHot}) in
 * {@code withColumn}: it fuses with what is before and after it into one pass.
 *
 * <p>Transforms and trainers are immutable records and check names and types in the call that uses
 * them, before anything runs. The package imports what a user's own code could, and nothing
 * internal.
 */
package io.drawbar.feature;
