package io.drawbar.benchmarks;

import io.drawbar.Session;
import io.drawbar.config.Config;
import io.drawbar.examples.WordCount;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Words of 20 MB of generated text, counted: by the example, and by the same job written by hand
 * for the engine. Both bring all counts to the driver, so that neither can leave work out.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@State(Scope.Benchmark)
@Warmup(iterations = 1)
@Measurement(iterations = 3)
@Fork(value = 1, jvmArgsAppend = "-Xmx4g")
public class WordCountBenchmark {
  private static final long BYTES = 20_000_000;

  /** The engine that both run on: its module must be on the class path. */
  @Param("local")
  public String engine;

  private Path text;

  /** The pipeline, on the engine by configuration. */
  @State(Scope.Benchmark)
  public static class Portable {
    private Session session;

    /** Starts the engine, which is not what is timed. */
    @Setup(Level.Trial)
    public void open(WordCountBenchmark benchmark) {
      session = Session.open(Config.of("drawbar.engine", benchmark.engine));
    }

    /** Stops it. */
    @TearDown(Level.Trial)
    public void close() {
      session.close();
    }
  }

  /** The program written for the engine. */
  @State(Scope.Benchmark)
  public static class ByHand {
    private HandWritten jobs;

    /** Starts the engine, which is not what is timed. */
    @Setup(Level.Trial)
    public void open(WordCountBenchmark benchmark) throws ReflectiveOperationException {
      jobs = HandWritten.on(benchmark.engine);
    }

    /** Stops it. */
    @TearDown(Level.Trial)
    public void close() throws Exception {
      jobs.close();
    }
  }

  /** Makes the text, once for all runs. */
  @Setup(Level.Trial)
  public void generate() {
    text = WordText.ofBytes(BYTES);
  }

  /** Counts with Drawbar. */
  @Benchmark
  public long drawbar(Portable portable) {
    return WordCount.of(portable.session, text.toString()).collect().size();
  }

  /** Counts by hand. */
  @Benchmark
  public long handWritten(ByHand byHand) throws Exception {
    return byHand.jobs.wordCount(text);
  }
}
