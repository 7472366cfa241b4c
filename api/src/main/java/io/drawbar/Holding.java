package io.drawbar;

import io.drawbar.internal.kernel.FoldBlocks;
import io.drawbar.internal.kernel.FoldedFrame;
import io.drawbar.internal.kernel.GatheredRows;
import io.drawbar.internal.kernel.HeldSet;
import io.drawbar.internal.plan.LogicalPlan;
import io.drawbar.iterate.DataFingerprint;
import io.drawbar.iterate.Partial;
import io.drawbar.iterate.Superstep;
import io.drawbar.spi.BlockThreads;
import io.drawbar.spi.EngineException;
import io.drawbar.spi.HeldData;
import io.drawbar.spi.Shipped;
import io.drawbar.spi.SuperstepProgram;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Where rows are while supersteps go over them. */
interface Holding extends AutoCloseable {
  /** Which rows they are. */
  DataFingerprint data();

  /** Begins an iteration, which has the rows for itself until the next one begins. */
  <S, P extends Partial<P>> Pass<P> begin(Superstep<S, P> superstep);

  /** Lets go of them. */
  @Override
  void close();

  /** A copy of a program, as on any engine, also where it goes no further than this process. */
  private static SuperstepProgram shipped(SuperstepProgram program) {
    return Shipped.copy(program, program.describe());
  }

  /**
   * One iteration's way over the rows.
   *
   * @param <P> the partial
   */
  interface Pass<P extends Partial<P>> {
    /** The total of all rows, given an encoded state. */
    P total(byte[] state) throws InterruptedException;
  }

  /** With the workers of an engine. */
  final class ByEngine implements Holding {
    private final HeldData rows;
    private final HeldSet held;
    private final AtomicLong iterations = new AtomicLong();

    ByEngine(HeldData rows, HeldSet held) {
      this.rows = rows;
      this.held = held;
    }

    @Override
    public DataFingerprint data() {
      return held.data();
    }

    @Override
    public <S, P extends Partial<P>> Pass<P> begin(Superstep<S, P> superstep) {
      SuperstepProgram program = shipped(new FoldBlocks<>(superstep, iterations.getAndIncrement()));
      return state -> FoldedFrame.total(rows.superstep(program, state), superstep, held);
    }

    @Override
    public void close() {
      rows.close();
    }
  }

  /** In this process. */
  final class Gathered implements Holding {
    private final GatheredRows rows;
    private final BlockThreads threads;
    private final AtomicLong iterations = new AtomicLong();

    Gathered(GatheredRows rows) {
      this.rows = rows;
      threads =
          new BlockThreads(Runtime.getRuntime().availableProcessors(), List.of(rows.blocks()));
    }

    @Override
    public DataFingerprint data() {
      return rows.held().data();
    }

    @Override
    public <S, P extends Partial<P>> Pass<P> begin(Superstep<S, P> superstep) {
      SuperstepProgram program = shipped(new FoldBlocks<>(superstep, iterations.getAndIncrement()));
      return state -> FoldedFrame.total(threads.superstep(program, state), superstep, rows.held());
    }

    @Override
    public void close() {
      threads.close();
      rows.blocks().close();
    }
  }

  /** Somewhere, read from rows that have been put down for it. */
  final class Kept implements Holding {
    private final Holding holding;
    private final Runnable release;

    Kept(Holding holding, Runnable release) {
      this.holding = holding;
      this.release = release;
    }

    @Override
    public DataFingerprint data() {
      return holding.data();
    }

    @Override
    public <S, P extends Partial<P>> Pass<P> begin(Superstep<S, P> superstep) {
      return holding.begin(superstep);
    }

    @Override
    public void close() {
      try {
        holding.close();
      } finally {
        release.run();
      }
    }
  }

  /** With nobody: they are read again by each superstep, which is a run. */
  final class ByRuns implements Holding {
    private final JobRunner runner;
    private final LogicalPlan plan;
    private final DataFingerprint data;
    private volatile boolean closed;

    ByRuns(JobRunner runner, LogicalPlan plan, DataFingerprint data) {
      this.runner = runner;
      this.plan = plan;
      this.data = data;
    }

    @Override
    public DataFingerprint data() {
      return data;
    }

    @Override
    public <S, P extends Partial<P>> Pass<P> begin(Superstep<S, P> superstep) {
      return state -> {
        if (closed) {
          throw new EngineException("these rows have been let go of");
        }
        return runner.reducePrepared(plan, new SuperstepKernel<>(superstep, state));
      };
    }

    /** What it reads is a cache, which somebody else lets go of. */
    @Override
    public void close() {
      closed = true;
    }
  }
}
