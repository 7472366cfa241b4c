package io.drawbar.internal.kernel;

import io.drawbar.internal.kernel.Envelope.Kind;
import io.drawbar.spi.FrameOutput;
import io.drawbar.spi.TaskContext;
import java.io.IOException;

/** Numbers the frames to each receiver and tells each at the end how many there were. */
final class ExchangeOutbox implements Outbox {
  private final TaskContext context;
  private final int stage;
  private final FrameOutput output;
  private final int[] sent;
  private long ordinal;

  ExchangeOutbox(TaskContext context, int stage, FrameOutput output) {
    this.context = context;
    this.stage = stage;
    this.output = output;
    sent = new int[context.receivers()];
  }

  /**
   * Sends a frame.
   *
   * @param frame its first {@link Envelope#BYTES} bytes are free for the header
   * @param unit the first unit that its rows are of
   */
  void send(int receiver, long unit, byte[] frame) throws IOException {
    emit(Kind.DATA, receiver, sent[receiver]++, unit, frame);
  }

  /**
   * All receivers hear of a failure; only the first gets the counts, so that they are counted once.
   */
  @Override
  public void end(TaskSummary summary) throws IOException {
    TaskSummary failure = new TaskSummary();
    failure.failure = summary.failure;
    for (int receiver = 0; receiver < sent.length; receiver++) {
      byte[] payload = (receiver == 0 ? summary : failure).toBytes();
      byte[] frame = new byte[Envelope.BYTES + payload.length];
      System.arraycopy(payload, 0, frame, Envelope.BYTES, payload.length);
      emit(Kind.END, receiver, sent[receiver], 0, frame);
    }
  }

  private void emit(Kind kind, int receiver, int sequence, long unit, byte[] frame)
      throws IOException {
    new Envelope(kind, stage, context.task(), context.tasks(), sequence, unit, ordinal++)
        .writeTo(frame);
    output.emit(receiver, frame);
  }
}
