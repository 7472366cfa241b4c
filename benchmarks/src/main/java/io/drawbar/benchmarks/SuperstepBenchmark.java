package io.drawbar.benchmarks;

import io.drawbar.HeldDataset;
import io.drawbar.Session;
import io.drawbar.config.Config;
import io.drawbar.io.Csv;
import java.util.List;
import org.openjdk.jmh.annotations.Param;

/**
 * {@value Numbers#SUPERSTEPS} supersteps over rows that stay with the engine: little to compute, so
 * that what counts is how the state comes to the rows and the sums come back.
 */
public class SuperstepBenchmark extends JobBenchmark {

  /** A row. */
  public record Row(long value) {}

  /** The number of rows. */
  @Param("10000")
  public int rows;

  /** The size of what each superstep is given. */
  @Param({"1024", "1048576"})
  public int stateBytes;

  @Override
  Job job() {
    return Job.SUPERSTEPS;
  }

  @Override
  Input input() {
    return Numbers.of(rows, stateBytes);
  }

  /** So few rows would be gathered. */
  @Override
  Config config(Config base) {
    return base.with("drawbar.gather.bytes", "0")
        .with("drawbar.leaf.bytes", "16384")
        .with("drawbar.progress", "none");
  }

  @Override
  Contender drawbar(Session session) {
    return new Held(session);
  }

  static Contender portable(Session session) {
    return new Held(session);
  }

  /** Rows are read before the clock starts, and held until the session ends. */
  private static final class Held implements Contender {
    private final Session session;
    private HeldDataset held;

    Held(Session session) {
      this.session = session;
    }

    @Override
    public void prepare(Input input) {
      held =
          session
              .read(Csv.of(Row.class).header().at(input.file(Numbers.FILE).toString()))
              .hold(List.of("value"));
    }

    @Override
    public double[] run(Input input) {
      int stateBytes = (int) input.answer()[0];
      NumberSuperstep superstep = new NumberSuperstep(stateBytes / Long.BYTES);
      return Numbers.answer(held.iterate(superstep, NumberSuperstep.first(stateBytes)).values());
    }
  }
}
