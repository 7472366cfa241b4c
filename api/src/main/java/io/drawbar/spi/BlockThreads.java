package io.drawbar.spi;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Threads of this process that share the blocks of some tasks: whoever is free takes the next. They
 * wait for a superstep awake for a moment, then asleep, because supersteps follow each other
 * closely and waking a thread takes longer than a small one.
 */
public final class BlockThreads implements AutoCloseable {
  private static final long SPIN_NANOS = 100_000;

  private record Place(HeldBlocks held, int index) {}

  /** A superstep under way. */
  private static final class Work {
    private final SuperstepProgram program;
    private final byte[] state;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger left;
    private final byte[][] frames;
    private final Thread waiting = Thread.currentThread();
    private volatile Throwable failure;

    private Work(SuperstepProgram program, byte[] state, int workers) {
      this.program = program;
      this.state = state;
      left = new AtomicInteger(workers);
      frames = new byte[workers][];
    }

    private void fail(Throwable e) {
      failure = e;
      next.set(Integer.MAX_VALUE / 2); // nobody begins another block
    }
  }

  private final List<Place> places = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private volatile Work work;
  private volatile boolean closed;

  /**
   * Threads for some blocks.
   *
   * @param workers how many work at a time, at least 1; the thread that asks is one of them
   */
  public BlockThreads(int workers, List<HeldBlocks> held) {
    for (HeldBlocks one : held) {
      for (int index = 0; index < one.count(); index++) {
        places.add(new Place(one, index));
      }
    }
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    for (int worker = 1; worker < workers; worker++) {
      int number = worker;
      Thread thread = new Thread(() -> serve(number), "drawbar-blocks-" + worker);
      thread.setDaemon(true);
      thread.setContextClassLoader(loader);
      threads.add(thread);
      thread.start();
    }
  }

  private void serve(int number) {
    Work last = null;
    while (!closed) {
      Work current = await(last);
      if (current != null) {
        fold(current, number);
        last = current;
      }
    }
  }

  /** The next superstep; null if there is still none after a while. */
  private Work await(Work last) {
    long start = System.nanoTime();
    while (work == last) {
      if (System.nanoTime() - start < SPIN_NANOS) {
        Thread.onSpinWait();
      } else {
        LockSupport.park(this);
        return work == last ? null : work;
      }
    }
    return work;
  }

  private void fold(Work current, int number) {
    try {
      SuperstepProgram.Worker worker = current.program.open(current.state);
      for (int n = current.next.getAndIncrement();
          n < places.size();
          n = current.next.getAndIncrement()) {
        worker.fold(places.get(n).held(), places.get(n).index());
      }
      current.frames[number] = worker.end();
    } catch (Throwable e) { // handed to whoever waits
      current.fail(e);
    } finally {
      if (current.left.decrementAndGet() == 0) {
        LockSupport.unpark(current.waiting);
      }
    }
  }

  /**
   * Folds each block once.
   *
   * @return a frame a worker
   * @throws InterruptedException if this thread is interrupted; no block is at work then
   */
  public List<byte[]> superstep(SuperstepProgram program, byte[] state)
      throws InterruptedException {
    Work current = new Work(program, state, threads.size() + 1);
    work = current;
    threads.forEach(LockSupport::unpark);
    fold(current, 0);
    long start = System.nanoTime();
    boolean interrupted = false;
    while (current.left.get() > 0) {
      if (Thread.interrupted()) {
        interrupted = true;
        current.fail(new InterruptedException());
      }
      if (System.nanoTime() - start < SPIN_NANOS) {
        Thread.onSpinWait();
      } else {
        LockSupport.park(this);
      }
    }
    if (interrupted || Thread.interrupted()) {
      throw new InterruptedException();
    }
    rethrow(current.failure);
    return List.of(current.frames);
  }

  private static void rethrow(Throwable failure) {
    if (failure instanceof RuntimeException unchecked) {
      throw unchecked;
    }
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure instanceof IOException) {
      throw new EngineException(
          "rows that are held cannot be read: " + failure.getMessage(), failure);
    }
    if (failure != null) {
      throw new EngineException("a superstep failed: " + failure, failure);
    }
  }

  /** Ends the threads; the blocks stay. */
  @Override
  public void close() {
    closed = true;
    threads.forEach(LockSupport::unpark);
  }
}
