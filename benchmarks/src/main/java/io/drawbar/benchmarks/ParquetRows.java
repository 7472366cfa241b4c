package io.drawbar.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;

/**
 * Generated rows of {@value #COLUMNS} numbers in a Parquet file, as its library and Spark write
 * them: Snappy, columns that may hold nulls, row groups of 32 MB. The answer is the sum of each
 * column.
 */
final class ParquetRows {
  static final int COLUMNS = NumberRows.COLUMNS;

  /** Numbers that are all different, and stand in the file one by one. */
  static final String DISTINCT = "distinct";

  /** A thousand different numbers in a column: the file has places in a dictionary. */
  static final String REPEATED = "repeated";

  private static final String FILE = "numbers.parquet";
  private static final int VARIETY = 1_000;
  private static final long GROUP_BYTES = 32L << 20;
  private static final double TOLERANCE = 1e-3;

  private ParquetRows() {}

  static Path file(Input input) {
    return input.file(FILE);
  }

  static Input of(long rows, String cells) {
    return Input.named("numbers-parquet-" + cells + "-" + rows, generator(rows, cells));
  }

  static Input.Generator generator(long rows, String cells) {
    if (!cells.equals(DISTINCT) && !cells.equals(REPEATED)) {
      throw new IllegalArgumentException("no cells are '%s'".formatted(cells));
    }
    return folder -> write(folder, rows, cells.equals(REPEATED));
  }

  private static double[][] write(Path folder, long rows, boolean isRepeated) throws IOException {
    Types.MessageTypeBuilder message = Types.buildMessage();
    for (int c = 0; c < COLUMNS; c++) {
      message.optional(PrimitiveTypeName.DOUBLE).named(NumberRows.column(c));
    }
    MessageType type = message.named("rows");
    SimpleGroupFactory groups = new SimpleGroupFactory(type);
    SplittableRandom random = new SplittableRandom(5);
    double[] sums = new double[COLUMNS];
    try (ParquetWriter<Group> out =
        ExampleParquetWriter.builder(new LocalOutputFile(folder.resolve(FILE)))
            .withType(type)
            .withCompressionCodec(CompressionCodecName.SNAPPY)
            .withRowGroupSize(GROUP_BYTES)
            .build()) {
      for (long r = 0; r < rows; r++) {
        Group row = groups.newGroup();
        for (int c = 0; c < COLUMNS; c++) {
          double value =
              isRepeated ? random.nextInt(VARIETY) / 8.0 : random.nextDouble(-10.0, 10.0);
          row.append(NumberRows.column(c), value);
          sums[c] += value;
        }
        out.write(row);
      }
    }
    return Arrays.stream(sums)
        .mapToObj(sum -> new double[] {sum, TOLERANCE})
        .toArray(double[][]::new);
  }

  /** With the library's own reader of rows, on all cores. */
  static double[] plain(Input input) {
    return total(
        thread -> {
          double[] sums = new double[COLUMNS];
          each(
              input,
              thread,
              row -> {
                for (int c = 0; c < COLUMNS; c++) {
                  sums[c] += row.getDouble(c, 0);
                }
              });
          return sums;
        });
  }

  private interface Taker {
    void take(Group row);
  }

  private interface Part {
    double[] of(int thread);
  }

  private static double[] total(Part part) {
    List<double[]> parts = LineChunks.parallel(part::of);
    double[] total = new double[COLUMNS];
    for (double[] sums : parts) {
      for (int c = 0; c < COLUMNS; c++) {
        total[c] += sums[c];
      }
    }
    return total;
  }

  /** The rows of a thread's share of the bytes, which are those of the row groups in its middle. */
  private static void each(Input input, int thread, Taker taker) {
    Path file = file(input);
    long bytes = file.toFile().length();
    try (ParquetReader<Group> reader =
        ParquetReader.builder(new GroupReadSupport(), new org.apache.hadoop.fs.Path(file.toUri()))
            .withConf(new Configuration(false))
            .withFileRange(bytes * thread / ByHand.CORES, bytes * (thread + 1) / ByHand.CORES)
            .build()) {
      for (Group row = reader.read(); row != null; row = reader.read()) {
        taker.take(row);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** From arrays that are in memory before the clock starts. */
  static final class Scan implements Contender {
    private final double[][][] columns = new double[ByHand.CORES][COLUMNS][];

    @Override
    public void prepare(Input input) {
      LineChunks.parallel(
          thread -> {
            double[][] mine = columns[thread];
            int[] rows = new int[1];
            Arrays.fill(mine, new double[0]);
            each(
                input,
                thread,
                row -> {
                  for (int c = 0; c < COLUMNS; c++) {
                    if (rows[0] == mine[c].length) {
                      mine[c] = Arrays.copyOf(mine[c], 1024 + 2 * rows[0]);
                    }
                    mine[c][rows[0]] = row.getDouble(c, 0);
                  }
                  rows[0]++;
                });
            return mine;
          });
    }

    @Override
    public double[] run(Input input) {
      return total(thread -> Arrays.stream(columns[thread]).mapToDouble(Scan::sum).toArray());
    }

    private static double sum(double[] column) {
      double sum = 0;
      for (double value : column) {
        sum += value;
      }
      return sum;
    }
  }
}
