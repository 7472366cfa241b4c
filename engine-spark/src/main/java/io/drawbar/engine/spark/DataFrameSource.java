package io.drawbar.engine.spark;

import io.drawbar.column.Batch;
import io.drawbar.column.ColumnVector;
import io.drawbar.error.DrawbarException;
import io.drawbar.spi.BatchSplit;
import io.drawbar.spi.EngineException;
import io.drawbar.spi.Layout;
import io.drawbar.spi.LeafReader;
import io.drawbar.spi.Source;
import io.drawbar.spi.Split;
import io.drawbar.spi.Unit;
import io.drawbar.type.Field;
import io.drawbar.type.Schema;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;

/** The rows of a DataFrame, read where Spark has them: a partition is a task. */
final class DataFrameSource implements Source {
  private static final long serialVersionUID = 1;

  private static final int MOST_ROWS = 4096;

  private final Schema schema;
  private final StructType struct;

  /** Only on the driver. */
  private final transient Dataset<Row> frame;

  DataFrameSource(Dataset<Row> frame) {
    classic(frame);
    this.schema = SparkTypes.schema(frame);
    this.struct = frame.schema();
    this.frame = frame;
  }

  /** A DataFrame that runs in this program: only that has rows to give. */
  static org.apache.spark.sql.classic.Dataset<Row> classic(Dataset<Row> frame) {
    if (frame instanceof org.apache.spark.sql.classic.Dataset<Row> here) {
      return here;
    }
    throw new EngineException(
        "engine 'spark': a DataFrame of Spark Connect runs in another program, which does not hand"
            + " over its rows; write it to files and read those, or use a classic SparkSession");
  }

  @Override
  public Schema schema() {
    return schema;
  }

  @Override
  public String describe() {
    return "a Spark DataFrame";
  }

  @Override
  public boolean isOrdered() {
    return false;
  }

  @Override
  public List<Split> splits(Layout layout, int desired, int alignment) {
    throw new EngineException(
        "the rows of a Spark DataFrame can only be read by a session on Spark: attach one with"
            + " SparkDrawbar.session(spark), or write the DataFrame to files and read those");
  }

  /** The rows in batches, one partition a task. */
  JavaRDD<Split> batches(Layout layout) {
    int rows = Math.min(MOST_ROWS, layout.blockRows());
    Schema columns = schema;
    StructType from = struct;
    return classic(frame)
        .queryExecution()
        .toRdd()
        .toJavaRDD()
        .mapPartitionsWithIndex(
            (partition, input) -> new Batches(columns, from, rows, partition, input), false);
  }

  @Override
  public LeafReader open(Split split, Layout layout, List<String> columns) {
    return ((Rows) split).open(columns);
  }

  /**
   * Some rows, or what is wrong with them: an error in the data is raised where a task reads, not
   * where Spark does, so that it is reported like any other.
   */
  private record Rows(BatchSplit rows, DrawbarException problem, long firstUnit) implements Split {
    LeafReader open(List<String> columns) {
      if (problem != null) {
        throw problem;
      }
      return rows.open(columns);
    }

    @Override
    public long bytes() {
      return rows == null ? 0 : rows.bytes();
    }
  }

  /** Cuts the rows of a partition into batches as they come. */
  private static final class Batches implements Iterator<Split> {
    private final Schema schema;
    private final StructType struct;
    private final int most;
    private final int partition;
    private final Iterator<InternalRow> input;
    private long next;

    Batches(
        Schema schema, StructType struct, int most, int partition, Iterator<InternalRow> input) {
      this.schema = schema;
      this.struct = struct;
      this.most = most;
      this.partition = partition;
      this.input = input;
    }

    @Override
    public boolean hasNext() {
      return input.hasNext();
    }

    @Override
    public Split next() {
      long unit = Unit.leaf(partition, next++);
      SparkColumn[] columns = new SparkColumn[schema.size()];
      for (int c = 0; c < columns.length; c++) {
        Field field = schema.field(c);
        columns[c] = SparkColumn.of(field, struct.fields()[c].dataType(), most);
      }
      int rows = 0;
      try {
        for (boolean full = false; rows < most && !full && input.hasNext(); rows++) {
          InternalRow row = input.next();
          for (int c = 0; c < columns.length; c++) {
            columns[c].append(row, c);
            full |= columns[c].isFull();
          }
        }
      } catch (DrawbarException e) {
        return new Rows(null, e, unit);
      }
      ColumnVector[] vectors = new ColumnVector[columns.length];
      for (int c = 0; c < vectors.length; c++) {
        vectors[c] = columns[c].build();
      }
      return new Rows(new BatchSplit(unit, Batch.of(schema, rows, vectors)), null, unit);
    }
  }
}
