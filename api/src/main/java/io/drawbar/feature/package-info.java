/**
 * Transforms that make features: what stands in a pipeline before a trainer.
 *
 * <p>{@link io.drawbar.feature.VectorAssembler} joins columns into the one vector column that
 * trainers take:
 *
 * <pre>{@code
 * Dataset assembled =
 *     customers.transform(VectorAssembler.of("age", "income", "visits").into("features"));
 * LinearRegressionModel model =
 *     LinearRegression.on("features").predicting("spent").fit(assembled);
 * }</pre>
 *
 * <p>A vector column is stored as one array an element, so assembling DOUBLE columns copies
 * nothing; element 0 is the first column given. A null in any of the columns makes the row's vector
 * null, and trainers refuse null vectors: say what a missing value means before, with {@code where}
 * or {@code withColumn}.
 *
 * <p>Transforms are immutable records and check names and types in the call that uses them, before
 * anything runs. The package imports what a user's own code could: {@code io.drawbar}, {@code expr}
 * and {@code type}, and nothing internal.
 */
package io.drawbar.feature;
