package io.drawbar.engine.flink;

import io.drawbar.spi.BadRowException;
import io.drawbar.spi.BatchSplit;
import io.drawbar.spi.EngineException;
import io.drawbar.spi.NativeRows;
import io.drawbar.spi.NativeSource;
import io.drawbar.spi.StageTask;
import io.drawbar.spi.Unit;
import java.io.IOException;
import java.util.Optional;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The rows of a stream of the program's. {@link StageStreams} has the stream feed the stage; there
 * are no splits for anybody to list.
 *
 * @param <T> the elements of the stream
 */
final class StreamSource<T> extends NativeSource {
  private static final long serialVersionUID = 1;

  private final RowForm form;

  /** On the driver only. */
  private final transient DataStream<T> stream;

  StreamSource(DataStream<T> stream, RowForm form) {
    super(
        form.schema(),
        "rows of a Flink DataStream",
        "FlinkDrawbar.session(stream.getExecutionEnvironment())");
    this.stream = stream;
    this.form = form;
  }

  /**
   * The stream.
   *
   * @param environment the one that the engine is attached to
   * @throws EngineException if the stream is not of that environment
   */
  DataStream<T> stream(Optional<StreamExecutionEnvironment> environment) {
    if (environment.filter(e -> e == stream.getExecutionEnvironment()).isEmpty()) {
      throw new EngineException(
          "a DataStream runs with those of its own environment only: attach the session to that"
              + " (FlinkDrawbar.session(stream.getExecutionEnvironment()))");
    }
    return stream;
  }

  /** Feeds a task with the elements of the stream, a batch at a time. */
  Feed<T> feed() {
    return new Rows<>(form);
  }

  private static final class Rows<T> implements Feed<T> {
    private static final long serialVersionUID = 1;

    private final RowForm form;
    private transient NativeRows rows;
    private transient long unit;
    private transient boolean bad;

    Rows(RowForm form) {
      this.form = form;
    }

    @Override
    public void open(int number) {
      rows = new NativeRows(form.schema(), row -> "a row of the DataStream");
      unit = Unit.leaf(number, 0);
    }

    @Override
    public void take(StageTask task, T element) throws IOException {
      if (bad) {
        return;
      }
      try {
        form.append(element, rows);
      } catch (BadRowException e) {
        bad = true;
        task.split(failed(unit, e));
        return;
      }
      if (rows.isFull()) {
        task.split(new BatchSplit(unit++, rows.build()));
      }
    }

    @Override
    public void end(StageTask task) throws IOException {
      if (!bad && rows.rows() > 0) {
        task.split(new BatchSplit(unit++, rows.build()));
      }
    }
  }
}
