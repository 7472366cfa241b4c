package io.drawbar;

import static io.drawbar.expr.Functions.avg;
import static io.drawbar.expr.Functions.col;
import static io.drawbar.expr.Functions.count;
import static io.drawbar.expr.Functions.explode;
import static io.drawbar.expr.Functions.lower;
import static io.drawbar.expr.Functions.split;
import static io.drawbar.expr.Functions.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbar.config.Config;
import io.drawbar.config.UnknownKeyException;
import io.drawbar.expr.EvaluationException;
import io.drawbar.expr.TypeMismatchException;
import io.drawbar.io.Records;
import io.drawbar.type.DuplicateColumnException;
import io.drawbar.type.RecordBindingException;
import io.drawbar.type.UnknownColumnException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A wrong name or type fails at the user's line, saying what was there and what was found. */
class DatasetErrorsTest {
  record Reading(String machine, long cycle, double temperature, boolean alarm) {}

  record Cycle(int cycle) {}

  record Wrong(String temperature) {}

  private Session session;
  private Dataset readings;

  @BeforeEach
  void open() {
    session = Session.open(Config.of("drawbar.engine", "local"));
    List<Reading> rows =
        List.of(new Reading("a", 1L << 40, 20, true), new Reading("b", Long.MAX_VALUE, 30, false));
    readings = session.read(Records.of(rows, Reading.class));
  }

  @AfterEach
  void close() {
    session.close();
  }

  @Test
  void unknownColumn() {
    assertThatThrownBy(() -> readings.where(col("temprature").gt(0)))
        .isInstanceOf(UnknownColumnException.class)
        .hasMessageContaining("no column 'temprature'")
        .hasMessageContaining("machine STRING, cycle LONG, temperature DOUBLE, alarm BOOLEAN")
        .hasMessageContaining("Did you mean 'temperature'?");
  }

  @Test
  void typesThatDoNotFit() {
    assertThatThrownBy(() -> readings.where(col("machine").gt(1)))
        .isInstanceOf(TypeMismatchException.class)
        .hasMessageContaining("(machine > 1)")
        .hasMessageContaining("machine is STRING and 1 is LONG");
    assertThatThrownBy(() -> readings.where(col("cycle")))
        .hasMessageContaining("where(cycle) is LONG; a condition is BOOLEAN");
    assertThatThrownBy(() -> readings.select(lower(col("cycle"))))
        .hasMessageContaining("a STRING is wanted, but cycle is LONG");
    assertThatThrownBy(() -> readings.agg(avg("machine")))
        .hasMessageContaining("avg(machine)")
        .hasMessageContaining("a number is wanted, but machine is STRING");
    assertThatThrownBy(() -> readings.select(col("machine").plus(1)))
        .hasMessageContaining("a number is wanted, but machine is STRING");
  }

  @Test
  void twoColumnsOfOneName() {
    assertThatThrownBy(() -> readings.select("machine", "machine"))
        .isInstanceOf(DuplicateColumnException.class)
        .hasMessageContaining("two columns are named 'machine'");
  }

  @Test
  void explodeInTheWrongPlace() {
    var words = explode(split(col("machine"), ","));
    assertThatThrownBy(() -> readings.select(words, words.as("again")))
        .hasMessageContaining("one explode at most");
    assertThatThrownBy(() -> readings.select(lower(words)))
        .hasMessageContaining("stands by itself");
    assertThatThrownBy(() -> readings.where(words.eq("a")))
        .hasMessageContaining("where(")
        .hasMessageContaining("belongs in a select before this");
    assertThatThrownBy(() -> readings.groupBy(words).agg(count()))
        .hasMessageContaining("belongs in a select before this");
  }

  @Test
  void anOverflowNamesExpressionOperandsAndPlace() {
    assertThatThrownBy(() -> readings.select(col("cycle").times(1 << 30).as("x")).collect())
        .isInstanceOf(EvaluationException.class)
        .hasMessageContaining(
            "(cycle * 1073741824): 1099511627776 * 1073741824 does not fit a LONG")
        .hasMessageContaining("(the records, leaf 0, block 0)");
  }

  @Test
  void onlyATotalThatDoesNotFitIsAnError() {
    assertThatThrownBy(() -> readings.agg(sum("cycle")).collect())
        .isInstanceOf(EvaluationException.class)
        .hasMessageContaining("sum(cycle)");
    Dataset around =
        readings.where(col("machine").eq("b")).select(col("cycle").negate().as("cycle"));
    assertThat(around.agg(sum("cycle").as("s")).collect().get(0).longValue("s"))
        .isEqualTo(-Long.MAX_VALUE);
  }

  @Test
  void recordsThatDoNotFit() {
    assertThatThrownBy(() -> readings.collect(Wrong.class))
        .isInstanceOf(RecordBindingException.class)
        .hasMessageContaining("'temperature'")
        .hasMessageContaining("holds STRING, the column is DOUBLE");
    assertThatThrownBy(() -> readings.collect(Cycle.class))
        .isInstanceOf(RecordBindingException.class)
        .hasMessageContaining("'cycle' = 1099511627776 does not fit the int");
  }

  @Test
  void engineThatIsNotThere() {
    assertThatThrownBy(() -> Session.open(Config.of("drawbar.engine", "spark")))
        .isInstanceOf(EngineNotFoundException.class)
        .hasMessageContaining("no engine named 'spark' (given to Session.open); found: local.")
        .hasMessageContaining("Add io.drawbar:drawbar-engine-spark to the class path");
    assertThatThrownBy(() -> Session.open(Config.of("drawbar.engine", "lokal")))
        .hasMessageContaining("found: local.")
        .hasMessageContaining("Did you mean 'local'?");
    for (String other : List.of("hadoop", "MR", "yarn")) {
      assertThatThrownBy(() -> Session.open(Config.of("drawbar.engine", other)))
          .hasMessageContaining("no engine named '%s'".formatted(other))
          .hasMessageContaining(
              "Did you mean 'mapreduce'? That needs io.drawbar:drawbar-engine-mapreduce on the class")
          .hasMessageEndingWith(" There are: local, spark, flink, mapreduce.");
    }
    for (String other : List.of("embedded", "in-process")) {
      assertThatThrownBy(() -> Session.open(Config.of("drawbar.engine", other)))
          .hasMessageContaining("Did you mean 'local'? Set drawbar.engine to one");
    }
    assertThatThrownBy(() -> Session.open(Config.of("drawbar.engine", "beam")))
        .hasMessageNotContaining("Did you mean")
        .hasMessageEndingWith(" There are: local, spark, flink, mapreduce.");
  }

  @Test
  void unknownConfigurationKey() {
    assertThatThrownBy(() -> Session.open(Config.of("drawbar.paralelism", "2")))
        .isInstanceOf(UnknownKeyException.class)
        .hasMessageContaining("drawbar.paralelism")
        .hasMessageContaining("drawbar.parallelism");
  }
}
