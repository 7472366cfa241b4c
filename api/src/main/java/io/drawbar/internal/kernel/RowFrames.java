package io.drawbar.internal.kernel;

import io.drawbar.column.Batch;
import io.drawbar.column.BatchCodec;
import io.drawbar.internal.kernel.Envelope.Kind;
import io.drawbar.spi.EngineException;
import io.drawbar.spi.FrameReader;
import io.drawbar.type.Schema;
import java.io.IOException;
import java.util.Optional;

/** Reads the frames of {@link CollectStep} one by one, for those who do not wait for all. */
public record RowFrames(Schema schema) implements FrameReader {
  @Override
  public Optional<Batch> read(byte[] frame) {
    try {
      Kind kind = Envelope.of(frame).kind();
      if (kind == Kind.DATA) {
        return Optional.of(BatchCodec.decode(schema, frame, Envelope.BYTES));
      }
      if (kind != Kind.END) {
        throw new EngineException("a reduced frame among the rows of a result");
      }
      TaskSummary summary = TaskSummary.ofBytes(frame, Envelope.BYTES);
      if (summary.failure != null) {
        throw summary.failure.exception();
      }
      return Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      throw new EngineException("the engine handed over a damaged frame: " + e.getMessage(), e);
    }
  }
}
