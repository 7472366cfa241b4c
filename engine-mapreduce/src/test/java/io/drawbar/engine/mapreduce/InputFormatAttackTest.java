package io.drawbar.engine.mapreduce;

import static io.drawbar.expr.Functions.count;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbar.Session;
import io.drawbar.config.Config;
import io.drawbar.spi.BadRowException;
import io.drawbar.spi.EngineException;
import io.drawbar.spi.Source;
import io.drawbar.type.DataType;
import io.drawbar.type.Field;
import io.drawbar.type.Row;
import io.drawbar.type.Schema;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.io.Writable;
import org.apache.hadoop.mapreduce.InputFormat;
import org.apache.hadoop.mapreduce.InputSplit;
import org.apache.hadoop.mapreduce.JobContext;
import org.apache.hadoop.mapreduce.RecordReader;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Input formats that are empty, long, broken, or say odd things of themselves. */
@Timeout(60)
class InputFormatAttackTest {
  private static final Schema NUMBERS =
      Schema.empty()
          .with("n", DataType.LONG)
          .with(Field.optional("x", DataType.DOUBLE))
          .with("v", DataType.vector(2))
          .with("text", DataType.STRING);

  private static final double PAYLOAD = Double.longBitsToDouble(0xfff8_0000_0000_1234L);

  @TempDir Path folder;

  /** Some numbers, of which a host may be unknown. */
  public static final class Range extends InputSplit implements Writable {
    private long from;
    private long to;

    public Range() {}

    Range(long from, long to) {
      this.from = from;
      this.to = to;
    }

    @Override
    public long getLength() {
      return -1;
    }

    @Override
    public String[] getLocations() {
      return from % 2 == 0 ? new String[] {null, "nowhere"} : null;
    }

    @Override
    public void write(DataOutput out) throws IOException {
      out.writeLong(from);
      out.writeLong(to);
    }

    @Override
    public void readFields(DataInput in) throws IOException {
      from = in.readLong();
      to = in.readLong();
    }
  }

  /** The numbers from 0, in ranges of which every third is empty. */
  public static final class Numbers extends InputFormat<NullWritable, LongWritable> {
    @Override
    public List<InputSplit> getSplits(JobContext job) {
      long rows = job.getConfiguration().getLong("test.rows", 0);
      long size = job.getConfiguration().getLong("test.split", 1);
      List<InputSplit> splits = new ArrayList<>();
      for (long from = 0; from < rows; from += size) {
        splits.add(new Range(from, Math.min(rows, from + size)));
        if (splits.size() % 3 == 2) {
          splits.add(new Range(from, from));
        }
      }
      return splits;
    }

    @Override
    public RecordReader<NullWritable, LongWritable> createRecordReader(
        InputSplit split, TaskAttemptContext task) {
      return new RangeReader();
    }
  }

  private static final class RangeReader extends RecordReader<NullWritable, LongWritable> {
    private final LongWritable value = new LongWritable();
    private long next;
    private long to;

    @Override
    public void initialize(InputSplit split, TaskAttemptContext task) {
      next = ((Range) split).from;
      to = ((Range) split).to;
    }

    @Override
    public boolean nextKeyValue() {
      value.set(next);
      return next++ < to;
    }

    @Override
    public NullWritable getCurrentKey() {
      return NullWritable.get();
    }

    @Override
    public LongWritable getCurrentValue() {
      return value;
    }

    @Override
    public float getProgress() {
      return 0;
    }

    @Override
    public void close() {}
  }

  private static Source numbers(
      long rows, long split, RowMapping<NullWritable, LongWritable> mapping) {
    Configuration configuration = new Configuration(false);
    configuration.setLong("test.rows", rows);
    configuration.setLong("test.split", split);
    return MapReduceDrawbar.inputFormat(configuration, Numbers.class, NUMBERS, mapping);
  }

  /** Numbers as Java has them, each twice, some missing. */
  private static Row row(LongWritable number) {
    int n = (int) number.get() / 2;
    Object x = n % 5 == 0 ? null : n % 7 == 0 ? PAYLOAD : n % 3 == 0 ? -0.0f : n * 0.5f;
    return Row.of(NUMBERS, n, x, new float[] {n, -0.0f}, "text " + n % 11);
  }

  private Session session(String engine, int parallelism) {
    return Session.open(
        Config.of(
            "drawbar.engine",
            engine,
            "drawbar.parallelism",
            Integer.toString(parallelism),
            "drawbar.mapreduce.scratch.folder",
            folder.toString()));
  }

  @ParameterizedTest
  @CsvSource({"local, 1", "local, 7", "mapreduce, 1", "mapreduce, 2", "mapreduce, 7"})
  void rowsAreTheSameHoweverTheyAreCut(String engine, int parallelism) {
    List<Row> expected;
    try (Session one = session("local", 1)) {
      expected = one.read(numbers(9001, 100_000, (key, n) -> row(n))).collect();
    }
    assertThat(expected).hasSize(9001);
    try (Session session = session(engine, parallelism)) {
      List<Row> rows = session.read(numbers(9001, 700, (key, n) -> row(n))).collect();
      assertThat(rows).isEqualTo(expected);
      List<Row> arrived =
          session.read(numbers(9001, 700, (key, n) -> row(n))).asArrives().collect();
      for (Row row : arrived) {
        long n = row.longValue("n");
        Object x = row.value("x");
        if (n % 5 == 0) {
          assertThat(x).isNull();
        } else if (n % 7 == 0) {
          assertThat(Double.doubleToRawLongBits((Double) x))
              .isEqualTo(Double.doubleToRawLongBits(Double.NaN));
        } else {
          assertThat(x).isEqualTo(n % 3 == 0 ? -0.0 : n * 0.5);
        }
        assertThat((double[]) row.value("v")).containsExactly(n, -0.0);
      }
      assertThat(session.read(numbers(0, 1, (key, n) -> row(n))).count()).isZero();
    }
  }

  @Test
  void longTextsEndABlock() {
    Schema texts = Schema.empty().with("text", DataType.STRING);
    Configuration configuration = new Configuration(false);
    configuration.setLong("test.rows", 40);
    configuration.setLong("test.split", 40);
    Source source =
        MapReduceDrawbar.inputFormat(
            configuration,
            Numbers.class,
            texts,
            (NullWritable key, LongWritable n) ->
                Row.of(texts, ("" + n.get() % 10).repeat(4 << 20)));
    try (Session session = session("local", 1)) {
      assertThat(session.read(source).asArrives().groupBy("text").agg(count().as("n")).count())
          .isEqualTo(10);
    }
  }

  /** It cannot be made, or throws what it must not. */
  static final class Broken extends InputFormat<NullWritable, LongWritable> {
    @Override
    public List<InputSplit> getSplits(JobContext job) {
      throw new IllegalStateException("test.rows is not set");
    }

    @Override
    public RecordReader<NullWritable, LongWritable> createRecordReader(
        InputSplit split, TaskAttemptContext task) {
      return null;
    }
  }

  @Test
  void whatAFormatThrowsIsNamed() {
    Source broken =
        MapReduceDrawbar.inputFormat(
            new Configuration(false),
            Broken.class,
            NUMBERS,
            (NullWritable key, LongWritable n) -> row(n));
    for (String engine : List.of("local", "mapreduce")) {
      try (Session session = session(engine, 2)) {
        assertThatThrownBy(() -> session.read(broken).count())
            .isInstanceOf(EngineException.class)
            .hasMessageContaining("Hadoop's Broken could not be cut into splits")
            .hasMessageContaining("IllegalStateException: test.rows is not set");
        assertThatThrownBy(
                () ->
                    session
                        .read(
                            numbers(
                                9,
                                5,
                                (key, n) -> {
                                  throw new IllegalStateException("planted");
                                }))
                        .count())
            .isInstanceOf(EngineException.class)
            .hasMessageContaining("IllegalStateException: planted");
        assertThatThrownBy(() -> session.read(numbers(9, 5, (key, n) -> null)).count())
            .isInstanceOf(BadRowException.class)
            .hasMessage("row 1 of split 0 of Hadoop's Numbers is null");
      }
    }
  }
}
