package io.drawbar.io;

import io.drawbar.column.Batch;
import io.drawbar.column.LongColumn;
import io.drawbar.iterate.BlockFold;
import io.drawbar.iterate.LeafKernel;
import io.drawbar.iterate.Partial;
import io.drawbar.spi.Unit;
import io.drawbar.type.DataType;
import io.drawbar.type.Field;
import io.drawbar.type.Schema;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What each leaf does to the states of a {@link RowAutomaton}; merging puts them together. */
final class LeafFunctions implements Partial<LeafFunctions> {
  /** A row for each leaf. */
  static final Schema SCHEMA =
      new Schema(
          List.of(
              Field.required("unit", DataType.LONG), Field.required("function", DataType.LONG)));

  private final TreeMap<Long, Integer> functions = new TreeMap<>();

  void put(long unit, int function) {
    functions.put(unit, function);
  }

  /** The functions of the leaves of each file; null where there are none. */
  List<int[]> byFile() {
    List<int[]> files = new ArrayList<>();
    for (Map.Entry<Long, Integer> last : functions.descendingMap().entrySet()) {
      int file = Unit.file(last.getKey());
      while (files.size() <= file) {
        files.add(null);
      }
      int leaf = (int) Unit.ordinal(last.getKey());
      if (files.get(file) == null) {
        files.set(file, new int[leaf + 1]);
      }
      files.get(file)[leaf] = last.getValue();
    }
    return files;
  }

  @Override
  public void merge(LeafFunctions other) {
    functions.putAll(other.functions);
  }

  @Override
  public void encode(DataOutput out) throws IOException {
    out.writeInt(functions.size());
    for (Map.Entry<Long, Integer> leaf : functions.entrySet()) {
      out.writeLong(leaf.getKey());
      out.writeInt(leaf.getValue());
    }
  }

  /** Gathers the rows of {@link LeafFunctionSource}. */
  record Kernel() implements LeafKernel<LeafFunctions> {
    private static final long serialVersionUID = 1;

    @Override
    public List<String> columns() {
      return SCHEMA.names();
    }

    @Override
    public LeafFunctions identity() {
      return new LeafFunctions();
    }

    @Override
    public BlockFold<LeafFunctions> open() {
      LeafFunctions[] block = {new LeafFunctions()};
      return new BlockFold<>() {
        @Override
        public void batch(Batch batch) {
          LongColumn units = (LongColumn) batch.column(0);
          LongColumn found = (LongColumn) batch.column(1);
          for (int n = 0; n < batch.selected(); n++) {
            int row = batch.row(n);
            block[0].put(units.values()[row], (int) found.values()[row]);
          }
        }

        @Override
        public void endBlock(LeafFunctions into) {
          into.merge(block[0]);
          block[0] = new LeafFunctions();
        }
      };
    }

    @Override
    public LeafFunctions decode(DataInput in) throws IOException {
      LeafFunctions all = new LeafFunctions();
      for (int left = in.readInt(); left > 0; left--) {
        all.put(in.readLong(), in.readInt());
      }
      return all;
    }
  }
}
