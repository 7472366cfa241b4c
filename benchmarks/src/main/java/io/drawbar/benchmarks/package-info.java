/**
 * What the promise of no toll is measured with: each benchmark runs an example of {@code
 * io.drawbar.examples} beside the same job written by hand for the engine ({@link
 * io.drawbar.benchmarks.HandWritten}), in one run, on the same generated input.
 *
 * <p>The engine is started outside of what is timed, for both; both bring their whole result to the
 * driver. Jobs take long, so a measurement is a single shot in one fork, and ratios of medians are
 * what counts.
 */
package io.drawbar.benchmarks;
