package io.drawbar.internal.kernel;

import io.drawbar.iterate.Partial;
import io.drawbar.iterate.Superstep;
import io.drawbar.spi.EngineException;
import io.drawbar.spi.FrameMerger;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** What came of some held blocks in a superstep: which they were, and their partial. */
public final class FoldedFrame<P extends Partial<P>> {
  private BlockSet blocks;
  private TaskFailure failure;
  private final P partial;

  FoldedFrame(BlockSet blocks, TaskFailure failure, P partial) {
    this.blocks = blocks;
    this.failure = failure;
    this.partial = partial;
  }

  /**
   * The total of a superstep.
   *
   * @param frames of its workers
   * @param held what tasks have said that they hold
   * @throws io.drawbar.error.DrawbarException if a fold failed over the data
   * @throws EngineException if a block is missing or was folded twice
   */
  public static <P extends Partial<P>> P total(
      List<byte[]> frames, Superstep<?, P> superstep, HeldSet held) {
    FoldedFrame<P> all = new FoldedFrame<>(BlockSet.EMPTY, null, superstep.identity());
    for (byte[] frame : frames) {
      all.merge(of(frame, superstep));
    }
    if (all.failure != null) {
      throw all.failure.exception();
    }
    if (!all.blocks.equals(held.blocks())) {
      throw new EngineException(
          ("%s blocks of rows are held, and a superstep folded %s, or others: the engine lost some or"
                  + " counted them twice, so there is no result: run again, and report it")
              .formatted(held.blocks().blocks(), all.blocks.blocks()));
    }
    return all.partial;
  }

  private void merge(FoldedFrame<P> other) {
    blocks = blocks.and(other.blocks);
    failure = TaskFailure.first(failure, other.failure);
    partial.merge(other.partial);
  }

  byte[] toBytes() {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      bytes.write(new byte[Envelope.BYTES]);
      DataOutputStream out = new DataOutputStream(bytes);
      blocks.encode(out);
      out.writeBoolean(failure != null);
      if (failure != null) {
        failure.encode(out);
      }
      partial.encode(out);
      byte[] frame = bytes.toByteArray();
      new Envelope(Envelope.Kind.FOLDED, 0, 0, 1, 0, 0, 0).writeTo(frame);
      return frame;
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
  }

  private static <P extends Partial<P>> FoldedFrame<P> of(byte[] frame, Superstep<?, P> superstep) {
    Envelope envelope = Envelope.of(frame);
    int offset = Envelope.BYTES;
    try (DataInputStream in =
        new DataInputStream(new ByteArrayInputStream(frame, offset, frame.length - offset))) {
      if (envelope.kind() != Envelope.Kind.FOLDED) {
        throw new IOException("not the frame of a superstep");
      }
      BlockSet blocks = BlockSet.decode(in);
      TaskFailure failure = in.readBoolean() ? TaskFailure.decode(in) : null;
      return new FoldedFrame<>(blocks, failure, superstep.decode(in));
    } catch (IOException e) {
      throw new EngineException("a damaged frame: " + e.getMessage(), e);
    }
  }

  /** Merges two encoded frames of a superstep. */
  record Merger<P extends Partial<P>>(Superstep<?, P> superstep) implements FrameMerger {
    @Override
    public byte[] merge(byte[] left, byte[] right) {
      FoldedFrame<P> merged = of(left, superstep);
      merged.merge(of(right, superstep));
      return merged.toBytes();
    }
  }
}
