package io.drawbar.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.SplittableRandom;

/**
 * Whole numbers, one a line below the header {@code value}, and what supersteps make of them: each
 * adds up value times the element of the state that the value points at, and makes the next state
 * of the sum. All of it modulo 2^64, so that every program finds the same.
 */
final class Numbers {
  static final String FILE = "numbers.csv";
  static final int SUPERSTEPS = 20;

  private static final int MOST = 1 << 20;
  private static final long FACTOR = 31;

  private Numbers() {}

  static Input of(int rows, int stateBytes) {
    return Input.named("numbers-" + rows + "-" + stateBytes, generator(rows, stateBytes));
  }

  static Input.Generator generator(int rows, int stateBytes) {
    return folder -> write(folder, rows, stateBytes);
  }

  private static double[][] write(Path folder, int rows, int stateBytes) throws IOException {
    SplittableRandom random = new SplittableRandom(5);
    long[] values = random.longs(rows, 0, MOST).toArray();
    try (TextOutput out = new TextOutput(folder.resolve(FILE))) {
      out.text("value\n");
      for (long value : values) {
        out.number(value).character('\n');
      }
    }
    long[] state = first(stateBytes);
    for (int superstep = 0; superstep < SUPERSTEPS; superstep++) {
      state = next(state, sum(values, state));
    }
    return new double[][] {{stateBytes, 0}, {answer(state)[1], 0}};
  }

  /** The state before the first superstep. */
  static long[] first(int stateBytes) {
    long[] state = new long[stateBytes / Long.BYTES];
    for (int j = 0; j < state.length; j++) {
      state[j] = j + 1;
    }
    return state;
  }

  /** A superstep over some values. */
  static long sum(long[] values, long[] state) {
    long sum = 0;
    for (long value : values) {
      sum += value * state[(int) (value % state.length)];
    }
    return sum;
  }

  static long[] next(long[] state, long sum) {
    long[] next = new long[state.length];
    for (int j = 0; j < next.length; j++) {
      next[j] = FACTOR * state[j] + sum;
    }
    return next;
  }

  /** The size of the state, and what a double can hold of its last element. */
  static double[] answer(long[] state) {
    return new double[] {(double) state.length * Long.BYTES, state[state.length - 1] >>> 16};
  }

  static byte[] bytes(long[] state) {
    ByteBuffer bytes = ByteBuffer.allocate(state.length * Long.BYTES);
    bytes.asLongBuffer().put(state);
    return bytes.array();
  }

  static long[] state(byte[] bytes) {
    long[] state = new long[bytes.length / Long.BYTES];
    ByteBuffer.wrap(bytes).asLongBuffer().get(state);
    return state;
  }

  /** One superstep by some program. */
  @FunctionalInterface
  interface Step {
    long sum(long[] state) throws Exception;
  }

  /** All of them. */
  static double[] run(Input input, Step step) throws Exception {
    long[] state = first((int) input.answer()[0]);
    for (int superstep = 0; superstep < SUPERSTEPS; superstep++) {
      state = next(state, step.sum(state));
    }
    return answer(state);
  }
}
