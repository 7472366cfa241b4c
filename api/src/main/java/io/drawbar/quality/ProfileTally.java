package io.drawbar.quality;

import io.drawbar.column.Batch;
import io.drawbar.iterate.Partial;
import io.drawbar.type.DataType;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/** What is counted of some columns. */
final class ProfileTally implements Partial<ProfileTally> {
  private final ColumnTally[] columns;
  private long rows;

  ProfileTally(List<DataType> types) {
    ProfileLimits limits = ProfileLimits.of(types.size());
    columns = types.stream().map(type -> new ColumnTally(type, limits)).toArray(ColumnTally[]::new);
  }

  long rows() {
    return rows;
  }

  ColumnTally column(int index) {
    return columns[index];
  }

  void add(Batch batch) {
    rows += batch.selected();
    for (int c = 0; c < columns.length; c++) {
      columns[c].add(batch, batch.column(c));
    }
  }

  /** Begins anew, as part of another, which will be the one that it is added to. */
  void clear(ProfileTally whole) {
    rows = 0;
    for (int c = 0; c < columns.length; c++) {
      columns[c].clear(whole.columns[c]);
    }
  }

  @Override
  public void merge(ProfileTally other) {
    rows += other.rows;
    for (int c = 0; c < columns.length; c++) {
      columns[c].merge(other.columns[c]);
    }
  }

  @Override
  public void encode(DataOutput out) throws IOException {
    out.writeLong(rows);
    for (ColumnTally column : columns) {
      column.encode(out);
    }
  }

  static ProfileTally decode(DataInput in, List<DataType> types) throws IOException {
    ProfileTally tally = new ProfileTally(types);
    tally.rows = in.readLong();
    if (tally.rows < 0) {
      throw new IOException("a profile of " + tally.rows + " rows");
    }
    for (ColumnTally column : tally.columns) {
      column.decode(in);
    }
    return tally;
  }
}
