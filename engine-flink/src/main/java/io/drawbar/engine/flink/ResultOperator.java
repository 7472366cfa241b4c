package io.drawbar.engine.flink;

import org.apache.flink.api.common.accumulators.ListAccumulator;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** Writes the frames of a task of the result to a file and leaves a receipt with Flink. */
final class ResultOperator extends AbstractStreamOperator<Void>
    implements OneInputStreamOperator<Tuple2<Integer, byte[]>, Void>, BoundedOneInput {
  private static final long serialVersionUID = 1;

  /** The accumulator that has the receipts. */
  static final String RECEIPTS = "drawbar.receipts";

  private final RunFolder folder;

  private transient RunFolder.FrameFile file;
  private transient boolean finished;

  ResultOperator(RunFolder folder) {
    this.folder = folder;
    this.chainingStrategy = ChainingStrategy.ALWAYS;
  }

  @Override
  public void open() throws Exception {
    super.open();
    file = folder.create();
  }

  @Override
  public void processElement(StreamRecord<Tuple2<Integer, byte[]>> element) throws Exception {
    file.add(element.getValue().f1);
  }

  @Override
  public void endInput() throws Exception {
    ListAccumulator<RunFolder.Receipt> receipts = new ListAccumulator<>();
    receipts.add(file.finish());
    finished = true;
    getRuntimeContext().addAccumulator(RECEIPTS, receipts);
  }

  @Override
  public void close() throws Exception {
    if (file != null && !finished) {
      file.abandon();
    }
    super.close();
  }
}
