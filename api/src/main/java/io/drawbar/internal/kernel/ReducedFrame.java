package io.drawbar.internal.kernel;

import io.drawbar.internal.kernel.Envelope.Kind;
import io.drawbar.iterate.Partial;
import io.drawbar.iterate.PartialForm;
import io.drawbar.spi.EngineException;
import io.drawbar.spi.FrameMerger;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.BitSet;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The one frame of a task that reduces, or several of them merged: which tasks it stands for, what
 * they report, and their partial.
 */
final class ReducedFrame<P extends Partial<P>> {
  private static final int MOST_TASKS = 1 << 24;

  private static final int MOST_STAGES = 100_000;

  /** The tasks of a stage that are in it, of so many. */
  private record Share(int tasks, BitSet from) {}

  private final SortedMap<Integer, Share> shares;
  final TaskSummary summary;
  P partial;

  private ReducedFrame(SortedMap<Integer, Share> shares, TaskSummary summary, P partial) {
    this.shares = shares;
    this.summary = summary;
    this.partial = partial;
  }

  /** The frame of one task. */
  static <P extends Partial<P>> ReducedFrame<P> ofTask(
      int stage, int task, int tasks, TaskSummary summary, P partial) {
    BitSet self = new BitSet();
    self.set(task);
    SortedMap<Integer, Share> shares = new TreeMap<>();
    shares.put(stage, new Share(tasks, self));
    return new ReducedFrame<>(shares, summary, partial);
  }

  /** Merges another into this; a task that both stand for was counted twice. */
  void merge(ReducedFrame<P> other) {
    other.shares.forEach(this::add);
    summary.add(other.summary);
    partial.merge(other.partial);
  }

  private void add(int stage, Share more) {
    Share here = shares.putIfAbsent(stage, more);
    if (here == null) {
      return;
    }
    if (here.from.intersects(more.from) || here.tasks != more.tasks) {
      throw new EngineException(
          "tasks %s and %s of stage %s were merged: the engine counted a task twice, so there is no"
                  .formatted(here.from, more.from, stage)
              + " result: run again, and report it");
    }
    here.from.or(more.from);
  }

  /** Checks that every task of these stages is in it, and no other. */
  void verify(List<Integer> stages) {
    if (!List.copyOf(shares.keySet()).equals(stages)) {
      throw new EngineException(
          "partials of stages %s were merged, not of %s: the engine lost some, so there is no result:"
                  .formatted(shares.keySet(), stages)
              + " run again, and report it");
    }
    shares.forEach(
        (stage, share) -> {
          if (share.from.cardinality() != share.tasks) {
            throw new EngineException(
                "only tasks %s of %s of stage %s were merged: the engine lost some, so there is no"
                        .formatted(share.from, share.tasks, stage)
                    + " result: run again, and report it");
          }
        });
  }

  byte[] toBytes() {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      bytes.write(new byte[Envelope.BYTES]);
      DataOutputStream out = new DataOutputStream(bytes);
      out.writeInt(shares.size());
      for (var entry : shares.entrySet()) {
        byte[] bits = entry.getValue().from.toByteArray();
        out.writeInt(entry.getKey());
        out.writeInt(entry.getValue().tasks);
        out.writeInt(bits.length);
        out.write(bits);
      }
      summary.encode(out);
      partial.encode(out);
      byte[] frame = bytes.toByteArray();
      Share first = shares.get(shares.firstKey());
      int task = first.from.nextSetBit(0);
      new Envelope(Kind.REDUCED, shares.firstKey(), task, first.tasks, 0, 0, 0).writeTo(frame);
      return frame;
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
  }

  static <P extends Partial<P>> ReducedFrame<P> of(byte[] frame, PartialForm<P> form) {
    Envelope envelope = Envelope.of(frame);
    int offset = Envelope.BYTES;
    try (DataInputStream in =
        new DataInputStream(new ByteArrayInputStream(frame, offset, frame.length - offset))) {
      if (envelope.kind() != Kind.REDUCED) {
        throw new IOException("not a reduced frame");
      }
      SortedMap<Integer, Share> shares = shares(in);
      TaskSummary summary = TaskSummary.decode(in);
      return new ReducedFrame<>(shares, summary, form.decode(in));
    } catch (IOException e) {
      throw new EngineException("a damaged frame: " + e.getMessage(), e);
    }
  }

  private static SortedMap<Integer, Share> shares(DataInputStream in) throws IOException {
    SortedMap<Integer, Share> shares = new TreeMap<>();
    int stages = in.readInt();
    if (stages < 1 || stages > MOST_STAGES) {
      throw new IOException("tasks of " + stages + " stages");
    }
    for (int i = 0; i < stages; i++) {
      int stage = in.readInt();
      int tasks = in.readInt();
      int length = in.readInt();
      if (tasks < 1 || tasks > MOST_TASKS || length < 1 || length > in.available()) {
        throw new IOException("a set of " + length + " bytes of " + tasks + " tasks");
      }
      shares.put(stage, new Share(tasks, BitSet.valueOf(in.readNBytes(length))));
    }
    return shares;
  }

  /** Merges two encoded frames of partials. */
  record Merger<P extends Partial<P>>(PartialForm<P> form) implements FrameMerger {
    @Override
    public byte[] merge(byte[] left, byte[] right) {
      ReducedFrame<P> merged = of(left, form);
      merged.merge(of(right, form));
      return merged.toBytes();
    }
  }
}
