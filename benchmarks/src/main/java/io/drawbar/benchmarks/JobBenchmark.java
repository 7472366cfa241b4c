package io.drawbar.benchmarks;

import io.drawbar.Session;
import io.drawbar.config.Config;
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
import org.openjdk.jmh.infra.BenchmarkParams;

/**
 * A job, timed as the example of {@code io.drawbar.examples} and as programs written by hand. Each
 * answer is checked, so that none leaves work out; the engine is started outside of what is timed.
 * Not every engine has every contender: {@link Benchmarks} runs those that there are.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@State(Scope.Benchmark)
@Warmup(iterations = 2)
@Measurement(iterations = 5)
@Fork(value = 1, jvmArgsAppend = "-Xmx6g")
public abstract class JobBenchmark {
  static final String DRAWBAR = "drawbar";
  static final String DRAWBAR_TYPED = "drawbarTyped";

  /** The engine that all run on: its module must be on the class path. */
  @Param("local")
  public String engine;

  private Input input;
  private String method;
  private Contender contender;
  private AutoCloseable started;

  /** Which job it is. */
  abstract Work job();

  /** What it reads. */
  abstract Input input();

  /** The configuration of Drawbar's contenders. */
  Config config(Config base) {
    return base;
  }

  /** The program of {@code io.drawbar.examples}. */
  abstract Contender drawbar(Session session);

  /** The same with functions over records; null if there is no such program. */
  Contender drawbarTyped(Session session) {
    return null;
  }

  /** Makes the input, and starts the engine for the contender that is timed. */
  @Setup(Level.Trial)
  public void start(BenchmarkParams params) throws Exception {
    input = input();
    method = params.getBenchmark().substring(params.getBenchmark().lastIndexOf('.') + 1);
    if (method.startsWith(DRAWBAR)) {
      Session session = Session.open(config(Config.of("drawbar.engine", engine)));
      started = session;
      contender = method.equals(DRAWBAR_TYPED) ? drawbarTyped(session) : drawbar(session);
    } else {
      ByHand programs = ByHand.on(engine);
      started = programs;
      contender = programs.contender(job(), method);
      programs.start();
    }
    contender.prepare(input);
  }

  /** Stops the engine. */
  @TearDown(Level.Trial)
  public void stop() throws Exception {
    started.close();
    contender = null;
    finish(input, method);
  }

  /**
   * Holds an answer to what is known, at once.
   *
   * @throws IllegalStateException if it is wrong
   */
  double[] checked(Input input, double[] found) {
    return input.checked(found);
  }

  /** What is left to be done when all is timed and the engine has stopped. */
  void finish(Input input, String contender) {}

  private double[] timed() throws Exception {
    double[] found = contender.run(input);
    CpuTime.end();
    return checked(input, found);
  }

  /** The example. */
  @Benchmark
  public double[] drawbar() throws Exception {
    return timed();
  }

  /** The example with functions over records. */
  @Benchmark
  public double[] drawbarTyped() throws Exception {
    return timed();
  }

  /** The fastest program that is idiomatic for the engine. */
  @Benchmark
  public double[] handWritten() throws Exception {
    return timed();
  }

  /** What a specialist wins with bytes, primitive arrays and threads. */
  @Benchmark
  public double[] handTuned() throws Exception {
    return timed();
  }

  /** Spark SQL, where it is not the {@link #handWritten}. */
  @Benchmark
  public double[] sparkSql() throws Exception {
    return timed();
  }

  /** A program around the library that is best known for the format, on all cores. */
  @Benchmark
  public double[] plain() throws Exception {
    return timed();
  }

  /** The same answer from numbers that are in memory already: what is left when nothing is read. */
  @Benchmark
  public double[] memoryScan() throws Exception {
    return timed();
  }

  /** Spark's own library, with the vector instructions that its BLAS takes if it may. */
  @Benchmark
  @Fork(
      value = 1,
      jvmArgsAppend = {"-Xmx6g", "--add-modules=jdk.incubator.vector"})
  public double[] mllib() throws Exception {
    return timed();
  }

  /** Tribuo, in this process. */
  @Benchmark
  public double[] tribuo() throws Exception {
    return timed();
  }
}
