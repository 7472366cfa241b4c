package io.drawbar.internal.local;

import io.drawbar.spi.BlockThreads;
import io.drawbar.spi.HeldBlocks;
import io.drawbar.spi.HeldData;
import io.drawbar.spi.Run;
import io.drawbar.spi.Shipped;
import io.drawbar.spi.SuperstepProgram;
import java.util.List;

/** Blocks in this process, folded by threads that share them. */
final class LocalHeldData implements HeldData {
  private final Run loading;
  private final LocalRun run;
  private final int parallelism;
  private SuperstepProgram sent;
  private SuperstepProgram shipped;
  private BlockThreads threads;

  LocalHeldData(Run loading, LocalRun run, int parallelism) {
    this.loading = loading;
    this.run = run;
    this.parallelism = parallelism;
  }

  @Override
  public Run loading() {
    return loading;
  }

  @Override
  public synchronized List<byte[]> superstep(SuperstepProgram program, byte[] state)
      throws InterruptedException {
    if (threads == null) {
      threads = new BlockThreads(parallelism, run.held());
    }
    if (program != sent) {
      shipped = Shipped.copy(program, "the superstep");
      sent = program;
    }
    return threads.superstep(shipped, state);
  }

  @Override
  public void close() {
    loading.cancel();
    synchronized (this) {
      if (threads != null) {
        threads.close();
      }
      run.held().forEach(HeldBlocks::close);
    }
  }
}
