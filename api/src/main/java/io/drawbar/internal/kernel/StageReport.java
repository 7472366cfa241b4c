package io.drawbar.internal.kernel;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Optional;

/** What the tasks of a stage have done, in numbers that add up. */
public final class StageReport {
  long tasks;
  long leaves;
  long blocks;
  long rowsIn;
  long rowsBad;
  long rowsMended;
  long fieldsNulled;
  FirstBadRow firstBad;
  long rowsOut;
  long bytesRead;
  long framesOutOfOrder;
  long largestUnit;
  long bytesSpilled;
  long runsSpilled;

  /** Tasks that took part. */
  public long tasks() {
    return tasks;
  }

  /** Leaves that held at least one row; after an exchange, units of the hash space. */
  public long leaves() {
    return leaves;
  }

  /** Blocks read. */
  public long blocks() {
    return blocks;
  }

  /** Rows read from a source, good and bad, or taken from frames. */
  public long rowsIn() {
    return rowsIn;
  }

  /** Rows read that were left out, because they do not fit. */
  public long rowsBad() {
    return rowsBad;
  }

  /** Rows read that are good with fields made null. */
  public long rowsMended() {
    return rowsMended;
  }

  /** Those fields. */
  public long fieldsNulled() {
    return fieldsNulled;
  }

  /** The first row in the data that is bad or mended, if there is one. */
  public Optional<FirstBadRow> firstBad() {
    return Optional.ofNullable(firstBad);
  }

  /** Rows sent on, collected or written. */
  public long rowsOut() {
    return rowsOut;
  }

  /** Bytes read from a source, before decompression. */
  public long bytesRead() {
    return bytesRead;
  }

  /** Frames that came after one of a producer with a higher number. */
  public long framesOutOfOrder() {
    return framesOutOfOrder;
  }

  /** The rows of the largest unit after an exchange. */
  public long largestUnit() {
    return largestUnit;
  }

  /** Bytes put down on disk because memory was full. */
  public long bytesSpilled() {
    return bytesSpilled;
  }

  /** How often rows or groups were put down, or those that were merged. */
  public long runsSpilled() {
    return runsSpilled;
  }

  void add(StageReport other) {
    largestUnit = Math.max(largestUnit, other.largestUnit);
    tasks += other.tasks;
    leaves += other.leaves;
    blocks += other.blocks;
    rowsIn += other.rowsIn;
    rowsBad += other.rowsBad;
    rowsMended += other.rowsMended;
    fieldsNulled += other.fieldsNulled;
    firstBad = FirstBadRow.first(firstBad, other.firstBad);
    rowsOut += other.rowsOut;
    bytesRead += other.bytesRead;
    framesOutOfOrder += other.framesOutOfOrder;
    bytesSpilled += other.bytesSpilled;
    runsSpilled += other.runsSpilled;
  }

  void encode(DataOutput out) throws IOException {
    for (long value :
        new long[] {
          tasks,
          leaves,
          blocks,
          rowsIn,
          rowsBad,
          rowsMended,
          fieldsNulled,
          rowsOut,
          bytesRead,
          framesOutOfOrder,
          largestUnit,
          bytesSpilled,
          runsSpilled
        }) {
      out.writeLong(value);
    }
    out.writeBoolean(firstBad != null);
    if (firstBad != null) {
      firstBad.encode(out);
    }
  }

  static StageReport decode(DataInput in) throws IOException {
    StageReport report = new StageReport();
    report.tasks = in.readLong();
    report.leaves = in.readLong();
    report.blocks = in.readLong();
    report.rowsIn = in.readLong();
    report.rowsBad = in.readLong();
    report.rowsMended = in.readLong();
    report.fieldsNulled = in.readLong();
    report.rowsOut = in.readLong();
    report.bytesRead = in.readLong();
    report.framesOutOfOrder = in.readLong();
    report.largestUnit = in.readLong();
    report.bytesSpilled = in.readLong();
    report.runsSpilled = in.readLong();
    report.firstBad = in.readBoolean() ? FirstBadRow.decode(in) : null;
    return report;
  }
}
