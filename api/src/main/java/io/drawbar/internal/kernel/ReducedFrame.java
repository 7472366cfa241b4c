package io.drawbar.internal.kernel;

import io.drawbar.internal.kernel.Envelope.Kind;
import io.drawbar.iterate.LeafKernel;
import io.drawbar.iterate.Partial;
import io.drawbar.spi.EngineException;
import io.drawbar.spi.FrameMerger;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.BitSet;

/**
 * The one frame of a task that reduces, or several of them merged: which tasks it stands for, what
 * they report, and their partial.
 */
final class ReducedFrame<P extends Partial<P>> {
  private static final int MOST_TASKS = 1 << 24;

  private final int stage;
  private final int tasks;
  private final BitSet from;
  final TaskSummary summary;
  P partial;

  ReducedFrame(int stage, int tasks, BitSet from, TaskSummary summary, P partial) {
    this.stage = stage;
    this.tasks = tasks;
    this.from = from;
    this.summary = summary;
    this.partial = partial;
  }

  /** Merges another into this; a task that both stand for was counted twice. */
  void merge(ReducedFrame<P> other) {
    if (from.intersects(other.from) || tasks != other.tasks) {
      throw new EngineException(
          "tasks %s and %s of stage %s were merged: the engine counted a task twice, so there is no"
                  .formatted(from, other.from, stage)
              + " result: run again, and report it");
    }
    from.or(other.from);
    summary.add(other.summary);
    partial.merge(other.partial);
  }

  /** Checks that every task is in it. */
  void verify() {
    if (from.cardinality() != tasks) {
      throw new EngineException(
          "only tasks %s of %s of stage %s were merged: the engine lost some, so there is no result:"
                  .formatted(from, tasks, stage)
              + " run again, and report it");
    }
  }

  byte[] toBytes() {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      bytes.write(new byte[Envelope.BYTES]);
      DataOutputStream out = new DataOutputStream(bytes);
      out.writeInt(tasks);
      byte[] bits = from.toByteArray();
      out.writeInt(bits.length);
      out.write(bits);
      summary.encode(out);
      partial.encode(out);
      byte[] frame = bytes.toByteArray();
      new Envelope(Kind.REDUCED, stage, from.nextSetBit(0), tasks, 0, 0, 0).writeTo(frame);
      return frame;
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
  }

  static <P extends Partial<P>> ReducedFrame<P> of(byte[] frame, LeafKernel<P> kernel) {
    Envelope envelope = Envelope.of(frame);
    int offset = Envelope.BYTES;
    try (DataInputStream in =
        new DataInputStream(new ByteArrayInputStream(frame, offset, frame.length - offset))) {
      int tasks = in.readInt();
      int length = in.readInt();
      if (envelope.kind() != Kind.REDUCED || tasks < 1 || tasks > MOST_TASKS) {
        throw new IOException("not a reduced frame");
      }
      if (length < 0 || length > in.available()) {
        throw new IOException("a set of " + length + " bytes");
      }
      BitSet from = BitSet.valueOf(in.readNBytes(length));
      TaskSummary summary = TaskSummary.decode(in);
      return new ReducedFrame<>(envelope.stage(), tasks, from, summary, kernel.decode(in));
    } catch (IOException e) {
      throw new EngineException("a damaged frame: " + e.getMessage(), e);
    }
  }

  /** Merges two encoded frames of a kernel's partials. */
  record Merger<P extends Partial<P>>(LeafKernel<P> kernel) implements FrameMerger {
    @Override
    public byte[] merge(byte[] left, byte[] right) {
      ReducedFrame<P> merged = of(left, kernel);
      merged.merge(of(right, kernel));
      return merged.toBytes();
    }
  }
}
