package io.drawbar.benchmarks;

import io.drawbar.Dataset;
import io.drawbar.RunListener;
import io.drawbar.RunReport;
import io.drawbar.Session;
import io.drawbar.SuperstepProgress;
import io.drawbar.config.Config;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One look of a logistic regression at a million rows of 100 features, for the loss and its
 * gradient, beside a bare read of as much memory: {@code passMicros} of both, the median of what
 * one pass takes. All cores of the machine work on both. What JMH itself times is {@value
 * #TRAININGS} trainings, and {@value #READS} reads.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@State(Scope.Thread)
@Warmup(iterations = 1)
@Measurement(iterations = 1)
@Fork(value = 1, jvmArgsAppend = "-Xmx6g")
public class GradientBenchmark {
  private static final int ROWS = 1_000_000;
  private static final int TRAININGS = 7;
  private static final int READS = 50;
  private static final int BLOCK = 4096;

  /** The last looks of a training are for the loss and its gradient alone. */
  private static final int LAST = 3;

  private final List<Long> ends = new ArrayList<>();
  private Session session;
  private Dataset rows;
  private double[][] memory;

  /** What one pass took. */
  @AuxCounters(AuxCounters.Type.EVENTS)
  @State(Scope.Thread)
  public static class Passes {
    public double passMicros;
  }

  /** Reads the rows once, and allocates as much. */
  @Setup(Level.Trial)
  public void open() {
    session = Session.open(Config.of("drawbar.engine", "local", "drawbar.progress", "none"));
    session.listen(
        new RunListener() {
          @Override
          public void superstep(SuperstepProgress progress) {
            ends.add(System.nanoTime());
          }

          @Override
          public void finished(RunReport report) {}
        });
    Training training = new LogisticTraining();
    rows = training.read(session, Logits.ROWS.of(ROWS)).cache();
    rows.count();
    memory =
        IntStream.range(0, ROWS / BLOCK * Logits.FEATURES)
            .mapToObj(i -> IntStream.range(0, BLOCK).mapToDouble(j -> (double) i + j).toArray())
            .toArray(double[][]::new);
  }

  /** Lets go of them. */
  @TearDown(Level.Trial)
  public void close() {
    session.close();
  }

  /** Trainings. */
  @Benchmark
  public double drawbar(Passes passes) {
    long[] times = new long[TRAININGS * LAST];
    double sum = 0;
    for (int i = 0; i < times.length; i += LAST) {
      ends.clear();
      sum += new LogisticTraining().drawbar(rows)[0];
      int first = ends.size() - LAST;
      for (int n = 0; n < LAST; n++) {
        times[i + n] = ends.get(first + n) - ends.get(first + n - 1);
      }
    }
    passes.passMicros = median(times);
    return sum;
  }

  /** Every number is added to a sum, of whole numbers, so that nothing waits for a sum before. */
  @Benchmark
  public long bareRead(Passes passes) {
    long[] times = new long[READS];
    long sum = 0;
    for (int i = 0; i < READS; i++) {
      long start = System.nanoTime();
      sum += IntStream.range(0, memory.length).parallel().mapToLong(c -> bits(memory[c])).sum();
      times[i] = System.nanoTime() - start;
    }
    passes.passMicros = median(times);
    return sum;
  }

  private static long bits(double[] values) {
    long sum = 0;
    for (double value : values) {
      sum += Double.doubleToRawLongBits(value);
    }
    return sum;
  }

  private static double median(long[] nanos) {
    long[] sorted = IntStream.range(0, nanos.length).mapToLong(i -> nanos[i]).sorted().toArray();
    return sorted[sorted.length / 2] / 1e3;
  }
}
