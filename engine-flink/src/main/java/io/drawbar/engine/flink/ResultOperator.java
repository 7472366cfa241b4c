package io.drawbar.engine.flink;

import io.drawbar.spi.FrameStream;
import java.util.UUID;
import org.apache.flink.api.common.accumulators.ListAccumulator;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Writes the frames of a task of the result to a file and leaves its name with Flink. The file may
 * be given up at any time: nobody looks at it before it is named, and it goes with the folder.
 */
final class ResultOperator extends AbstractStreamOperator<Void>
    implements OneInputStreamOperator<Tuple2<Integer, byte[]>, Void>, BoundedOneInput {
  private static final long serialVersionUID = 1;

  /** The accumulator that has the names of the files. */
  static final String FILES = "drawbar.results";

  private final RunFolder folder;

  private transient String name;
  private transient FrameStream.Writer file;

  ResultOperator(RunFolder folder) {
    this.folder = folder;
    this.chainingStrategy = ChainingStrategy.ALWAYS;
  }

  @Override
  public void open() throws Exception {
    super.open();
    name = "results-" + UUID.randomUUID();
    file = folder.writer(name);
  }

  @Override
  public void processElement(StreamRecord<Tuple2<Integer, byte[]>> element) throws Exception {
    file.emit(0, element.getValue().f1);
  }

  @Override
  public void endInput() throws Exception {
    file.close();
    ListAccumulator<String> files = new ListAccumulator<>();
    files.add(name);
    getRuntimeContext().addAccumulator(FILES, files);
  }

  @Override
  public void close() throws Exception {
    if (file != null) {
      file.close();
    }
    super.close();
  }
}
