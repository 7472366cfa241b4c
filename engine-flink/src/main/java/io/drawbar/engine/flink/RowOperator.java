package io.drawbar.engine.flink;

import io.drawbar.column.Batch;
import io.drawbar.error.DrawbarException;
import io.drawbar.spi.EngineException;
import io.drawbar.spi.FrameReader;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.types.Row;

/** Reads the rows out of the frames of a result: the way from a dataset to a stream. */
final class RowOperator extends AbstractStreamOperator<Row>
    implements OneInputStreamOperator<Tuple2<Integer, byte[]>, Row> {
  private static final long serialVersionUID = 1;

  private final FrameReader frames;

  RowOperator(FrameReader frames) {
    this.frames = frames;
    this.chainingStrategy = ChainingStrategy.ALWAYS;
  }

  @Override
  public void processElement(StreamRecord<Tuple2<Integer, byte[]>> element) {
    try {
      frames.read(element.getValue().f1).ifPresent(this::emit);
    } catch (EngineException e) {
      throw e;
    } catch (DrawbarException e) {
      // An error in the data: it does not get better.
      throw new SuppressRestartsException(e);
    }
  }

  /** One at a time: rows of sparse vectors are many times what their batch is. */
  private void emit(Batch batch) {
    for (int n = 0; n < batch.selected(); n++) {
      output.collect(new StreamRecord<>(FlinkTypes.theirs(batch.rowAt(batch.row(n)))));
    }
  }
}
