package io.drawbar.engine.spark;

import io.drawbar.spi.EngineException;
import io.drawbar.spi.HeldData;
import io.drawbar.spi.Progress;
import io.drawbar.spi.Run;
import io.drawbar.spi.RunResult;
import io.drawbar.spi.Runs;
import io.drawbar.spi.SuperstepProgram;
import java.io.Serializable;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import scala.collection.Iterator;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction2;

/** Rows that stay with Spark's executors; each superstep is a job of one stage. */
final class SparkHeldData implements HeldData {
  /* A tree is a shuffle: 70 ms and more. It is for frames that would take the driver longer, or more
   * memory. */
  private static final int FRAMES_WITHOUT_TREE = 32;
  private static final long BYTES_WITHOUT_TREE = 64 << 20;

  private static final int TREE_DEPTH = 2;

  private static final ClassTag<byte[]> FRAMES = ClassTag$.MODULE$.apply(byte[].class);

  private final JavaSparkContext spark;
  private final Runs runs;
  private final HeldRdds rdds;
  private final Run loading;
  private final Consumer<HeldData> onClose;

  private SuperstepProgram sent;
  private Parcel program;

  /** Of the program sent: the length of a frame, or -1 before there was one. */
  private long frameBytes = -1;

  private volatile Run running;
  private volatile boolean closed;

  SparkHeldData(
      JavaSparkContext spark, Runs runs, HeldRdds rdds, Run loading, Consumer<HeldData> onClose) {
    this.spark = spark;
    this.runs = runs;
    this.rdds = rdds;
    this.loading = loading;
    this.onClose = onClose;
  }

  @Override
  public Run loading() {
    return loading;
  }

  @Override
  public synchronized List<byte[]> superstep(SuperstepProgram code, byte[] state)
      throws InterruptedException {
    if (closed) {
      throw letGo(null);
    }
    String tag = "drawbar-" + UUID.randomUUID();
    Run run =
        runs.start(
            code.describe(),
            new Progress(),
            () -> new RunResult(fold(code, state, tag), counters()),
            () -> SparkEngine.cancel(spark, tag));
    running = run;
    try {
      if (closed) {
        run.cancel();
      }
      return run.await().frames();
    } catch (EngineException e) {
      throw closed ? letGo(e) : e;
    } catch (InterruptedException e) {
      run.cancel();
      awaitEnd(run);
      throw e;
    } finally {
      running = null;
    }
  }

  private static EngineException letGo(EngineException cause) {
    return new EngineException("engine 'spark': these rows have been let go of", cause);
  }

  private static SortedMap<String, Long> counters() {
    return new TreeMap<>();
  }

  private static void awaitEnd(Run run) {
    try {
      run.await();
    } catch (EngineException e) {
      // It has been cancelled.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private List<byte[]> fold(SuperstepProgram code, byte[] state, String tag)
      throws InterruptedException {
    SparkEngine.describeJob(spark, tag, code.describe());
    Parcel sentState = null;
    try {
      if (code != sent) {
        send(code);
      }
      sentState = Parcel.of(spark, state);
      return merged(rdds.folded(program, sentState), code);
    } catch (Exception e) {
      // Interrupted while it waited, it has left the job behind; one that has failed is not there.
      SparkEngine.cancel(spark, tag);
      if (e instanceof InterruptedException interrupted) {
        throw interrupted;
      }
      throw Failures.of(code.describe(), List.of(), e);
    } finally {
      if (sentState != null) {
        sentState.close();
      }
    }
  }

  private void send(SuperstepProgram code) {
    forgetProgram();
    program = Parcel.ofCode(spark, code);
    sent = code;
    frameBytes = -1;
  }

  private void forgetProgram() {
    if (program != null) {
      program.close();
    }
    program = null;
    sent = null;
  }

  private List<byte[]> merged(JavaRDD<byte[]> frames, SuperstepProgram code) {
    int count = frames.getNumPartitions();
    boolean areFew = frameBytes >= 0 && frameBytes * count <= BYTES_WITHOUT_TREE;
    List<byte[]> merged =
        count <= FRAMES_WITHOUT_TREE || areFew
            ? collected(frames)
            : List.of(frames.treeReduce(code.merger()::merge, TREE_DEPTH));
    frameBytes = merged.stream().mapToLong(frame -> frame.length).max().orElse(0);
    return merged;
  }

  /* What collect() does, with a function that is a class of its own: the two lambdas of collect() are
   * searched by Spark's ClosureCleaner, byte code and all, for what they capture. That is a third of
   * the CPU of a small job. */
  private List<byte[]> collected(JavaRDD<byte[]> frames) {
    return List.of((byte[][]) spark.sc().runJob(frames.rdd(), new OneFrame(), FRAMES));
  }

  /** The frame of a partition, on its way to the driver. */
  private static final class OneFrame
      extends AbstractFunction2<TaskContext, Iterator<byte[]>, byte[]> implements Serializable {
    private static final long serialVersionUID = 1;

    @Override
    public byte[] apply(TaskContext context, Iterator<byte[]> frames) {
      return frames.next();
    }
  }

  @Override
  public void close() {
    closed = true;
    loading.cancel();
    Run run = running;
    if (run != null) {
      run.cancel();
    }
    // Spark does not answer an interrupted thread.
    boolean wasInterrupted = Thread.interrupted();
    try {
      release();
    } finally {
      if (wasInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private synchronized void release() {
    try {
      if (!spark.sc().isStopped()) {
        forgetProgram();
      }
    } finally {
      rdds.close();
      onClose.accept(this);
    }
  }
}
