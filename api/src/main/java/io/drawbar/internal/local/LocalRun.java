package io.drawbar.internal.local;

import io.drawbar.error.DrawbarException;
import io.drawbar.spi.EngineException;
import io.drawbar.spi.ExchangeInput;
import io.drawbar.spi.HeldBlocks;
import io.drawbar.spi.LeafInput;
import io.drawbar.spi.MemoryLimitException;
import io.drawbar.spi.Progress;
import io.drawbar.spi.RunResult;
import io.drawbar.spi.Shipped;
import io.drawbar.spi.SpillFolder;
import io.drawbar.spi.Split;
import io.drawbar.spi.Stage;
import io.drawbar.spi.StageGraph;
import io.drawbar.spi.StageProgram;
import io.drawbar.spi.StageTask;
import io.drawbar.spi.TaskContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** One graph, stage after stage; the tasks of a stage share the threads. */
final class LocalRun {
  /**
   * Splits a thread, so that one slow range does not hold up the rest. A task takes one after the
   * other: what it gathers, it gathers once for all of them.
   */
  private static final int SPLITS_PER_THREAD = 8;

  /** What part of the memory is for frames between two stages. */
  private static final int WAITING_SHARE = 4;

  /** Tasks a thread of those that hold what they have: they are what is shared among threads. */
  private static final int TASKS_PER_THREAD = 4;

  /** What the tasks of a stage have to do; says what of it has ended. */
  @FunctionalInterface
  private interface Input {
    void feed(StageTask task, int number) throws Exception;
  }

  private final StageGraph graph;
  private final int parallelism;
  private final long memoryBytes;

  /** Where frames and rows without room in memory are put down. */
  private final SpillFolder spillFolder;

  /** Of frames in memory that no task has taken yet. */
  private final AtomicLong bytesWaiting = new AtomicLong();

  /** Of frames that are the result. */
  private final AtomicLong bytesOfResult = new AtomicLong();

  private final ExecutorService threads;
  private final Map<Integer, FrameBoxes> mail = new HashMap<>();
  private final Queue<byte[]> results = new ConcurrentLinkedQueue<>();

  /** Guarded by itself, as is {@link #isLetGo}. */
  private final List<HeldBlocks> held = new ArrayList<>();

  private boolean isLetGo;
  private final SortedMap<String, Long> counters = new TreeMap<>();
  private final Set<Thread> working = new HashSet<>();
  private final Progress progress = new Progress();
  private volatile boolean cancelled;

  /** What becomes of tasks whose input has ended. */
  enum Tasks {
    END,
    /** What they hold stays: {@link #held}. */
    HOLD
  }

  private final Tasks tasksThen;

  LocalRun(
      StageGraph graph,
      Tasks tasksThen,
      int parallelism,
      long memoryBytes,
      SpillFolder spillFolder,
      ExecutorService threads) {
    this.graph = graph;
    this.tasksThen = tasksThen;
    this.parallelism = parallelism;
    this.memoryBytes = memoryBytes;
    this.spillFolder = spillFolder;
    this.threads = threads;
  }

  /** The blocks of the tasks that have ended. */
  List<HeldBlocks> held() {
    synchronized (held) {
      return List.copyOf(held);
    }
  }

  private void keep(HeldBlocks blocks) {
    synchronized (held) {
      if (!isLetGo) {
        held.add(blocks);
        return;
      }
    }
    blocks.close();
  }

  /** Closes the blocks: those that tasks hold, and of tasks still at work when they end. */
  void letGo() {
    synchronized (held) {
      isLetGo = true;
      held.forEach(HeldBlocks::close);
      held.clear();
    }
  }

  String name() {
    return graph.name();
  }

  Progress progress() {
    return progress;
  }

  void cancel() {
    cancelled = true;
    synchronized (working) {
      working.forEach(Thread::interrupt);
    }
  }

  /** The threads are the engine's: an interrupt must not reach what they work on next. */
  private void leave() {
    synchronized (working) {
      working.remove(Thread.currentThread());
      Thread.interrupted();
    }
  }

  RunResult execute() throws InterruptedException {
    try {
      for (Stage stage : graph.stages()) {
        Optional<Stage> consumer = graph.consumerOf(stage);
        FrameBoxes boxes =
            consumer.map(c -> mail.computeIfAbsent(c.id(), id -> boxes(receivers(c)))).orElse(null);
        long bytes = run(stage, boxes);
        consumer.ifPresent(c -> counters.merge(RunResult.exchangeBytes(c.id()), bytes, Long::sum));
      }
      return new RunResult(List.copyOf(results), counters);
    } finally {
      mail.values().forEach(LocalRun::close);
    }
  }

  private static void close(FrameBoxes boxes) {
    try {
      boxes.close();
    } catch (IOException e) {
      // Its file has no name any more, and goes with the process.
    }
  }

  private int receivers(Stage stage) {
    return ((ExchangeInput) stage.input()).receivers(parallelism);
  }

  private FrameBoxes boxes(int count) {
    return new FrameBoxes(count, bytesWaiting, memoryBytes / WAITING_SHARE, spillFolder);
  }

  /**
   * Runs a stage; returns the bytes it has emitted.
   *
   * @param boxes where its frames go; null if they are the result
   */
  private long run(Stage stage, FrameBoxes boxes) throws InterruptedException {
    if (stage.input() instanceof LeafInput leaves) {
      return tasksThen == Tasks.HOLD ? hold(stage, leaves, boxes) : read(stage, leaves, boxes);
    }
    FrameBoxes inboxes = mail.get(stage.id());
    try {
      return run(
          stage,
          inboxes.count(),
          inboxes.count(),
          boxes,
          (task, number) -> {
            drain(task, inboxes, number);
            end(stage, task);
          });
    } finally {
      long spilled = inboxes.bytesSpilled();
      if (spilled > 0) {
        counters.put("exchange." + stage.id() + ".bytesSpilled", spilled);
      }
      close(mail.remove(stage.id()));
    }
  }

  private long hold(Stage stage, LeafInput leaves, FrameBoxes boxes) throws InterruptedException {
    List<List<Split>> tasks = leaves.tasks(parallelism * TASKS_PER_THREAD);
    return run(
        stage,
        tasks.size(),
        tasks.size(),
        boxes,
        (task, number) -> {
          for (Split split : tasks.get(number)) {
            failIfCancelled();
            task.split(split);
          }
          end(stage, task);
        });
  }

  private long read(Stage stage, LeafInput leaves, FrameBoxes boxes) throws InterruptedException {
    SplitQueue splits = new SplitQueue(leaves.splits(parallelism * SPLITS_PER_THREAD));
    int tasks = Math.max(1, Math.min(parallelism, splits.size()));
    return run(
        stage,
        tasks,
        splits.size(),
        boxes,
        (task, number) -> {
          boolean isRead = false;
          try {
            for (Split split = splits.take(); split != null; split = splits.take()) {
              failIfCancelled();
              task.split(split);
              if (task.failed()) {
                splits.drop();
              }
              progress.ended(stage.id());
            }
            isRead = true;
          } finally {
            if (!isRead) {
              splits.drop(); // the run has failed: nobody reads the rest
            }
          }
          task.endInput();
        });
  }

  private void end(Stage stage, StageTask task) throws Exception {
    task.endInput();
    progress.ended(stage.id());
  }

  private void failIfCancelled() {
    if (cancelled) {
      throw new EngineException("the run was cancelled");
    }
  }

  private void drain(StageTask task, FrameBoxes inboxes, int number) throws Exception {
    for (byte[] frame = inboxes.poll(number); frame != null; frame = inboxes.poll(number)) {
      failIfCancelled();
      task.frame(frame);
    }
  }

  private void addResult(byte[] frame) {
    if (bytesOfResult.addAndGet(frame.length) > memoryBytes) {
      throw new MemoryLimitException(
          ("what '%s' gives the program takes more than the %s bytes of memory that a session may"
                  + " use: write it, or collect less with limit(...), or raise drawbar.memory, with"
                  + " -Xmx")
              .formatted(graph.name(), memoryBytes));
    }
    results.add(frame);
  }

  private long run(Stage stage, int tasks, int pieces, FrameBoxes boxes, Input input)
      throws InterruptedException {
    String what = "stage %s (%s)".formatted(stage.id(), stage.name());
    StageProgram program = Shipped.copy(stage.program(), what);
    progress.begun(stage.id(), pieces);
    AtomicLong bytes = new AtomicLong();
    AtomicInteger firstFailed = new AtomicInteger(Integer.MAX_VALUE);
    List<Future<?>> futures = new ArrayList<>();
    long share = shareOf(tasks);
    int receivers = boxes == null ? 1 : boxes.count();
    for (int number = 0; number < tasks; number++) {
      TaskContext context =
          TaskContext.of(number, tasks, receivers, stage.id() + "-" + number)
              .withMemoryBytes(share)
              .withSpillFolder(spillFolder);
      Callable<Void> task =
          () -> {
            // A task after one that has failed would not be heard: the first in the data is.
            if (context.task() < firstFailed.get() && !cancelled) {
              synchronized (working) {
                working.add(Thread.currentThread());
              }
              try {
                attempt(stage, program, context, boxes, input, bytes, firstFailed);
              } finally {
                leave();
              }
            }
            return null;
          };
      try {
        futures.add(threads.submit(task));
      } catch (RejectedExecutionException e) {
        cancelled = true; // the engine is being closed
      }
    }
    await(stage, futures);
    return bytes.get();
  }

  /** What is held is held by all tasks at once; other tasks leave room for frames that wait. */
  private long shareOf(int tasks) {
    long share =
        tasksThen == Tasks.HOLD
            ? memoryBytes / tasks
            : (memoryBytes - memoryBytes / WAITING_SHARE) / parallelism;
    return Math.max(1, share);
  }

  private void attempt(
      Stage stage,
      StageProgram program,
      TaskContext context,
      FrameBoxes boxes,
      Input input,
      AtomicLong bytes,
      AtomicInteger firstFailed)
      throws Exception {
    try (StageTask task =
        program.open(
            context,
            (receiver, frame) -> {
              failIfCancelled();
              bytes.addAndGet(frame.length);
              if (boxes == null) {
                addResult(frame);
              } else {
                boxes.add(receiver, frame);
              }
            })) {
      input.feed(task, context.task());
      if (tasksThen == Tasks.HOLD) {
        keep(task.held());
      }
      if (task.failed()) {
        firstFailed.accumulateAndGet(context.task(), Math::min);
      }
    }
  }

  private void await(Stage stage, List<Future<?>> futures) throws InterruptedException {
    try {
      for (Future<?> future : futures) {
        future.get();
      }
    } catch (CancellationException e) {
      cancelled = true;
    } catch (ExecutionException e) {
      cancelled = true;
      Throwable cause = e.getCause();
      if (cause instanceof Error error) {
        throw error;
      }
      throw cause instanceof DrawbarException own
          ? own
          : EngineException.ofStages(
              LocalEngine.NAME,
              List.of(stage),
              graph.name(),
              String.valueOf(cause),
              "It tries a task once; run again if the cause may pass.",
              cause);
    } finally {
      futures.forEach(LocalRun::settle);
    }
    failIfCancelled();
  }

  /** Waits until a task is no longer at work, whatever became of it and of who waits. */
  private static void settle(Future<?> future) {
    boolean interrupted = false;
    while (true) {
      try {
        future.get();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      } catch (ExecutionException | CancellationException e) {
        break; // the first one has been reported
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
