package io.drawbar.internal.kernel;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What some tasks, and those that fed them, have to say at their end: counts, and the first error.
 */
final class TaskSummary {
  private static final int MOST_STAGES = 100_000;

  final SortedMap<Integer, StageReport> stages = new TreeMap<>();
  final SortedMap<Integer, ExpectationTally> expectations = new TreeMap<>();
  TaskFailure failure;

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
    out.writeBoolean(failure != null);
    if (failure != null) {
      failure.encode(out);
    }
  }

  static TaskSummary decode(DataInput in) throws IOException {
    TaskSummary summary = new TaskSummary();
    int count = in.readInt();
    if (count < 0 || count > MOST_STAGES) {
      throw new IOException("a summary of " + count + " stages");
    }
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
    if (in.readBoolean()) {
      summary.failure = TaskFailure.decode(in);
    }
    return summary;
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
