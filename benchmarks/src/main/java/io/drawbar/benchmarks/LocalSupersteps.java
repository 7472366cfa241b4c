package io.drawbar.benchmarks;

import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Rows in arrays, one a core, gone over by parallel streams. */
final class LocalSupersteps implements Contender {
  private List<long[]> shares;

  /** The values of an input, divided evenly. */
  static List<long[]> shares(Input input, int count) throws Exception {
    List<String> lines = Files.readAllLines(input.file(Numbers.FILE));
    long[] values = lines.stream().skip(1).mapToLong(Long::parseLong).toArray();
    return IntStream.range(0, count)
        .mapToObj(
            n ->
                Arrays.copyOfRange(
                    values,
                    (int) ((long) values.length * n / count),
                    (int) ((long) values.length * (n + 1) / count)))
        .toList();
  }

  @Override
  public void prepare(Input input) throws Exception {
    shares = shares(input, ByHand.CORES);
  }

  @Override
  public double[] run(Input input) throws Exception {
    return Numbers.run(
        input,
        state -> shares.parallelStream().mapToLong(values -> Numbers.sum(values, state)).sum());
  }
}
