package io.drawbar.engine.spark;

import io.drawbar.spi.Split;
import io.drawbar.spi.Stage;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple2;

/** The rows of the stages of one graph, kept with the executors until this is closed. */
final class HeldRdds {

  private final JavaSparkContext spark;
  private final int stages;
  private final List<HeldRdd> rdds = new ArrayList<>();
  private final List<Parcel> programs = new ArrayList<>();
  private boolean closed;

  /**
   * No rows yet.
   *
   * @param stages how many stages will share the memory
   */
  HeldRdds(JavaSparkContext spark, int stages) {
    this.spark = spark;
    this.stages = stages;
  }

  /** Has a stage's tasks keep what they read; what they emit meanwhile. */
  synchronized JavaRDD<Tuple2<Integer, byte[]>> read(Stage stage, JavaRDD<Split> splits) {
    if (closed) {
      throw new IllegalStateException("these rows have been let go of");
    }
    int tasks = splits.getNumPartitions();
    Parcel program = Parcel.ofCode(spark, stage.program());
    programs.add(program);
    HeldRdd held =
        new HeldRdd(splits.rdd(), program, tasks, spark.sc().applicationId(), sharers(tasks));
    held.setName("held: " + stage.name()).persist(StorageLevel.MEMORY_ONLY());
    rdds.add(held);
    return held.toJavaRDD()
        .flatMap(
            partition ->
                partition.frames().stream().map(frame -> new Tuple2<>(0, frame)).iterator());
  }

  /** How many partitions an executor will have, if they are spread evenly. */
  private int sharers(int tasks) {
    // One of those that Spark lists is the driver, which on a cluster has no tasks.
    int executors = Math.max(1, spark.sc().getExecutorMemoryStatus().size() - 1);
    long partitions = (long) tasks * stages;
    return (int) Math.max(1, (partitions + executors - 1) / executors);
  }

  /** What a program makes of all rows, from a state. */
  synchronized JavaRDD<byte[]> folded(Parcel program, Parcel state) {
    @SuppressWarnings({"unchecked", "rawtypes"})
    JavaRDD<byte[]>[] folds =
        rdds.stream()
            .map(held -> new FoldRdd(held, program, state).toJavaRDD())
            .toArray(JavaRDD[]::new);
    return folds.length == 1 ? folds[0] : spark.union(folds);
  }

  /** Has Spark drop the rows, which closes them, on all executors; none are read from now on. */
  synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (!spark.sc().isStopped()) {
      // In this JVM they are gone on return; of an executor that is lost, no answer may come.
      rdds.forEach(held -> held.unpersist(spark.isLocal()));
      programs.forEach(Parcel::close);
    }
  }
}
