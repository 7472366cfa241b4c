package io.drawbar.benchmarks;

import static io.drawbar.expr.Functions.sum;

import io.drawbar.Dataset;
import io.drawbar.Session;
import io.drawbar.expr.Aggregate;
import io.drawbar.io.Csv;
import io.drawbar.io.Json;
import io.drawbar.type.DataType;
import io.drawbar.type.Row;
import io.drawbar.type.Schema;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Param;

/** The sum of each column of a file: each number is converted, and little else is done. */
public abstract class ReadBenchmark extends JobBenchmark {
  static final Schema SCHEMA = schema();

  /** The number of rows. */
  @Param("1000000")
  public long rows;

  /** What the numbers look like: {@code short}, of 12 characters, or {@code full17} digits. */
  @Param({NumberRows.SHORT, NumberRows.FULL_17})
  public String cells;

  private static Schema schema() {
    Schema schema = Schema.empty();
    for (int c = 0; c < NumberRows.COLUMNS; c++) {
      schema = schema.with(NumberRows.column(c), DataType.DOUBLE);
    }
    return schema;
  }

  static Contender csv(Session session) {
    return input ->
        sums(session.read(Csv.of(SCHEMA).header().at(path(NumberRows.CSV.file(input)))));
  }

  static Contender json(Session session) {
    return input -> sums(session.read(Json.of(SCHEMA).at(path(NumberRows.JSON.file(input)))));
  }

  static String path(Path file) {
    return file.toString();
  }

  static double[] sums(Dataset rows) {
    Aggregate[] aggregates =
        SCHEMA.names().stream().map(name -> sum(name).as(name)).toArray(Aggregate[]::new);
    Row row = rows.agg(aggregates).collect().get(0);
    return IntStream.range(0, NumberRows.COLUMNS)
        .mapToDouble(c -> row.doubleValue(NumberRows.column(c)))
        .toArray();
  }
}
