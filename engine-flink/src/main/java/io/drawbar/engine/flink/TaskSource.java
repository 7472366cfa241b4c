package io.drawbar.engine.flink;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Gives each of its subtasks one record, the word to start; the {@link StageOperator} chained to it
 * does the work. So a task of ours is a subtask of Flink's, with Flink's own attempt number, and
 * fails and is tried again alone. There are no splits to hand out: the number of the subtask says
 * which task it is.
 *
 * <p>No job with such a source takes checkpoints: runs are batches, {@link HoldTranslator} switches
 * them off, and in a program's own job {@link StageOperator} refuses them.
 */
final class TaskSource implements Source<Tuple2<Integer, byte[]>, TaskSource.NoSplit, Integer> {
  private static final long serialVersionUID = 1;

  private static final byte[] START = {};

  /** What becomes of a subtask after the word to start. */
  enum Then {
    END,
    /** It stays until it is cancelled. */
    STAY
  }

  private final Then then;

  TaskSource(Then then) {
    this.then = then;
  }

  @Override
  public Boundedness getBoundedness() {
    return then == Then.END ? Boundedness.BOUNDED : Boundedness.CONTINUOUS_UNBOUNDED;
  }

  @Override
  public SourceReader<Tuple2<Integer, byte[]>, NoSplit> createReader(SourceReaderContext context) {
    return new Reader(context.getIndexOfSubtask(), then);
  }

  @Override
  public SplitEnumerator<NoSplit, Integer> createEnumerator(
      SplitEnumeratorContext<NoSplit> context) {
    return new NoSplits();
  }

  @Override
  public SplitEnumerator<NoSplit, Integer> restoreEnumerator(
      SplitEnumeratorContext<NoSplit> context, Integer checkpoint) {
    return new NoSplits();
  }

  @Override
  public SimpleVersionedSerializer<NoSplit> getSplitSerializer() {
    return new Nothing<>();
  }

  @Override
  public SimpleVersionedSerializer<Integer> getEnumeratorCheckpointSerializer() {
    return new Nothing<>();
  }

  /** There are none. */
  static final class NoSplit implements SourceSplit {
    @Override
    public String splitId() {
      return "";
    }
  }

  private static final class Reader implements SourceReader<Tuple2<Integer, byte[]>, NoSplit> {
    private final int task;
    private final Then then;
    private boolean started;

    Reader(int task, Then then) {
      this.task = task;
      this.then = then;
    }

    @Override
    public void start() {}

    @Override
    public InputStatus pollNext(ReaderOutput<Tuple2<Integer, byte[]>> output) {
      if (started) {
        return then == Then.END ? InputStatus.END_OF_INPUT : InputStatus.NOTHING_AVAILABLE;
      }
      started = true;
      output.collect(Tuple2.of(task, START));
      return InputStatus.MORE_AVAILABLE;
    }

    @Override
    public List<NoSplit> snapshotState(long checkpoint) {
      return List.of();
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
      return started && then == Then.STAY
          ? new CompletableFuture<>()
          : CompletableFuture.completedFuture(null);
    }

    @Override
    public void addSplits(List<NoSplit> splits) {}

    @Override
    public void notifyNoMoreSplits() {}

    @Override
    public void close() {}
  }

  private static final class NoSplits implements SplitEnumerator<NoSplit, Integer> {
    @Override
    public void start() {}

    @Override
    public void handleSplitRequest(int subtask, String host) {}

    @Override
    public void addSplitsBack(List<NoSplit> splits, int subtask) {}

    @Override
    public void addReader(int subtask) {}

    @Override
    public Integer snapshotState(long checkpoint) {
      return 0;
    }

    @Override
    public void close() {}
  }

  private static final class Nothing<T> implements SimpleVersionedSerializer<T> {
    @Override
    public int getVersion() {
      return 1;
    }

    @Override
    public byte[] serialize(T value) {
      return START;
    }

    @Override
    public T deserialize(int version, byte[] bytes) {
      throw new UnsupportedOperationException("no job with such a source takes checkpoints");
    }
  }
}
