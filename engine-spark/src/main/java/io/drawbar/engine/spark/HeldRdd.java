package io.drawbar.engine.spark;

import io.drawbar.spi.Split;
import io.drawbar.spi.StageProgram;
import io.drawbar.spi.StageTask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.Partition;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.apache.spark.rdd.RDD;
import org.apache.spark.storage.RDDBlockId;
import org.apache.spark.util.TaskCompletionListener;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * The rows of a stage, kept by the tasks that have read them. It is persisted: Spark runs tasks
 * where their partition is, and has it read again where it was lost.
 */
final class HeldRdd extends RDD<HeldPartition> {
  private static final ClassTag<Split> SPLITS = ClassTag$.MODULE$.apply(Split.class);
  private static final ClassTag<HeldPartition> PARTITIONS =
      ClassTag$.MODULE$.apply(HeldPartition.class);

  private final Parcel program;
  private final int tasks;
  private final String application;

  /** How many partitions share the memory of an executor. */
  private final int sharers;

  HeldRdd(RDD<Split> splits, Parcel program, int tasks, String application, int sharers) {
    super(splits, PARTITIONS);
    this.program = program;
    this.tasks = tasks;
    this.application = application;
    this.sharers = sharers;
  }

  @Override
  public Partition[] getPartitions() {
    return this.<Split>firstParent(SPLITS).partitions();
  }

  @Override
  public Iterator<HeldPartition> compute(Partition partition, TaskContext context) {
    Iterator<Split> splits = this.<Split>firstParent(SPLITS).iterator(partition, context);
    try {
      HeldPartition read = read(partition.index(), splits, context);
      // Where Spark has no room for it, the task alone has it.
      context.addTaskCompletionListener(
          (TaskCompletionListener)
              ended -> {
                if (!isStored(partition.index())) {
                  read.close();
                }
              });
      return CollectionConverters.asScala(List.of(read).iterator());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private HeldPartition read(int index, Iterator<Split> splits, TaskContext context)
      throws IOException {
    List<byte[]> frames = new ArrayList<>();
    io.drawbar.spi.TaskContext which =
        io.drawbar.spi.TaskContext.of(index, tasks, 1, SparkStageTask.attempt(application, context))
            .withMemoryBytes(TaskMemory.heldBytes(sharers))
            .withSpillFolder(TaskMemory.spillFolder(index));
    StageProgram code = program.code(StageProgram.class);
    try (StageTask task = code.open(which, (receiver, frame) -> frames.add(frame))) {
      try {
        while (splits.hasNext()) {
          if (context.isInterrupted()) {
            throw new TaskKilledException("cancelled");
          }
          task.split(splits.next());
        }
        task.endInput();
        return new HeldPartition(task.held(), List.copyOf(frames));
      } catch (IOException | RuntimeException | Error e) {
        close(task);
        throw e;
      }
    }
  }

  /** An attempt that has failed leaves no file. */
  private static void close(StageTask task) {
    try {
      task.held().close();
    } catch (IllegalStateException e) {
      // It has not come so far as to hold any.
    }
  }

  /** Whether a partition is in the memory of this JVM's executor. */
  private boolean isStored(int index) {
    return SparkEnv.get().blockManager().memoryStore().contains(new RDDBlockId(id(), index));
  }
}
