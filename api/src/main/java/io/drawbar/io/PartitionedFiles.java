package io.drawbar.io;

import io.drawbar.column.Batch;
import io.drawbar.column.BooleanColumn;
import io.drawbar.column.ColumnVector;
import io.drawbar.column.LongColumn;
import io.drawbar.column.StringColumn;
import io.drawbar.config.Config;
import io.drawbar.spi.BadRowListener;
import io.drawbar.spi.Layout;
import io.drawbar.spi.LeafReader;
import io.drawbar.spi.PartitionFolders;
import io.drawbar.spi.Source;
import io.drawbar.spi.Split;
import io.drawbar.spi.Surveyed;
import io.drawbar.spi.Tolerance;
import io.drawbar.spi.Undeclared;
import io.drawbar.text.Utf8;
import io.drawbar.type.DataType;
import io.drawbar.type.Field;
import io.drawbar.type.Schema;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Files some of whose columns are in the names of their folders, {@code year=2024/country=DE}; made
 * by {@link CsvSource#partitionedBy} and {@link JsonSource#partitionedBy}. See the package page.
 */
public final class PartitionedFiles implements Surveyed {
  private static final long serialVersionUID = 1;

  private final Source files;
  private final Schema schema;
  private final List<String> partitions;

  private PartitionedFiles(Source files, Schema schema, List<String> partitions) {
    this.files = files;
    this.schema = schema;
    this.partitions = partitions;
  }

  /**
   * Rows of files with more columns.
   *
   * @param files reads what is in them; its splits say with {@link Split#shown} where a file is
   * @param schema all columns, in their order
   * @param partitions those that are in the path
   * @throws io.drawbar.error.DrawbarException if such a column is not declared, or of a type that
   *     has no one text
   */
  public static PartitionedFiles of(Source files, Schema schema, List<String> partitions) {
    PartitionFolders.check(schema, partitions, files.describe());
    return new PartitionedFiles(files, schema, List.copyOf(partitions));
  }

  @Override
  public PartitionedFiles configured(Config config) {
    return new PartitionedFiles(files.configured(config), schema, partitions);
  }

  @Override
  public String survey() {
    return files instanceof Surveyed surveyed ? surveyed.survey() : "";
  }

  @Override
  public Source surveyed(Layout layout, Undeclared.Pass pass) {
    return files instanceof Surveyed surveyed
        ? new PartitionedFiles(surveyed.surveyed(layout, pass), schema, partitions)
        : this;
  }

  @Override
  public Schema schema() {
    Schema inFiles = files.schema();
    inFiles.names().forEach(schema::indexOf);
    return schema;
  }

  @Override
  public String describe() {
    return files.describe() + " (partitioned by " + String.join(", ", partitions) + ")";
  }

  @Override
  public Tolerance tolerance() {
    return files.tolerance();
  }

  @Override
  public String place(int file, long offset) {
    return files.place(file, offset);
  }

  @Override
  public boolean isOrdered() {
    return files.isOrdered();
  }

  /**
   * {@inheritDoc}
   *
   * @throws io.drawbar.error.DrawbarException if a file is in no folder that is named after one of
   *     the columns, or what it is named is not of the column's type
   */
  @Override
  public List<Split> splits(Layout layout, int desired, int alignment) {
    List<Split> splits = files.splits(layout, desired, alignment);
    String before = "";
    for (Split split : splits) {
      if (!split.shown().equals(before)) {
        before = split.shown();
        for (String column : partitions) {
          PartitionFolders.value(before, schema.field(column));
        }
      }
    }
    return splits;
  }

  @Override
  public LeafReader open(Split split, Layout layout, List<String> columns) throws IOException {
    Schema wanted = new Schema(columns.stream().map(schema::field).toList());
    List<String> inFiles = columns.stream().filter(c -> !partitions.contains(c)).toList();
    Constant[] constants = new Constant[columns.size()];
    for (int c = 0; c < constants.length; c++) {
      Field field = wanted.field(c);
      if (partitions.contains(field.name())) {
        constants[c] = new Constant(field.type(), PartitionFolders.value(split.shown(), field));
      }
    }
    return new Reader(files.open(split, layout, inFiles), wanted, constants);
  }

  /** A column that has one value in all rows of a file. */
  private static final class Constant {
    private final DataType type;
    private final Optional<Object> value;
    private ColumnVector column;

    Constant(DataType type, Optional<Object> value) {
      this.type = type;
      this.value = value;
    }

    ColumnVector of(int rows) {
      if (column == null || column.size() != rows) {
        column = make(rows);
      }
      return column;
    }

    private ColumnVector make(int rows) {
      boolean[] nulls = null;
      if (value.isEmpty()) {
        nulls = new boolean[rows];
        Arrays.fill(nulls, true);
      }
      if (type == DataType.LONG) {
        long[] values = new long[rows];
        Arrays.fill(values, (Long) value.orElse(0L));
        return new LongColumn(rows, values, nulls);
      }
      if (type == DataType.BOOLEAN) {
        boolean[] values = new boolean[rows];
        Arrays.fill(values, (Boolean) value.orElse(false));
        return new BooleanColumn(rows, values, nulls);
      }
      byte[] text = Utf8.encode((String) value.orElse(""));
      int[] ends = new int[rows];
      Arrays.fill(ends, text.length);
      return new StringColumn(rows, text, new int[rows], ends, nulls);
    }
  }

  /**
   * Adds the columns of the path to blocks.
   *
   * @param constants for each column wanted its value, null if it is in the file
   */
  private record Reader(LeafReader files, Schema wanted, Constant[] constants)
      implements LeafReader {
    @Override
    public void tell(BadRowListener listener) {
      files.tell(listener);
    }

    @Override
    public boolean nextLeaf() throws IOException {
      return files.nextLeaf();
    }

    @Override
    public long unit() {
      return files.unit();
    }

    @Override
    public Batch nextBlock() throws IOException {
      Batch block = files.nextBlock();
      if (block == null) {
        return null;
      }
      ColumnVector[] columns = new ColumnVector[constants.length];
      int inFile = 0;
      for (int c = 0; c < columns.length; c++) {
        columns[c] = constants[c] == null ? block.column(inFile++) : constants[c].of(block.rows());
      }
      return block.withColumns(wanted, columns);
    }

    @Override
    public long bytesRead() {
      return files.bytesRead();
    }

    @Override
    public void close() throws IOException {
      files.close();
    }
  }
}
