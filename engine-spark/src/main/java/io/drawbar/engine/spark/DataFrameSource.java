package io.drawbar.engine.spark;

import io.drawbar.error.DrawbarException;
import io.drawbar.spi.BatchSplit;
import io.drawbar.spi.EngineException;
import io.drawbar.spi.NativeRows;
import io.drawbar.spi.NativeSource;
import io.drawbar.spi.Split;
import io.drawbar.spi.Unit;
import io.drawbar.type.Schema;
import java.util.Iterator;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The rows of a DataFrame, read where Spark has them: a partition is a task. */
final class DataFrameSource extends NativeSource {
  private static final long serialVersionUID = 1;

  private final StructType struct;

  /** Only on the driver. */
  private final transient Dataset<Row> frame;

  DataFrameSource(Dataset<Row> frame) {
    super(
        SparkTypes.schema(classic(frame)),
        "rows of a Spark DataFrame",
        "SparkDrawbar.session(spark)");
    this.struct = frame.schema();
    this.frame = frame;
  }

  /** A DataFrame that runs in this program, and ends: only that has rows to give. */
  static org.apache.spark.sql.classic.Dataset<Row> classic(Dataset<Row> frame) {
    if (frame.isStreaming()) {
      throw new EngineException(
          "the DataFrame is a stream: a dataset has an end. Take the batches of"
              + " writeStream().foreachBatch(...), or read what it is made of with spark.read()");
    }
    if (frame instanceof org.apache.spark.sql.classic.Dataset<Row> here) {
      return here;
    }
    throw new EngineException(
        "engine 'spark': a DataFrame of Spark Connect runs in another program, which does not hand"
            + " over its rows; write it to files and read those, or use a classic SparkSession");
  }

  /** The rows in batches, one partition a task. */
  JavaRDD<Split> batches() {
    Schema columns = schema();
    StructType from = struct;
    return classic(frame)
        .queryExecution()
        .toRdd()
        .toJavaRDD()
        .mapPartitionsWithIndex(
            (partition, input) -> new Batches(columns, from, partition, input), false);
  }

  /** Cuts the rows of a partition into batches as they come. */
  private static final class Batches implements Iterator<Split> {
    private final NativeRows rows;
    private final SparkColumn[] columns;
    private final Iterator<InternalRow> input;
    private long unit;

    Batches(Schema schema, StructType struct, int partition, Iterator<InternalRow> input) {
      rows = new NativeRows(schema, row -> "a row of the DataFrame");
      columns =
          Stream.of(struct.fields())
              .map(StructField::dataType)
              .map(SparkColumn::of)
              .toArray(SparkColumn[]::new);
      unit = Unit.leaf(partition, 0);
      this.input = input;
    }

    @Override
    public boolean hasNext() {
      return input.hasNext();
    }

    @Override
    public Split next() {
      try {
        do {
          put(input.next());
        } while (!rows.isFull() && input.hasNext());
        return new BatchSplit(unit++, rows.build());
      } catch (DrawbarException e) {
        return failed(unit++, e);
      }
    }

    private void put(InternalRow row) {
      for (int c = 0; c < columns.length; c++) {
        if (row.isNullAt(c)) {
          rows.putNull(c);
        } else {
          columns[c].put(row, c, rows);
        }
      }
      rows.endRow();
    }
  }
}
