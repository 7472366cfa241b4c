package io.drawbar.engine.flink;

import io.drawbar.column.BatchBuilder;
import io.drawbar.spi.BadRowException;
import io.drawbar.spi.BatchSplit;
import io.drawbar.spi.EngineException;
import io.drawbar.spi.Layout;
import io.drawbar.spi.LeafReader;
import io.drawbar.spi.Source;
import io.drawbar.spi.Split;
import io.drawbar.spi.StageTask;
import io.drawbar.spi.Unit;
import io.drawbar.type.Schema;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The rows of a stream of the program's. {@link StageStreams} has the stream feed the stage; there
 * are no splits for anybody to list.
 *
 * @param <T> the elements of the stream
 */
final class StreamSource<T> implements Source {
  private static final long serialVersionUID = 1;

  private static final int BATCH_ROWS = 4096;

  private final RowForm form;

  /** On the driver only. */
  private final transient DataStream<T> stream;

  StreamSource(DataStream<T> stream, RowForm form) {
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

  @Override
  public Schema schema() {
    return form.schema();
  }

  @Override
  public String describe() {
    return "rows of a Flink DataStream";
  }

  @Override
  public boolean isOrdered() {
    return false;
  }

  @Override
  public List<Split> splits(Layout layout, int desired, int alignment) {
    throw new EngineException(
        "a DataStream runs on Flink alone: open the session with"
            + " FlinkDrawbar.session(stream.getExecutionEnvironment())");
  }

  @Override
  public LeafReader open(Split split, Layout layout, List<String> columns) {
    if (split instanceof BadRow bad) {
      throw bad.exception();
    }
    return ((BatchSplit) split).open(columns);
  }

  /** A row that is none: an error in the data, where the rows before it have been taken. */
  private record BadRow(long firstUnit, BadRowException exception) implements Split {
    @Override
    public long bytes() {
      return 0;
    }
  }

  private static final class Rows<T> implements Feed<T> {
    private static final long serialVersionUID = 1;

    private final RowForm form;
    private transient BatchBuilder rows;
    private transient long unit;
    private transient boolean bad;

    Rows(RowForm form) {
      this.form = form;
    }

    @Override
    public void open(int number) {
      rows = new BatchBuilder(form.schema());
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
        end(task);
        task.split(new BadRow(unit, e));
      }
      if (rows.rows() == BATCH_ROWS) {
        end(task);
      }
    }

    @Override
    public void end(StageTask task) throws IOException {
      if (rows.rows() > 0) {
        task.split(new BatchSplit(unit++, rows.build()));
      }
    }
  }
}
