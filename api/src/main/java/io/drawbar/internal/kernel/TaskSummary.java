package io.drawbar.internal.kernel;

import io.drawbar.spi.PartReceipt;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What some tasks, and those that fed them, have to say at their end: counts, and the first error.
 */
final class TaskSummary {
  private static final int MOST_STAGES = 100_000;
  private static final int MOST_PARTS = 1 << 24;

  final SortedMap<Integer, StageReport> stages = new TreeMap<>();
  final SortedMap<Integer, ExpectationTally> expectations = new TreeMap<>();

  /** The parts that have been written, by quarantine, in no particular order. */
  final SortedMap<String, List<PartReceipt>> quarantined = new TreeMap<>();

  TaskFailure failure;

  /** Says which parts of a quarantine have been written. */
  void quarantined(String name, List<PartReceipt> parts) {
    if (!parts.isEmpty()) {
      quarantined.computeIfAbsent(name, first -> new ArrayList<>()).addAll(parts);
    }
  }

  void add(int stage, StageReport report) {
    stages.computeIfAbsent(stage, s -> new StageReport()).add(report);
  }

  void add(SortedMap<Integer, ExpectationTally> tallies) {
    tallies.forEach(this::add);
  }

  private void add(int number, ExpectationTally tally) {
    ExpectationTally here = expectations.putIfAbsent(number, tally);
    if (here != null) {
      here.merge(tally);
    }
  }

  void add(TaskSummary other) {
    other.stages.forEach(this::add);
    add(other.expectations);
    other.quarantined.forEach(this::quarantined);
    failure = TaskFailure.first(failure, other.failure);
  }

  void encode(DataOutput out) throws IOException {
    out.writeInt(stages.size());
    for (var entry : stages.entrySet()) {
      out.writeInt(entry.getKey());
      entry.getValue().encode(out);
    }
    out.writeInt(expectations.size());
    for (var entry : expectations.entrySet()) {
      out.writeInt(entry.getKey());
      entry.getValue().encode(out);
    }
    out.writeInt(quarantined.size());
    for (var entry : quarantined.entrySet()) {
      out.writeUTF(entry.getKey());
      out.writeInt(entry.getValue().size());
      for (PartReceipt part : entry.getValue()) {
        out.writeUTF(part.name());
        out.writeUTF(part.path());
        out.writeLong(part.rows());
      }
    }
    out.writeBoolean(failure != null);
    if (failure != null) {
      failure.encode(out);
    }
  }

  static TaskSummary decode(DataInput in) throws IOException {
    TaskSummary summary = new TaskSummary();
    int count = within(in.readInt(), MOST_STAGES, "stages");
    for (int i = 0; i < count; i++) {
      summary.add(in.readInt(), StageReport.decode(in));
    }
    int expected = in.readInt();
    if (expected < 0 || expected > MOST_STAGES) {
      throw new IOException("a summary of " + expected + " lists of expectations");
    }
    for (int i = 0; i < expected; i++) {
      summary.add(in.readInt(), ExpectationTally.decode(in));
    }
    int quarantines = within(in.readInt(), MOST_STAGES, "quarantines");
    for (int i = 0; i < quarantines; i++) {
      String name = in.readUTF();
      int parts = within(in.readInt(), MOST_PARTS, "parts");
      for (int part = 0; part < parts; part++) {
        summary.quarantined(
            name, List.of(new PartReceipt(in.readUTF(), in.readUTF(), in.readLong())));
      }
    }
    if (in.readBoolean()) {
      summary.failure = TaskFailure.decode(in);
    }
    return summary;
  }

  private static int within(int count, int most, String what) throws IOException {
    if (count < 0 || count > most) {
      throw new IOException("a summary of %s %s".formatted(count, what));
    }
    return count;
  }

  byte[] toBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      encode(new DataOutputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
    return bytes.toByteArray();
  }

  static TaskSummary ofBytes(byte[] bytes, int offset) throws IOException {
    return decode(
        new DataInputStream(new ByteArrayInputStream(bytes, offset, bytes.length - offset)));
  }
}
