/**
 * Programs to read and run: what the README shows, and what the benchmarks time. None of them knows
 * which engine it runs on.
 *
 * <p>{@link io.drawbar.examples.Quickstart} makes its own data. The others are given paths, as in
 * {@code -Dexample=WordCount -Dargs=books}: {@link io.drawbar.examples.WordCount} text files,
 * {@link io.drawbar.examples.KeyedAverage} CSV of {@code sensor,hour,temperature}, {@link
 * io.drawbar.examples.SortedReadings} the same and a folder to write, {@link
 * io.drawbar.examples.OrderValue} CSV of {@code order,customer,amount} and of {@code
 * customer,rate}, {@link io.drawbar.examples.LinearRegressionFromCsv} CSV of {@code x0,x1,...,y}
 * and the number of features, {@link io.drawbar.examples.LinearRegressionFromLibSvm} LibSVM and the
 * number of features, {@link io.drawbar.examples.JsonTraining} JSON lines with {@code value, load,
 * result} and a threshold. The benchmarks leave CSV and text in the temporary folder.
 *
 * <p>{@link io.drawbar.examples.Examples} starts them by name, and names them where there is none
 * of that name; {@code Arguments} says what an example wants.
 */
package io.drawbar.examples;
