package io.drawbar.expect;

import static io.drawbar.expect.Expectations.between;
import static io.drawbar.expect.Expectations.in;
import static io.drawbar.expect.Expectations.matches;
import static io.drawbar.expect.Expectations.newest;
import static io.drawbar.expect.Expectations.notNull;
import static io.drawbar.expect.Expectations.rowCount;
import static io.drawbar.expect.Expectations.that;
import static io.drawbar.expect.Expectations.unique;
import static io.drawbar.expr.Functions.col;
import static io.drawbar.expr.Functions.count;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.drawbar.Dataset;
import io.drawbar.Session;
import io.drawbar.config.Config;
import io.drawbar.error.DrawbarException;
import io.drawbar.expr.TypeMismatchException;
import io.drawbar.io.Csv;
import io.drawbar.io.Records;
import io.drawbar.iterate.FingerprintKernel;
import io.drawbar.testkit.ChaosEngine;
import io.drawbar.type.DataType;
import io.drawbar.type.Row;
import io.drawbar.type.Schema;
import io.drawbar.type.UnknownColumnException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExpectationsTest {
  private static final Schema PERSON =
      Schema.empty()
          .with("id", DataType.LONG)
          .with("age", DataType.LONG)
          .with("weight", DataType.DOUBLE)
          .with("country", DataType.STRING)
          .with("at", DataType.STRING);

  private static final Config CONFIG =
      Config.of("drawbar.block.rows", "7", "drawbar.leaf.rows", "20");

  @TempDir private Path folder;

  private Session session;

  @BeforeEach
  void open() {
    session = Session.open(CONFIG);
  }

  @AfterEach
  void close() {
    session.close();
  }

  /** Ages from -5 to 134, some null. */
  private static List<Row> people(int count) {
    Random random = new Random(7);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Object age = random.nextInt(10) == 0 ? null : (Object) (long) (random.nextInt(140) - 5);
      Object country = random.nextInt(10) == 0 ? null : List.of("DE", "FR", "XX").get(i % 3);
      String at = "2026-01-%02dT%02d:00:00Z".formatted(1 + i % 28, i % 24);
      rows.add(Row.of(PERSON, (long) i, age, random.nextDouble(), country, at));
    }
    return rows;
  }

  private Dataset people(Session session, int count) {
    return session.read(Records.of(PERSON, people(count)));
  }

  private static String unmet(Dataset rows) {
    UnmetExpectationsException error =
        catchThrowableOfType(rows::count, UnmetExpectationsException.class);
    assertThat(error).isNotNull();
    return error.getMessage();
  }

  @Test
  void rowsThatAreAsExpectedGoThroughAsTheyAre() {
    Expectations all =
        Expectations.of(
            notNull("id"),
            unique("id"),
            between("age", -5, 134),
            in("country", "DE", "FR", "XX"),
            matches("at", "2026-.*Z"),
            that(col("weight").lt(1)),
            rowCount(300, 300),
            newest("at", Duration.ofDays(1), Instant.parse("2026-01-29T00:00:00Z")));
    Dataset rows = people(session, 300);
    assertThat(rows.expect(all).collect()).isEqualTo(rows.collect());
    assertThat(rows.expect(all).where(col("age").gt(5)).count())
        .isEqualTo(rows.where(col("age").gt(5)).count());
    assertThat(rows.expect(all).explain())
        .contains("Run first", "unique id", "expect id is not null; ");
  }

  /** Each count is that of a loop over the rows, and the rows shown are the first ones. */
  @Test
  void countsAreThoseOfPlainJava() {
    List<Row> people = people(300);
    List<Row> old =
        people.stream()
            .filter(row -> row.value("age") != null)
            .filter(row -> (Long) row.value("age") < 0 || (Long) row.value("age") > 120)
            .toList();
    String message = unmet(people(session, 300).expect(Expectations.of(between("age", 0, 120))));
    StringBuilder expected = new StringBuilder("1 of 1 expectation is not met:\n");
    expected.append("  age is from 0 to 120: %s of 300 rows are not (".formatted(old.size()));
    assertThat(message).startsWith(expected.toString());
    List<String> shown = message.lines().skip(2).toList();
    assertThat(shown).hasSize(5);
    for (int i = 0; i < 5; i++) {
      long id = (Long) old.get(i).value("id");
      String place = ", leaf %s, block %s, row %s: ".formatted(id / 20, id % 20 / 7, id % 20 % 7);
      assertThat(shown.get(i)).endsWith(place + "age=" + old.get(i).value("age"));
    }
  }

  @Test
  void eachThatIsNotMetIsNamed() {
    Expectations all =
        Expectations.of(
            notNull("age"),
            between("weight", 0, 1),
            in("country", "DE", "FR"),
            matches("at", ".*T0.*"),
            rowCount(1, 10),
            newest("at", Duration.ofDays(1), Instant.parse("2026-03-01T00:00:00Z")));
    String message = unmet(people(session, 100).expect(all));
    assertThat(message)
        .startsWith("5 of 6 expectations are not met:\n  age is not null: ")
        .contains("\n  country is one of DE, FR: ")
        .contains("country=XX")
        .contains("\n  at matches .*T0.*: ")
        .contains("\n  from 1 to 10 rows: there are 100")
        .contains("\n  newest at within PT24H of 2026-03-01T00:00:00Z: the newest is 2026-01-28T")
        .doesNotContain("weight");
  }

  @Test
  void theMessageIsTheSameOnEachEngine() {
    Expectations all = Expectations.of(between("age", 0, 100), notNull("country"), rowCount(1, 2));
    String expected = null;
    for (Session one :
        List.of(
            Session.open(CONFIG),
            Session.attach(new ChaosEngine(1, 1), CONFIG),
            Session.attach(new ChaosEngine(2, 4), CONFIG),
            Session.attach(new ChaosEngine(3, 7), CONFIG))) {
      try (one) {
        Dataset rows = people(one, 500).expect(all);
        String message = unmet(rows);
        expected = expected == null ? message : expected;
        assertThat(message).isEqualTo(expected);
        assertThatThrownBy(rows::collect).hasMessage(expected);
        assertThatThrownBy(() -> rows.groupBy("age").agg(count().as("n")).collect())
            .hasMessage(expected);
        assertThatThrownBy(() -> rows.limit(1).collect()).hasMessage(expected);
      }
    }
  }

  /** After an exchange, rows have no place in a file, and still the first are the same. */
  @Test
  void groupsAreHeldAgainstExpectations() {
    String expected = null;
    for (Session one :
        List.of(Session.open(CONFIG), Session.attach(new ChaosEngine(4, 5), CONFIG))) {
      try (one) {
        Dataset groups = people(one, 500).groupBy("age").agg(count().as("n"));
        String message = unmet(groups.expect(Expectations.of(that(col("n").lt(4)))));
        expected = expected == null ? message : expected;
        assertThat(message).isEqualTo(expected).contains("unit ");
      }
    }
  }

  @Test
  void nothingIsWritten() throws IOException {
    Dataset rows = people(session, 300).expect(Expectations.of(between("age", 0, 120)));
    String target = folder.resolve("people").toString();
    assertThatThrownBy(() -> rows.write(Csv.to(target)))
        .isInstanceOf(UnmetExpectationsException.class);
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
    Dataset good = people(session, 300).expect(Expectations.of(notNull("id")));
    assertThat(good.write(Csv.to(target)).rowsOut()).isEqualTo(300);
    assertThatThrownBy(() -> rows.write(Csv.to(target).overwrite()))
        .isInstanceOf(UnmetExpectationsException.class);
    assertThat(session.read(Csv.of(PERSON).at(target)).collect()).isEqualTo(people(300));
  }

  /** Whatever is done with rows: folded, held for a training, kept. */
  @Test
  void eachKindOfRunChecks() {
    Dataset rows = people(session, 300).expect(Expectations.of(rowCount(1, 2)));
    FingerprintKernel kernel = new FingerprintKernel(List.of("weight"));
    for (Session one :
        List.of(
            Session.open(CONFIG),
            Session.open(
                Config.of(
                    "drawbar.gather.bytes",
                    "0",
                    "drawbar.block.rows",
                    "7",
                    "drawbar.leaf.rows",
                    "20")))) {
      try (one) {
        Dataset wrong = people(one, 300).expect(Expectations.of(rowCount(1, 2)));
        assertThatThrownBy(() -> wrong.hold(List.of("weight")))
            .isInstanceOf(UnmetExpectationsException.class);
        assertThatThrownBy(() -> wrong.reduce(kernel))
            .isInstanceOf(UnmetExpectationsException.class);
        assertThatThrownBy(() -> wrong.sortBy("age").write(Csv.to(folder.resolve("s").toString())))
            .isInstanceOf(UnmetExpectationsException.class);
        assertThatThrownBy(
                () ->
                    people(one, 9)
                        .rename("age", "a")
                        .lookup(wrong.drop("weight", "at", "country"), "id")
                        .count())
            .isInstanceOf(UnmetExpectationsException.class);
      }
    }
    assertThatThrownBy(() -> rows.export((engine, graph, frames, watch) -> "never"))
        .isInstanceOf(DrawbarException.class)
        .hasMessageStartingWith("export: 'expect from 1 to 2 rows' is decided when all rows");
  }

  @Test
  void nullIsAsExpectedAndNanIsNot() {
    Schema schema = Schema.empty().with("x", DataType.DOUBLE);
    Dataset nulls = session.read(Records.of(schema, List.of(Row.of(schema, (Object) null))));
    Expectations range = Expectations.of(between("x", 0, 1), in("x", 5));
    assertThat(nulls.expect(range).count()).isEqualTo(1);
    Dataset nan = session.read(Records.of(schema, List.of(Row.of(schema, Double.NaN))));
    assertThat(unmet(nan.expect(Expectations.of(between("x", 0, 1))))).contains("row 0: x=NaN");
  }

  @Test
  void thereMayBeNoRows() {
    Dataset none = people(session, 0);
    assertThat(unmet(none.expect(Expectations.of(rowCount(1, 5)))))
        .endsWith("from 1 to 5 rows: there are 0");
    Instant at = Instant.parse("2026-01-01T00:00:00Z");
    assertThat(unmet(none.expect(Expectations.of(newest("at", Duration.ofDays(1), at)))))
        .endsWith("there is no time at all");
    assertThat(none.expect(Expectations.of(notNull("id"), unique("id"))).count()).isZero();
  }

  /** Rows of a union are one dataset, though each branch is a stage; the same twice is two. */
  @Test
  void rowsAreCountedOnceWhereTheyAreExpected() {
    Dataset rows = people(session, 50);
    Expectations fifty = Expectations.of(rowCount(50, 50));
    Expectations hundred = Expectations.of(rowCount(100, 100));
    assertThat(rows.union(rows).expect(hundred).count()).isEqualTo(100);
    assertThat(rows.expect(fifty).union(rows.expect(fifty)).expect(hundred).count()).isEqualTo(100);
    Dataset checked = rows.expect(fifty);
    assertThat(checked.join(checked.select("id", "age").rename("age", "other"), "id").count())
        .isEqualTo(50);
    assertThatThrownBy(() -> rows.union(rows).expect(hundred).cache().count())
        .isInstanceOf(DrawbarException.class)
        .hasMessageContaining("cache() of a union");
    assertThat(rows.union(rows).cache().expect(hundred).count()).isEqualTo(100);
    assertThat(rows.expect(fifty).cache().count()).isEqualTo(50);
    assertThatThrownBy(() -> rows.expect(hundred).cache().count())
        .isInstanceOf(UnmetExpectationsException.class);
  }

  @Test
  void keysAreUnique() {
    Dataset rows = people(session, 100);
    assertThatCode(() -> rows.expect(Expectations.of(unique("id", "country"))).count())
        .doesNotThrowAnyException();
    long withBoth =
        people(100).stream()
            .filter(row -> row.value("age") != null && row.value("country") != null)
            .map(row -> row.value("age") + "/" + row.value("country"))
            .distinct()
            .count();
    String message = unmet(rows.expect(Expectations.of(unique("age", "country"))));
    assertThat(message).startsWith("unique age, country: ").contains(" rows share ", "\n    age=");
    assertThat(withBoth).isPositive();
    String text = unmet(rows.union(rows.limit(1)).expect(Expectations.of(unique("id"))));
    assertThat(text)
        .isEqualTo("unique id: 2 rows share 1 key; the most frequent:\n    id=0: 2 rows");
  }

  @Test
  void timesAreReadAsIsoWritesThem() {
    Schema schema = Schema.empty().with("at", DataType.STRING).with("millis", DataType.LONG);
    Instant noon = Instant.parse("2026-01-02T12:00:00Z");
    List<Row> rows =
        List.of(
            Row.of(schema, "2026-01-01", 1L),
            Row.of(schema, "2026-01-02 10:30:00", noon.toEpochMilli()),
            Row.of(schema, "2026-01-02T13:00:00+02:00", 3L),
            Row.of(schema, null, null));
    Dataset all = session.read(Records.of(schema, rows));
    Duration hour = Duration.ofHours(1);
    assertThat(all.expect(Expectations.of(newest("at", hour, noon))).count()).isEqualTo(4);
    assertThat(unmet(all.expect(Expectations.of(newest("at", hour, noon.plusMillis(1))))))
        .endsWith("the newest is 2026-01-02T11:00:00Z");
    assertThat(all.expect(Expectations.of(newest("millis", hour, noon.plus(hour)))).count())
        .isEqualTo(4);
    Dataset odd = session.read(Records.of(schema, List.of(Row.of(schema, "yesterday", null))));
    assertThat(unmet(odd.expect(Expectations.of(newest("at", hour, noon)))))
        .contains("there is no time at all", "1 of 1 rows is not", "at=yesterday");
  }

  @Test
  void mistakesAreFoundAtTheCall() {
    Dataset rows = people(session, 3);
    assertThatThrownBy(() -> rows.expect(Expectations.of(notNull("idd"))))
        .isInstanceOf(UnknownColumnException.class)
        .hasMessageStartingWith("expect(");
    assertThatThrownBy(() -> rows.expect(Expectations.of(matches("age", "1"))))
        .isInstanceOf(TypeMismatchException.class);
    assertThatThrownBy(() -> rows.expect(Expectations.of(that(col("age")))))
        .isInstanceOf(TypeMismatchException.class);
    assertThatThrownBy(
            () -> rows.expect(Expectations.of(newest("weight", Duration.ZERO, Instant.EPOCH))))
        .isInstanceOf(TypeMismatchException.class);
    assertThatThrownBy(() -> rowCount(5, 4)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Expectations.of()).isInstanceOf(IllegalArgumentException.class);
  }

  /** An error in the data goes before: what is not read cannot be as expected or not. */
  @Test
  void errorsInTheDataComeFirst() {
    Dataset rows =
        people(session, 100)
            .expect(Expectations.of(rowCount(1, 1)))
            .withColumn("large", col("id").plus(Long.MAX_VALUE));
    assertThatThrownBy(rows::collect).isInstanceOf(io.drawbar.expr.EvaluationException.class);
  }
}
