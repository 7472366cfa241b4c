/**
 * What the promise of no toll is measured with: each benchmark runs an example of {@code
 * io.drawbar.examples} beside the same job written by hand for the engine, in one run, on the same
 * generated input.
 *
 * <p>A {@link io.drawbar.benchmarks.JobBenchmark} is a {@link io.drawbar.benchmarks.Job} with its
 * sizes. Its contenders are {@code drawbar} and what {@link io.drawbar.benchmarks.ByHand} offers
 * for the engine: in this folder for the embedded one, in {@code src/<engine>/java} for others. A
 * program by hand is one that somebody who knows the engine would be content with: of several ways
 * to write it, the fastest that is idiomatic; with the settings that the engine's manual
 * recommends; with as many tasks at a time as there are cores. {@code handTuned} alone may be
 * unreadable: it is what a specialist can reach in plain Java.
 *
 * <p>What reads files ({@code CsvReadBenchmark, JsonReadBenchmark, LibsvmReadBenchmark,
 * ParquetReadBenchmark}) is no example: it is a sum over each column of {@link
 * io.drawbar.benchmarks.NumberRows}, so that all of them are converted and little else is done.
 * {@code sparkSql} is Spark's own reader, {@code plain} a program around FastCSV or Jackson, and
 * {@code memoryScan} adds numbers up that are in memory already: what a reader costs is the time
 * beyond that.
 *
 * <p>{@code CsvWriteBenchmark} writes such rows from memory. What its programs have written is read
 * and checked when all is timed.
 *
 * <p>The code that makes an {@link io.drawbar.benchmarks.Input} knows the answer, and every run,
 * timed or not, is checked against it, so that none leaves work out. The engine is started outside
 * of what is timed, for all.
 *
 * <p>Jobs take long, so a measurement is a single shot, five of them in one fork after two to warm
 * up, and ratios of medians are what counts. {@link io.drawbar.benchmarks.Benchmarks} runs a class
 * with the contenders that there are, and {@link io.drawbar.benchmarks.Ratios} prints the table.
 */
package io.drawbar.benchmarks;
