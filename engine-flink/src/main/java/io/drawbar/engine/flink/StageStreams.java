package io.drawbar.engine.flink;

import io.drawbar.spi.EngineException;
import io.drawbar.spi.ExchangeInput;
import io.drawbar.spi.LeafInput;
import io.drawbar.spi.Split;
import io.drawbar.spi.Stage;
import io.drawbar.spi.StageGraph;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.Partitioner;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.InstantiationUtil;

/** Makes streams of frames of the stages of a graph, in an environment. */
final class StageStreams {

  /** Receiver and frame: what crosses Flink. */
  static final TypeInformation<Tuple2<Integer, byte[]>> FRAMES =
      Types.TUPLE(Types.INT, Types.PRIMITIVE_ARRAY(Types.BYTE));

  private final StreamExecutionEnvironment environment;
  private final StageGraph graph;
  private final RunFolder folder;
  private final JobSettings settings;
  private final int leafTasks;
  private final List<SingleOutputStreamOperator<Tuple2<Integer, byte[]>>> outputs =
      new ArrayList<>();
  private int tasks;
  private boolean readsStreams;

  private StageStreams(
      StreamExecutionEnvironment environment,
      StageGraph graph,
      RunFolder folder,
      JobSettings settings,
      int leafTasks) {
    this.environment = environment;
    this.graph = graph;
    this.folder = folder;
    this.settings = settings;
    this.leafTasks = leafTasks;
  }

  /**
   * Adds the stages of a graph to an environment and writes the descriptions of their tasks.
   *
   * @param leafTasks how many tasks a stage that reads leaves has at most
   */
  static StageStreams of(
      StreamExecutionEnvironment environment,
      StageGraph graph,
      RunFolder folder,
      JobSettings settings,
      int leafTasks)
      throws IOException {
    StageStreams streams = new StageStreams(environment, graph, folder, settings, leafTasks);
    for (Stage stage : graph.stages()) {
      streams.outputs.add(streams.output(stage));
    }
    return streams;
  }

  /** How many tasks all the stages have. */
  int tasks() {
    return tasks;
  }

  /** Whether a stage is fed by a stream of the program's. */
  boolean readsStreams() {
    return readsStreams;
  }

  /** What a stage emits. */
  SingleOutputStreamOperator<Tuple2<Integer, byte[]>> output(int stage) {
    return outputs.get(stage);
  }

  /** What several stages emit. */
  DataStream<Tuple2<Integer, byte[]>> union(List<Integer> stages) {
    return stages.stream()
        .<DataStream<Tuple2<Integer, byte[]>>>map(outputs::get)
        .reduce(DataStream::union)
        .orElseThrow();
  }

  private SingleOutputStreamOperator<Tuple2<Integer, byte[]>> output(Stage stage)
      throws IOException {
    if (stage.input() instanceof ExchangeInput exchange) {
      DataStream<Tuple2<Integer, byte[]>> input =
          union(exchange.from()).partitionCustom(new ByReceiver(), new Receiver());
      return operator(stage, input, new Feed.Frames(), exchange.receivers(settings.parallelism()));
    }
    LeafInput leaves = (LeafInput) stage.input();
    if (leaves.source() instanceof StreamSource<?> source) {
      readsStreams = true;
      return fed(stage, source);
    }
    int count = describeTasks(folder, stage, leaves, leafTasks);
    DataStream<Tuple2<Integer, byte[]>> input =
        environment
            .fromSource(
                new TaskSource(TaskSource.Then.END),
                WatermarkStrategy.noWatermarks(),
                "tasks " + stage.id(),
                FRAMES)
            .setParallelism(count);
    return operator(stage, input, new Feed.Splits(folder, stage.id()), count);
  }

  /** In our environment, so that the program's own does not hear of what follows its stream. */
  private <T> SingleOutputStreamOperator<Tuple2<Integer, byte[]>> fed(
      Stage stage, StreamSource<T> source) {
    DataStream<T> theirs = source.stream(settings.environment());
    DataStream<T> stream = new DataStream<>(environment, theirs.getTransformation());
    return operator(stage, stream, source.feed(), theirs.getParallelism());
  }

  /**
   * Writes what each task has to do to a file of its own; returns how many there are.
   *
   * @param most how many there may be
   */
  static int describeTasks(RunFolder folder, Stage stage, LeafInput leaves, int most)
      throws IOException {
    List<List<Split>> descriptions = leaves.tasks(most);
    for (int i = 0; i < descriptions.size(); i++) {
      folder.put(Feed.Splits.file(stage.id(), i), new ArrayList<>(descriptions.get(i)));
    }
    return descriptions.size();
  }

  /** Runs a stage on a stream. */
  <T> SingleOutputStreamOperator<Tuple2<Integer, byte[]>> operator(
      Stage stage, DataStream<T> input, Feed<T> feed, int count) {
    int receivers =
        stage.id() >= graph.stages().size() ? 1 : graph.receivers(stage, settings.parallelism());
    tasks += count;
    checkShippable(graph, stage);
    return input
        .transform(
            "stage " + stage.id(),
            FRAMES,
            new StageOperator<>(stage, feed, receivers, settings.attempts(), folder))
        .setParallelism(count)
        // For Flink's pages. In the name it would be in each line of the log, with a warning that
        // metrics cut it at 80 characters.
        .setDescription(stage.name());
  }

  /** Before Flink finds out, which does not say where. */
  static void checkShippable(StageGraph graph, Stage stage) {
    try {
      InstantiationUtil.serializeObject(OutputStream.nullOutputStream(), stage.program());
    } catch (IOException e) {
      throw new EngineException(
          ("flink cannot ship stage %s '%s' of '%s' to its tasks: %s. What a stage captures, such"
                  + " as the object around a lambda, has to be Serializable.")
              .formatted(stage.id(), stage.name(), graph.name(), JobTranslator.rootOf(e)),
          e);
    }
  }

  private static final class ByReceiver implements Partitioner<Integer> {
    private static final long serialVersionUID = 1;

    @Override
    public int partition(Integer receiver, int receivers) {
      return receiver;
    }
  }

  private static final class Receiver implements KeySelector<Tuple2<Integer, byte[]>, Integer> {
    private static final long serialVersionUID = 1;

    @Override
    public Integer getKey(Tuple2<Integer, byte[]> frame) {
      return frame.f0;
    }
  }
}
