package io.drawbar.engine.flink;

import io.drawbar.Dataset;
import io.drawbar.Session;
import io.drawbar.config.Config;
import io.drawbar.error.DrawbarException;
import io.drawbar.spi.Engine;
import io.drawbar.spi.EngineException;
import io.drawbar.spi.FrameReader;
import io.drawbar.spi.Stage;
import io.drawbar.spi.StageGraph;
import io.drawbar.type.Schema;
import java.io.IOException;
import java.util.Optional;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.dag.Transformation;
import org.apache.flink.api.java.DataSet;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.transformations.WithBoundedness;
import org.apache.flink.types.Row;

/**
 * Drawbar in a program that has Flink already.
 *
 * <pre>{@code
 * StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
 * DataStream<Reading> readings = environment.fromCollection(...);      // bounded, a POJO say
 *
 * try (Session session = FlinkDrawbar.session(environment)) {
 *   Dataset averages = FlinkDrawbar.dataset(session, readings)
 *       .groupBy("machine").agg(avg("temperature").as("average"));
 *   averages.collect();                                  // a job of its own, on the same cluster
 *   FlinkDrawbar.toDataStream(averages).print();         // part of the program's next job
 *   environment.execute();
 * }
 * }</pre>
 *
 * <p>Rows of Flink's have no order that could be relied on: what depends on one is ordered by
 * content first, and all results are the same to the bit whatever the parallelism.
 */
public final class FlinkDrawbar {
  private FlinkDrawbar() {}

  /**
   * A session attached to an environment, with configuration as {@link Session#open()} finds it.
   */
  public static Session session(StreamExecutionEnvironment environment) {
    return session(environment, Config.load());
  }

  /**
   * A session whose jobs run where those of an environment do: on its session cluster, or, if it is
   * a local one, inside this process, on one embedded cluster that serves all runs of the session.
   * Tasks run {@code drawbar.parallelism} at a time, or as the environment says. Neither does a run
   * execute sinks of the program's, nor does closing the session end anything of the program's.
   *
   * @throws EngineException if the environment's cluster is elsewhere and {@code
   *     drawbar.flink.scratch.folder} is not set
   */
  public static Session session(StreamExecutionEnvironment environment, Config config) {
    return Session.attach(FlinkEngine.attached(environment, config), config);
  }

  /**
   * The rows of a bounded stream of rows, tuples or POJOs, a column a field: booleans, whole
   * numbers (as long), floating ones (as double), strings, and arrays and lists of those. Rows of a
   * changelog that take others back are errors in the data.
   *
   * @param session attached to the stream's environment
   * @throws io.drawbar.spi.UnmappedTypeException if a field is none of these; names it
   * @throws DrawbarException if the stream is unbounded
   */
  public static Dataset dataset(Session session, DataStream<?> stream) {
    return read(session, stream, RowForm.of(stream.getType()));
  }

  /**
   * The rows of a bounded stream, of which a schema names the columns wanted; arrays of doubles can
   * be vectors. Rows whose fields Flink does not know the names of are taken by position.
   *
   * @param session attached to the stream's environment
   * @throws io.drawbar.spi.UnmappedTypeException if there is no such field, or one of another type
   * @throws DrawbarException if the stream is unbounded
   */
  public static Dataset dataset(Session session, DataStream<?> stream, Schema schema) {
    return read(session, stream, RowForm.of(stream.getType(), schema));
  }

  private static <T> Dataset read(Session session, DataStream<T> stream, RowForm form) {
    requireBounded(stream);
    StreamSource<T> source = new StreamSource<>(stream, form);
    source.stream(engineOf(session.read(source)).settings().environment());
    return session.read(source);
  }

  private static void requireBounded(DataStream<?> stream) {
    for (Transformation<?> step : stream.getTransformation().getTransitivePredecessors()) {
      if (step instanceof WithBoundedness source
          && source.getBoundedness() != Boundedness.BOUNDED) {
        throw new DrawbarException(
            ("the stream comes from the unbounded source '%s': a dataset has an end. Bound the"
                    + " source, if it can be, such as KafkaSource by setBounded(...)")
                .formatted(step.getName()));
      }
    }
  }

  /**
   * The rows of a DataSet, columns as of {@link #dataset(Session, DataStream)}. The first run that
   * needs them runs the DataSet's own job once and keeps its rows in {@code
   * drawbar.flink.scratch.folder} until the session is closed; sinks of the program's do not run.
   */
  public static Dataset dataset(Session session, DataSet<?> rows) {
    return read(session, rows, RowForm.of(rows.getType()));
  }

  /** The rows of a DataSet, of which a schema names the columns wanted. */
  public static Dataset dataset(Session session, DataSet<?> rows, Schema schema) {
    return read(session, rows, RowForm.of(rows.getType(), schema));
  }

  private static <T> Dataset read(Session session, DataSet<T> rows, RowForm form) {
    DataSetSource<T> source = new DataSetSource<>(rows, form);
    Dataset dataset = session.read(source);
    Scratch scratch = engineOf(dataset).scratch();
    scratch.requireSeenBy(rows.getExecutionEnvironment().getConfiguration());
    source.keepIn(scratch);
    return dataset;
  }

  /**
   * The rows of a dataset as a stream, in no order, for the program to go on with: what the dataset
   * takes runs as part of the program's own job. Vectors are {@code double[]} of all their
   * elements, sparse ones, too; lists are arrays. Flink tells a session nothing of such a job:
   * listeners do not hear of it. Keep the session open until that job has ended.
   *
   * <p>In batch mode a task that fails is tried again as the environment's restart strategy says.
   * In streaming mode all of the job is, and with checkpoints rows would count twice then: such a
   * job is refused when it starts. An error in the data ends the job with Drawbar's exception as
   * the root of the causes.
   *
   * @param dataset of a session attached to a Flink environment
   */
  public static DataStream<Row> toDataStream(Dataset dataset) {
    return dataset.export((engine, graph, frames, runs) -> stream(engine, graph, frames));
  }

  private static DataStream<Row> stream(Engine engine, StageGraph graph, FrameReader frames) {
    FlinkEngine flink = flink(engine);
    StreamExecutionEnvironment environment =
        flink
            .settings()
            .environment()
            .orElseThrow(
                () ->
                    new EngineException(
                        "the session has a Flink of its own: there is no environment to put a"
                            + " DataStream into. Use FlinkDrawbar.session(environment)."));
    JobSettings settings = flink.settings().uncounted();
    try {
      StageStreams stages =
          StageStreams.of(
              environment, graph, flink.scratch().createKept(), settings, settings.parallelism());
      return graph.results().stream()
          .map(stage -> rows(stages, stage, frames))
          .reduce(DataStream::union)
          .orElseThrow();
    } catch (IOException e) {
      throw flink.scratch().unusable(e);
    }
  }

  private static DataStream<Row> rows(StageStreams stages, Stage stage, FrameReader frames) {
    var output = stages.output(stage.id());
    return output
        .transform("rows", FlinkTypes.theirs(frames.schema()), new RowOperator(frames))
        .setParallelism(output.getParallelism());
  }

  /** The engine of a dataset's session, without a run. */
  private static FlinkEngine engineOf(Dataset dataset) {
    return dataset.export((engine, graph, frames, runs) -> flink(engine));
  }

  private static FlinkEngine flink(Engine engine) {
    return Optional.of(engine)
        .filter(FlinkEngine.class::isInstance)
        .map(FlinkEngine.class::cast)
        .orElseThrow(
            () ->
                new EngineException(
                    "the session runs on '%s', not on Flink: open it with FlinkDrawbar.session(environment)"
                        .formatted(engine.capabilities().engine())));
  }
}
