package io.drawbar;

import static io.drawbar.expr.Functions.col;
import static io.drawbar.expr.Functions.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbar.column.Batch;
import io.drawbar.error.DrawbarException;
import io.drawbar.expr.EvaluationException;
import io.drawbar.io.Records;
import io.drawbar.spi.EngineException;
import io.drawbar.spi.Exporter;
import io.drawbar.type.DataType;
import io.drawbar.type.Row;
import io.drawbar.type.Schema;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An engine's own dataset, made of a list: what {@link Dataset#export} promises to all engines. */
class ExportTest {
  private static final Schema NUMBERS =
      Schema.empty().with("key", DataType.LONG).with("n", DataType.LONG);

  private final Session session = Session.open();

  @AfterEach
  void close() {
    session.close();
  }

  private Dataset numbers(long count) {
    List<Row> rows = LongStream.range(0, count).mapToObj(n -> Row.of(NUMBERS, n % 7, n)).toList();
    return session.read(Records.of(NUMBERS, rows));
  }

  /** Runs at once, and reads frame by frame in the order in which they come. */
  private static final Exporter<List<Row>> ROWS =
      (engine, graph, frames, runs) -> {
        List<Row> rows = new ArrayList<>();
        try {
          for (byte[] frame : engine.run(graph).await().frames()) {
            frames.read(frame).ifPresent((Batch batch) -> batch.copyTo(rows));
          }
        } catch (InterruptedException e) {
          throw new EngineException("interrupted", e);
        }
        return rows;
      };

  @Test
  void givesTheRowsOfCollect() {
    Dataset filtered = numbers(200_000).where(col("key").ne(3));
    assertThat(sorted(filtered.export(ROWS))).isEqualTo(filtered.collect());
    Dataset grouped = numbers(10_000).groupBy("key").agg(sum("n").as("n"));
    assertThat(sorted(grouped.export(ROWS))).isEqualTo(sorted(grouped.collect()));
    assertThat(numbers(0).export(ROWS)).isEmpty();
  }

  private static List<Row> sorted(List<Row> rows) {
    return rows.stream().sorted(Comparator.comparingLong(row -> row.longValue("n"))).toList();
  }

  @Test
  void tellsEngineAndSchemaAndRunsNothing() {
    Dataset failing = numbers(3).select(col("n").plus(Long.MAX_VALUE).as("n"));
    String told =
        failing.export(
            (engine, graph, frames, runs) -> engine.capabilities().engine() + frames.schema());
    assertThat(told).isEqualTo("local" + failing.schema());
  }

  @Test
  void throwsTheErrorInTheData() {
    Dataset overflowing = numbers(3).select(col("n").plus(Long.MAX_VALUE).as("n"));
    assertThatThrownBy(() -> overflowing.export(ROWS)).isInstanceOf(EvaluationException.class);
  }

  /** A planted fault: a byte of a frame is changed on its way. */
  @Test
  void noticesADamagedFrame() {
    assertThatThrownBy(
            () ->
                numbers(3)
                    .export(
                        (engine, graph, frames, runs) -> {
                          try {
                            byte[] frame = engine.run(graph).await().frames().get(0);
                            frame[frame.length - 1] ^= 1;
                            return frames.read(frame);
                          } catch (InterruptedException e) {
                            throw new DrawbarException("interrupted");
                          }
                        }))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("damaged");
  }
}
