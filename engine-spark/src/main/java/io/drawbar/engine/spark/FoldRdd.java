package io.drawbar.engine.spark;

import io.drawbar.spi.HeldBlocks;
import io.drawbar.spi.SuperstepProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.spark.Partition;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.apache.spark.rdd.RDD;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/** The frames of a superstep, one a partition of what is held. */
final class FoldRdd extends RDD<byte[]> {
  private static final ClassTag<byte[]> FRAMES = ClassTag$.MODULE$.apply(byte[].class);
  private static final ClassTag<HeldPartition> PARTITIONS =
      ClassTag$.MODULE$.apply(HeldPartition.class);

  private final HeldRdd held;
  private final Parcel program;
  private final Parcel state;

  FoldRdd(HeldRdd held, Parcel program, Parcel state) {
    super(held, FRAMES);
    this.held = held;
    this.program = program;
    this.state = state;
  }

  @Override
  public Partition[] getPartitions() {
    return held.partitions();
  }

  @Override
  public Iterator<byte[]> compute(Partition partition, TaskContext context) {
    // Not to the end of the iterator: until the task's end Spark may not evict what is folded.
    HeldPartition here =
        this.<HeldPartition>firstParent(PARTITIONS).iterator(partition, context).next();
    if (!here.isHere()) {
      here = held.compute(partition, context).next();
    }
    try {
      return CollectionConverters.asScala(List.of(fold(here.blocks(), context)).iterator());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] fold(HeldBlocks blocks, TaskContext context) throws IOException {
    SuperstepProgram.Worker worker = program.code(SuperstepProgram.class).open(state.bytes());
    for (int index = 0; index < blocks.count(); index++) {
      if (context.isInterrupted()) {
        throw new TaskKilledException("cancelled");
      }
      worker.fold(blocks, index);
    }
    return worker.end();
  }
}
