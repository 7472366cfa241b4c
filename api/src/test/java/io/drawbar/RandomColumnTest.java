package io.drawbar;

import static io.drawbar.expr.Functions.col;
import static io.drawbar.expr.Functions.count;
import static io.drawbar.expr.Functions.explode;
import static io.drawbar.expr.Functions.split;
import static io.drawbar.expr.Functions.vector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbar.config.Config;
import io.drawbar.error.DrawbarException;
import io.drawbar.expr.TypeMismatchException;
import io.drawbar.io.Records;
import io.drawbar.type.DataType;
import io.drawbar.type.Field;
import io.drawbar.type.Row;
import io.drawbar.type.Schema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RandomColumnTest {
  private Session session;

  @BeforeEach
  void open() {
    session = Session.open(Config.of("drawbar.block.rows", "9", "drawbar.leaf.rows", "30"));
  }

  @AfterEach
  void close() {
    session.close();
  }

  private Dataset rows() {
    Schema schema =
        Schema.empty()
            .with("id", DataType.LONG)
            .with("text", DataType.STRING)
            .with("x", DataType.DOUBLE);
    List<Row> rows = new ArrayList<>();
    for (long i = 0; i < 400; i++) {
      String text = i % 9 == 0 ? null : "a b " + i % 7;
      rows.add(Row.of(schema, i, text, i % 5 == 0 ? -0.0 : i % 5 == 1 ? 0.0 : i % 5));
    }
    return session.read(Records.of(schema, rows));
  }

  @Test
  void itChoosesTheRowsThatSampleChooses() {
    List<UnaryOperator<Dataset>> steps =
        List.of(
            rows -> rows,
            rows -> rows.where(col("x").gt(1)).union(rows),
            rows -> rows.select(explode(split(col("text"), " ")).as("word"), col("id")),
            rows -> rows.select("x").join(rows.groupBy("x").agg(count().as("n")), "x"),
            rows -> rows.sortBy("text").limit(77),
            rows -> rows.withRandom("other", 3, "text").where(col("other").lt(.7)),
            rows -> rows.union(rows).cache());
    for (UnaryOperator<Dataset> step : steps) {
      Dataset rows = rows().transform(step::apply);
      Dataset drawn = rows.withRandom("u", 42);
      assertThat(drawn.schema().field("u")).isEqualTo(Field.optional("u", DataType.DOUBLE));
      assertThat(drawn.where(col("u").lt(.3)).drop("u").collect())
          .isNotEmpty()
          .isEqualTo(rows.sample(.3, 42).collect());
      assertThat(drawn.where(col("u").ge(.3)).drop("u").collect())
          .isEqualTo(rows.split(.3, 42).test().collect());
    }
  }

  @Test
  void numbersAreFrom0ToLessThan1AndSeedsDiffer() {
    Dataset drawn = rows().withRandom("u", 1).withRandom("v", 2).withRandom("w", 1);
    double sum = 0;
    for (Row row : drawn.collect()) {
      double u = (double) row.value("u");
      assertThat(u).isGreaterThanOrEqualTo(0).isLessThan(1);
      assertThat(row.value("v")).isNotEqualTo(u);
      assertThat(row.value("w")).isEqualTo(u);
      sum += u;
    }
    // Six standard deviations of the mean of 400.
    assertThat(sum / 400).isBetween(.5 - 6 * Math.sqrt(1 / 12.0 / 400), .5 + .09);
  }

  @Test
  void rowsThatAgreeHaveTheSameNumber() {
    Map<Object, Object> numbers = new HashMap<>();
    for (Row row : rows().withRandom("u", 5, "text", "x").collect()) {
      // Both zeros are one key, and null is one.
      List<Object> key = new ArrayList<>();
      key.add(row.value("text"));
      key.add((double) row.value("x") + 0.0);
      Object before = numbers.putIfAbsent(key, row.value("u"));
      assertThat(before == null ? row.value("u") : before).isEqualTo(row.value("u"));
    }
    assertThat(new HashSet<>(numbers.values())).hasSameSizeAs(numbers.keySet());
  }

  @Test
  void whatNobodyReadsIsNotDrawn() {
    assertThat(rows().withRandom("u", 5).select("id").explain()).contains("draw 'u' by row id");
    assertThat(rows().withRandom("u", 5).select("id").collect())
        .isEqualTo(rows().select("id").collect());
    assertThat(rows().withRandom("u", 5).drop("u").count()).isEqualTo(400);
  }

  @Test
  void namesOfElementsGoThrough() {
    Dataset drawn =
        rows().withColumn("v", vector(col("id"), col("x"))).withRandom("u", 1).withRandom("w", 2);
    assertThat(drawn.elementNames("v")).containsExactly("id", "x");
  }

  @Test
  void wrongCallsAreNamed() {
    assertThatThrownBy(() -> rows().withRandom("x", 7))
        .isInstanceOf(DrawbarException.class)
        .hasMessageStartingWith("withRandom(x, 7): there is a column 'x' already");
    assertThatThrownBy(() -> rows().withRandom("u", 7, "nothing"))
        .isInstanceOf(DrawbarException.class)
        .hasMessageStartingWith("withRandom(u, 7, nothing): ");
    Dataset vectors = rows().withColumn("v", vector(col("x")));
    assertThatThrownBy(() -> vectors.withRandom("u", 7, "v"))
        .isInstanceOf(TypeMismatchException.class)
        .hasMessageContaining("column 'v' is VECTOR(1)");
  }
}
