package io.drawbar.engine.spark;

import io.drawbar.spi.ExchangeInput;
import io.drawbar.spi.FrameMerger;
import io.drawbar.spi.LeafInput;
import io.drawbar.spi.Split;
import io.drawbar.spi.Stage;
import io.drawbar.spi.StageGraph;
import io.drawbar.spi.StageTask;
import io.drawbar.spi.Terminal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.ContextCleaner;
import org.apache.spark.ShuffleDependency;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.rdd.ShuffledRDD;
import scala.Option;
import scala.Tuple2;

/** A stage graph as RDDs. */
final class Translation {

  /** Spark's own figure for a task that reads files (spark.sql.files.maxPartitionBytes). */
  private static final long TASK_BYTES = 128 << 20;

  /* A tree costs a shuffle, 20 ms and more; what the driver merges itself costs microseconds. */
  private static final int DRIVER_MERGES = 32;

  private static final int TREE_DEPTH = 2;

  private final JavaSparkContext context;
  private final StageGraph graph;
  private final int parallelism;

  /** By stage, what it emits. */
  private final List<JavaRDD<Tuple2<Integer, byte[]>>> emitted = new ArrayList<>();

  private final List<ShuffledRDD<Integer, byte[], byte[]>> exchanges = new ArrayList<>();

  /** By id of an RDD, the stage whose exchange it goes into. */
  private final Map<Integer, Stage> consumers = new TreeMap<>();

  private final Reading reading;

  /** What becomes of the splits of a stage: an RDD of the frames that it emits over them. */
  @FunctionalInterface
  interface Reading {
    JavaRDD<Tuple2<Integer, byte[]>> frames(Stage stage, JavaRDD<Split> splits);
  }

  /** The tasks of a stage. */
  record Tasks(Stage stage, int count) {}

  /** Its tasks emit frames while they read, and keep nothing. */
  Translation(JavaSparkContext context, StageGraph graph, int parallelism) {
    this(context, graph, parallelism, null);
  }

  /**
   * Translates.
   *
   * @param reading null for tasks that keep nothing
   */
  Translation(JavaSparkContext context, StageGraph graph, int parallelism, Reading reading) {
    this.context = context;
    this.reading = reading == null ? this::pushed : reading;
    this.graph = graph;
    this.parallelism = parallelism;
    for (Stage stage : graph.stages()) {
      JavaRDD<Tuple2<Integer, byte[]>> frames =
          stage.input() instanceof LeafInput leaves
              ? overLeaves(stage, leaves)
              : overFrames(stage, (ExchangeInput) stage.input());
      emitted.add(frames.setName(stage.name()));
    }
  }

  /** Runs all of it as one Spark job and hands over what the terminal asks for. */
  List<byte[]> collect() {
    JavaRDD<byte[]> frames = results().map(Tuple2::_2);
    return graph
        .terminal()
        .accept(
            new Terminal.Visitor<>() {
              @Override
              public List<byte[]> collect(Terminal.Collect collect) {
                return frames.collect();
              }

              @Override
              public List<byte[]> commit(Terminal.Commit commit) {
                return frames.collect();
              }

              @Override
              public List<byte[]> reduce(Terminal.Reduce reduce) {
                return merged(frames, reduce.merger());
              }
            });
  }

  private static List<byte[]> merged(JavaRDD<byte[]> frames, FrameMerger merger) {
    JavaRDD<byte[]> merged = frames.mapPartitions(task -> merged(task, merger));
    return merged.getNumPartitions() <= DRIVER_MERGES
        ? merged.collect()
        : List.of(merged.treeReduce(merger::merge, TREE_DEPTH));
  }

  /**
   * Deletes the files of its exchanges, and of no others; Spark would wait for the garbage
   * collector. In this JVM they are gone on return, and Spark is not stopped meanwhile; of an
   * executor that is lost, no answer may come.
   */
  void clean() {
    Option<ContextCleaner> cleaner = context.sc().cleaner();
    for (ShuffledRDD<Integer, byte[], byte[]> exchange : exchanges) {
      if (cleaner.isDefined()) {
        int id = ((ShuffleDependency<?, ?, ?>) exchange.dependencies().head()).shuffleId();
        cleaner.get().doCleanupShuffle(id, context.isLocal());
      }
    }
  }

  /**
   * The stages whose tasks compute the RDDs of these ids. There are several only if they are
   * united; then in the order of the union.
   */
  List<Tasks> tasks(Collection<Integer> rdds) {
    List<Stage> stages =
        graph.stages().stream().filter(s -> rdds.contains(emitted.get(s.id()).id())).toList();
    if (stages.isEmpty()) {
      return List.of();
    }
    List<Integer> united =
        graph
            .consumerOf(stages.get(0))
            .map(consumer -> ((ExchangeInput) consumer.input()).from())
            .orElseGet(() -> graph.results().stream().map(Stage::id).toList());
    return united.stream()
        .filter(id -> stages.contains(graph.stages().get(id)))
        .map(id -> new Tasks(graph.stages().get(id), emitted.get(id).getNumPartitions()))
        .toList();
  }

  /** The stage that the frames of an RDD of this id are sent to, or null. */
  Stage consumer(int rdd) {
    return consumers.get(rdd);
  }

  /** The stages that are fed by an exchange. */
  List<Stage> consumers() {
    return List.copyOf(consumers.values());
  }

  /** The frames of the result, with the address of the driver. */
  JavaRDD<Tuple2<Integer, byte[]>> results() {
    return union(graph.results().stream().map(Stage::id).toList());
  }

  private JavaRDD<Tuple2<Integer, byte[]>> union(List<Integer> ids) {
    @SuppressWarnings({"unchecked", "rawtypes"})
    JavaRDD<Tuple2<Integer, byte[]>>[] from =
        ids.stream().map(emitted::get).toArray(JavaRDD[]::new);
    return from.length == 1 ? from[0] : context.union(from);
  }

  private JavaRDD<Tuple2<Integer, byte[]>> overLeaves(Stage stage, LeafInput leaves) {
    if (leaves.source() instanceof DataFrameSource frame) {
      JavaRDD<Split> batches = frame.batches();
      if (batches.getNumPartitions() > 0) {
        return reading.frames(stage, batches);
      }
    }
    List<List<Split>> tasks =
        leaves.source() instanceof DataFrameSource ? List.of(List.of()) : tasks(leaves);
    return reading.frames(stage, new LeafRdd(context.sc(), tasks).toJavaRDD());
  }

  private JavaRDD<Tuple2<Integer, byte[]>> pushed(Stage stage, JavaRDD<Split> splits) {
    int tasks = splits.getNumPartitions();
    return splits.mapPartitionsWithIndex(task(stage, tasks, StageTask::split), false);
  }

  private JavaRDD<Tuple2<Integer, byte[]>> overFrames(Stage stage, ExchangeInput exchange) {
    JavaRDD<Tuple2<Integer, byte[]>> all = union(exchange.from());
    consumers.put(all.id(), stage);
    int receivers = exchange.receivers(parallelism);
    ShuffledRDD<Integer, byte[], byte[]> shuffled = Exchange.to(receivers, all);
    exchanges.add(shuffled);
    return shuffled
        .toJavaRDD()
        .mapPartitionsWithIndex(
            task(stage, receivers, (task, frame) -> task.frame(frame._2())), false);
  }

  private <T> SparkStageTask<T> task(Stage stage, int tasks, SparkStageTask.Feed<T> feed) {
    int receivers = graph.receivers(stage, parallelism);
    String application = context.sc().applicationId();
    return new SparkStageTask<>(application, stage.program(), tasks, receivers, feed);
  }

  /**
   * A task for each core, and more where they would be long: a lost task costs less, skew is evened
   * out.
   */
  private List<List<Split>> tasks(LeafInput leaves) {
    List<List<Split>> tasks = leaves.tasks(parallelism);
    long bytes = tasks.stream().flatMap(List::stream).mapToLong(Split::bytes).sum();
    long wanted = bytes / TASK_BYTES;
    return wanted <= parallelism ? tasks : leaves.tasks((int) Math.min(wanted, 100_000));
  }

  private static Iterator<byte[]> merged(Iterator<byte[]> frames, FrameMerger merger) {
    if (!frames.hasNext()) {
      return List.<byte[]>of().iterator();
    }
    byte[] sum = frames.next();
    while (frames.hasNext()) {
      sum = merger.merge(sum, frames.next());
    }
    return List.of(sum).iterator();
  }
}
