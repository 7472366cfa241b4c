package io.drawbar.internal.local;

import io.drawbar.spi.BlockThreads;
import io.drawbar.spi.EngineException;
import io.drawbar.spi.HeldData;
import io.drawbar.spi.Run;
import io.drawbar.spi.Shipped;
import io.drawbar.spi.SuperstepProgram;
import java.util.List;
import java.util.function.Consumer;

/** Blocks in this process, folded by threads that share them. */
final class LocalHeldData implements HeldData {
  private final Run loading;
  private final LocalRun run;
  private final int parallelism;
  private final Consumer<HeldData> onClose;
  private SuperstepProgram sent;
  private SuperstepProgram shipped;

  /** Written by who asks for supersteps, one at a time, and closed by anybody. */
  private volatile BlockThreads threads;

  private volatile boolean closed;

  LocalHeldData(Run loading, LocalRun run, int parallelism, Consumer<HeldData> onClose) {
    this.loading = loading;
    this.run = run;
    this.parallelism = parallelism;
    this.onClose = onClose;
  }

  @Override
  public Run loading() {
    return loading;
  }

  @Override
  public synchronized List<byte[]> superstep(SuperstepProgram program, byte[] state)
      throws InterruptedException {
    if (closed) {
      throw new EngineException("engine 'local': these rows have been let go of");
    }
    if (threads == null) {
      threads = new BlockThreads(parallelism, run.held());
    }
    if (program != sent) {
      shipped = Shipped.copy(program, "the superstep");
      sent = program;
    }
    if (closed) {
      threads.close(); // who has closed meanwhile may not have seen them
    }
    return threads.superstep(shipped, state);
  }

  @Override
  public void close() {
    closed = true;
    loading.cancel();
    BlockThreads working = threads;
    if (working != null) {
      working.close(); // ends a superstep, whose workers still are at their blocks
    }
    synchronized (this) {
      run.letGo();
    }
    onClose.accept(this);
  }
}
