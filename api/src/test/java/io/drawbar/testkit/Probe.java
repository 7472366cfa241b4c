package io.drawbar.testkit;

import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What a {@link ProbeSource} has seen. The source travels to the tasks as bytes and finds its probe
 * there by name: tasks of all engines in tests run in this process.
 */
final class Probe {
  /** What the readers of a source do besides reading. */
  enum Order {
    /** Nothing. */
    ANY,
    /** The first two tasks wait for each other: both are at work at once. */
    TOGETHER,
    /** The reader of the first range waits until the last range has been read. */
    LAST_RANGE_FIRST,
    /** All wait until they are interrupted, or patience ends. */
    HELD
  }

  private static final ConcurrentMap<String, Probe> PROBES = new ConcurrentHashMap<>();
  private static final long PATIENCE_SECONDS = 30;

  private final Order order;
  private final Set<Thread> readers = ConcurrentHashMap.newKeySet();
  private final Queue<String> problems = new ConcurrentLinkedQueue<>();
  private final AtomicInteger cutting = new AtomicInteger();
  private final AtomicInteger opened = new AtomicInteger();
  private final AtomicInteger cuts = new AtomicInteger();
  private final CountDownLatch together = new CountDownLatch(2);
  private final CountDownLatch lastRange = new CountDownLatch(1);
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch never = new CountDownLatch(1);
  private volatile boolean impatient;

  private Probe(Order order) {
    this.order = order;
  }

  /** A new probe, in the place of one of that name. */
  static Probe named(String name, Order order) {
    Probe probe = new Probe(order);
    PROBES.put(name, probe);
    return probe;
  }

  static Probe find(String name) {
    return PROBES.get(name);
  }

  /** Threads that have read. */
  Set<Thread> readers() {
    return readers;
  }

  /** How many ranges have been opened. */
  int opened() {
    return opened.get();
  }

  /** How often the source was asked to cut itself into ranges. */
  int cuts() {
    return cuts.get();
  }

  /** What should not have happened. */
  Queue<String> problems() {
    return problems;
  }

  void beginCutting() {
    cuts.incrementAndGet();
    cutting.incrementAndGet();
  }

  void endCutting() {
    cutting.decrementAndGet();
  }

  /** A task is about to read a range. */
  void open(int position, int ranges) {
    opened.incrementAndGet();
    readers.add(Thread.currentThread());
    if (cutting.get() > 0) {
      problems.add("range " + position + " was read while the driver was still cutting ranges");
    }
    for (StackTraceElement frame : Thread.currentThread().getStackTrace()) {
      if (frame.getClassName().equals("io.drawbar.JobRunner")) {
        problems.add("range " + position + " was read by the thread that asked for the run");
      }
    }
    begun.countDown();
    if (order == Order.HELD) {
      hold();
    } else if (order == Order.TOGETHER) {
      together.countDown();
      await(together, "no other task was at work beside that of range %d".formatted(position));
    } else if (order == Order.LAST_RANGE_FIRST && position == 0) {
      if (ranges < 2) {
        problems.add("there is one range only");
      } else {
        await(lastRange, "the last of %d ranges was not read beside the first".formatted(ranges));
      }
    }
  }

  private void hold() {
    try {
      impatient |= never.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits until a range is being read; says whether one is. */
  boolean hasBegun() throws InterruptedException {
    return begun.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** A range has been read. */
  void close(int position, int ranges) {
    if (position == ranges - 1) {
      lastRange.countDown();
    }
  }

  private void await(CountDownLatch latch, String problem) {
    try {
      if (!impatient && !latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        impatient = true;
        problems.add(problem + " within " + PATIENCE_SECONDS + " seconds");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      problems.add("interrupted: " + problem);
    }
  }
}
