package io.drawbar.spi;

import io.drawbar.error.DrawbarException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * Threads of this process that share the blocks of some tasks: whoever is free takes the next. They
 * wait for a superstep awake for a moment, then asleep, because supersteps follow each other
 * closely and waking a thread takes longer than a small one.
 */
public final class BlockThreads implements AutoCloseable {
  private static final long SPIN_NANOS = 100_000;

  /** The number of the worker that is the thread that asks. */
  private static final int ASKING = 0;

  private record Place(HeldBlocks held, int index) {}

  /** A superstep under way: over when nobody is in it any more. */
  private static final class Work {
    private final SuperstepProgram program;
    private final byte[] state;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger inside = new AtomicInteger(1);
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final byte[][] frames;
    private final Thread asking = Thread.currentThread();

    private Work(SuperstepProgram program, byte[] state, int workers) {
      this.program = program;
      this.state = state;
      frames = new byte[workers][];
    }

    /** Lets a worker in, unless all have left: one that woke late has nothing to do. */
    private boolean enter() {
      return inside.getAndUpdate(workers -> workers == 0 ? 0 : workers + 1) > 0;
    }

    private void leave() {
      if (inside.decrementAndGet() == 0) {
        LockSupport.unpark(asking);
      }
    }

    /** The first reason counts. */
    private void fail(Throwable reason) {
      failure.compareAndSet(null, reason);
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
      if (current != last && current.enter()) {
        fold(current, number);
      }
      last = current;
    }
  }

  /** The next superstep, or the last one if there is still none after a while. */
  private Work await(Work last) {
    long start = System.nanoTime();
    while (work == last) {
      if (System.nanoTime() - start < SPIN_NANOS) {
        Thread.onSpinWait();
      } else {
        LockSupport.park(this);
        return work;
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
        if (number == ASKING && Thread.currentThread().isInterrupted()) {
          throw new InterruptedException();
        }
      }
      current.frames[number] = worker.end();
    } catch (Throwable e) { // handed to whoever waits
      current.fail(e);
    } finally {
      current.leave();
    }
  }

  /**
   * Folds each block once. Of several threads that ask, one is served after the other.
   *
   * @return a frame of each worker that took part
   * @throws InterruptedException if this thread is interrupted; no block is at work then
   * @throws EngineException if this is closed, or a block could not be folded
   */
  public synchronized List<byte[]> superstep(SuperstepProgram program, byte[] state)
      throws InterruptedException {
    Work current = new Work(program, state, threads.size() + 1);
    work = current;
    if (closed) { // after work is set: who closes looks at it after closed
      current.fail(letGo());
    }
    threads.forEach(LockSupport::unpark);
    fold(current, ASKING);
    if (awaitOthers(current) || Thread.interrupted()) {
      throw new InterruptedException();
    }
    rethrow(current.failure.get());
    return Arrays.stream(current.frames).filter(Objects::nonNull).toList();
  }

  /** Waits until nobody is in a superstep; whether this thread was interrupted meanwhile. */
  private boolean awaitOthers(Work current) {
    boolean interrupted = false;
    long start = System.nanoTime();
    while (current.inside.get() > 0) {
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
    return interrupted;
  }

  private static EngineException letGo() {
    return new EngineException("these rows have been let go of");
  }

  private static void rethrow(Throwable failure) {
    if (failure instanceof DrawbarException own) {
      throw own;
    }
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure instanceof IOException) {
      throw new EngineException(
          "rows that are held cannot be read: " + failure.getMessage(), failure);
    }
    if (failure != null) {
      throw new EngineException("a block could not be folded: " + failure, failure);
    }
  }

  /**
   * Ends the threads, and a superstep under way, which fails when its workers are done with the
   * block that they are at; the blocks stay.
   */
  @Override
  public void close() {
    closed = true;
    Work current = work;
    if (current != null) {
      current.fail(letGo());
    }
    threads.forEach(LockSupport::unpark);
  }
}
