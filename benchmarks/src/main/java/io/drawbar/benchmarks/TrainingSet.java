package io.drawbar.benchmarks;

import java.util.function.IntFunction;

/**
 * Generated rows to learn from, of any number: CSV with the columns {@code x0, x1, ...} and {@code
 * y}.
 *
 * @param file the name of the file
 * @param features how many there are
 * @param inputs the input of so many rows
 * @param generators what makes it
 */
record TrainingSet(
    String file, int features, IntFunction<Input> inputs, IntFunction<Input.Generator> generators) {

  /** The input of so many rows, made if it is not there. */
  Input of(int rows) {
    return inputs.apply(rows);
  }

  /** Makes so many rows. */
  Input.Generator generator(int rows) {
    return generators.apply(rows);
  }
}
