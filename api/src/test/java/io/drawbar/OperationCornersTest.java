package io.drawbar;

import static io.drawbar.expr.Functions.col;
import static io.drawbar.expr.Functions.count;
import static io.drawbar.expr.Functions.explode;
import static io.drawbar.expr.Functions.lit;
import static io.drawbar.expr.Functions.split;
import static io.drawbar.expr.Functions.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbar.config.Config;
import io.drawbar.expr.EvaluationException;
import io.drawbar.expr.TypeMismatchException;
import io.drawbar.io.Csv;
import io.drawbar.io.Records;
import io.drawbar.type.DataType;
import io.drawbar.type.Row;
import io.drawbar.type.Schema;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Operations where they meet nothing, equal rows, each other, or more than they can hold. */
class OperationCornersTest {
  private static final Schema LISTS =
      Schema.empty()
          .with("id", DataType.LONG)
          .with("words", DataType.listOf(DataType.STRING))
          .with("vector", DataType.vector(2));

  private Session session;

  @BeforeEach
  void open() {
    session =
        Session.open(
            Config.of(
                "drawbar.leaf.rows", "3", "drawbar.block.rows", "2", "drawbar.parallelism", "3"));
  }

  @AfterEach
  void close() {
    session.close();
  }

  private Dataset numbers(int count) {
    Schema schema = Schema.empty().with("n", DataType.LONG).with("text", DataType.STRING);
    List<Row> rows = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      rows.add(Row.of(schema, i, "t" + i % 5));
    }
    return session.read(Records.of(schema, rows));
  }

  /** Each row twice. */
  private Dataset lists() {
    List<Row> rows = new ArrayList<>();
    for (long i = 0; i < 20; i++) {
      rows.add(
          Row.of(LISTS, i / 2, List.of("w" + i / 2, "x"), new double[] {i / 2, -(double) (i / 2)}));
    }
    return session.read(Records.of(LISTS, rows));
  }

  private static List<String> texts(Dataset dataset) {
    return dataset.collect().stream().map(Row::toString).toList();
  }

  @Test
  void equalRowsWithListsAndVectorsAreSorted() {
    Dataset sorted = lists().sortBy(col("id").desc());
    assertThat(sorted.collect())
        .hasSize(20)
        .extracting(r -> r.longValue("id"))
        .isSortedAccordingTo((a, b) -> Long.compare(b, a));
    // Filling a cache looks at the units of sorted rows.
    assertThat(texts(sorted.cache().select("id"))).isEqualTo(texts(sorted.select("id")));
    assertThat(sorted.sample(1, 1).count()).isEqualTo(20);
    assertThat(lists().join(numbers(20).rename("n", "id"), "id").cache().count()).isEqualTo(20);
  }

  @Test
  void joinsWithNothing() {
    Dataset left = numbers(7);
    Dataset right = numbers(7).select(col("n"), col("text").as("other"));
    Dataset none = right.where(lit(false));
    assertThat(left.join(none, "n").collect()).isEmpty();
    assertThat(left.semiJoin(none, "n").collect()).isEmpty();
    assertThat(left.antiJoin(none, "n").collect()).hasSize(7);
    assertThat(left.leftJoin(none, "n").collect())
        .hasSize(7)
        .allMatch(r -> r.value("other") == null);
    assertThat(left.leftJoin(none, "n").groupBy("other").agg(count().as("c")).collect())
        .extracting(r -> r.longValue("c"))
        .containsExactly(7L);
    assertThat(left.lookup(none, "n").collect()).hasSize(7).allMatch(r -> r.value("other") == null);
    Dataset nobody = left.where(lit(false));
    assertThat(nobody.leftJoin(right, "n").collect()).isEmpty();
    assertThat(nobody.antiJoin(none, "n").collect()).isEmpty();
    assertThat(nobody.lookup(right, "n").count()).isZero();
    assertThat(nobody.sortBy("n").collect()).isEmpty();
    assertThat(nobody.sortBy("n").limit(3).count()).isZero();
    assertThat(nobody.union(nobody).distinct().sample(0.5, 1).cache().count()).isZero();
    assertThat(nobody.sortBy("n").cache().limit(2).collect()).isEmpty();
  }

  @Test
  void lookupOfTextAndListsInAnEmptyTable() {
    Dataset table = lists().where(lit(false));
    Dataset found = numbers(4).rename("n", "id").lookup(table, "id");
    assertThat(found.collect()).hasSize(4).allMatch(r -> r.value("words") == null);
    assertThat(found.where(col("id").gt(1)).leftJoin(table.select("id"), "id").count())
        .isEqualTo(2);
    assertThat(numbers(4).rename("n", "id").leftJoin(table, "id").collect())
        .hasSize(4)
        .allMatch(r -> r.value("vector") == null && r.value("words") == null);
  }

  @Test
  void rowsAreCountedWhereNoColumnIsWanted() {
    Dataset twice = numbers(6).union(numbers(6));
    assertThat(twice.count()).isEqualTo(12);
    assertThat(twice.limit(7).count()).isEqualTo(7);
    assertThat(numbers(6).limit(4).count()).isEqualTo(4);
    assertThat(numbers(6).limit(0).count()).isZero();
    assertThat(twice.join(numbers(3).select("n"), "n").count()).isEqualTo(6);
    assertThat(twice.cache().count()).isEqualTo(12);
    assertThat(twice.sortBy(col("n").negate()).count()).isEqualTo(12);
    assertThat(numbers(6).drop("n", "text").collect()).hasSize(6);
    assertThat(numbers(6).drop("n", "text").cache().limit(4).count()).isEqualTo(4);
  }

  @Test
  void nullKeysOfALookupTableMatchNothingAndAreNotRefused() {
    Schema schema = Schema.empty().with("text", DataType.STRING).with("v", DataType.LONG);
    Dataset table =
        session.read(
            Records.of(
                schema,
                List.of(
                    Row.of(schema, null, 1L), Row.of(schema, null, 2L), Row.of(schema, "t1", 3L))));
    assertThat(numbers(10).lookup(table, "text").agg(sum("v").as("v")).collect().get(0).value("v"))
        .isEqualTo(6L);
    Dataset twice = table.union(table.where(col("text").isNotNull()));
    assertThatThrownBy(() -> numbers(3).lookup(twice, "text").collect())
        .hasMessageContaining("[t1] is there more than once");
  }

  @Test
  void sampleOfAJoinIsTheSameInOrderAndWithout() {
    Dataset some = numbers(40).select("text");
    Dataset pairs = some.join(some, "text");
    Dataset sample = pairs.sample(0.5, 7);
    assertThat(pairs.count()).isEqualTo(320);
    assertThat((long) sample.collect().size()).isBetween(100L, 220L).isEqualTo(sample.count());
    Dataset.Split split = pairs.split(0.3, 1);
    assertThat(split.train().count() + split.test().count()).isEqualTo(320);
  }

  @Test
  void idsOfUnionsAreDistinctAndKeptByCaches() {
    Dataset one = numbers(60).select("n");
    Dataset nested = one.union(one).where(col("n").ge(0)).union(one);
    List<String> sample = texts(nested.sample(0.5, 3));
    assertThat(texts(nested.cache().sample(0.5, 3))).isEqualTo(sample);
    assertThat(texts(one.union(one).cache().union(one).sample(0.5, 3)))
        .isEqualTo(texts(one.union(one).union(one).sample(0.5, 3)));
    // Were two of the branches of one id, their rows would always go together.
    Set<String> patterns = new HashSet<>();
    List<Row> rows = nested.sample(0.5, 3).collect();
    for (long n = 0; n < 60; n++) {
      long at = n;
      patterns.add("" + rows.stream().filter(r -> r.longValue("n") == at).count());
    }
    assertThat(patterns).containsExactlyInAnyOrder("0", "1", "2", "3");
    Dataset kept = one.cache();
    assertThat(texts(kept.union(kept).sample(0.5, 3)))
        .isEqualTo(texts(one.union(one).sample(0.5, 3)));
  }

  @Test
  void cachesOfCachedUnionsKeepRowsAndIds() {
    Dataset one = numbers(60).select("n");
    Dataset three = one.union(one).where(col("n").ge(0)).union(one);
    List<String> sample = texts(three.sample(0.5, 3));
    Dataset twice = three.cache().cache();
    assertThat(texts(twice.sample(0.5, 3))).isEqualTo(sample);
    assertThat(texts(twice)).isEqualTo(texts(three));
    assertThat(texts(three.cache().where(col("n").ge(0)).cache().cache().sample(0.5, 3)))
        .isEqualTo(sample);
    Dataset kept = three.cache();
    assertThat(texts(kept.union(kept).cache().sample(0.5, 3)))
        .isEqualTo(texts(three.union(three).sample(0.5, 3)));
  }

  @Test
  void aHotKeyOfASemiJoinIsWalkedOnce() {
    Schema schema = Schema.empty().with("key", DataType.LONG).with("n", DataType.LONG);
    List<Row> rows = new ArrayList<>();
    for (long n = 0; n < 150_000; n++) {
      rows.add(Row.of(schema, n % 10 == 0 ? n : 7L, n));
    }
    Dataset hot = session.read(Records.of(schema, rows));
    Dataset others = hot.where(col("key").mod(4).ne(0)).select(col("key"), col("n").as("other"));
    // Each row of the left with each of the right would be 10^10 pairs to compare.
    assertThat(hot.semiJoin(others, "key").collect())
        .hasSize((int) hot.where(col("key").mod(4).ne(0)).count());
    assertThat(hot.antiJoin(others, "key").collect())
        .hasSize((int) hot.where(col("key").mod(4).eq(0)).count());
  }

  @Test
  void blocksOfAnyNumberOfRowsTakeNoMemoryBeforeTheyHaveRows() {
    Config config = Config.of("drawbar.block.rows", "2147483647", "drawbar.parallelism", "2");
    try (Session large = Session.open(config)) {
      Schema schema = Schema.empty().with("n", DataType.LONG);
      List<Row> rows = new ArrayList<>();
      for (long n = 0; n < 10_000; n++) {
        rows.add(Row.of(schema, n / 2));
      }
      Dataset pairs = large.read(Records.of(schema, rows));
      assertThat(pairs.join(pairs, "n").collect()).hasSize(20_000);
      assertThat(pairs.leftJoin(pairs, "n").count()).isEqualTo(20_000);
    }
  }

  @Test
  void anErrorOfAListenerChangesNoRun() {
    session.listen(
        new RunListener() {
          @Override
          public void started(RunControl run) {
            throw new NoClassDefFoundError("of a listener");
          }

          @Override
          public void finished(RunReport report) {
            throw new AssertionError("of a listener");
          }
        });
    assertThat(numbers(5).count()).isEqualTo(5);
  }

  @Test
  void aClosedSessionMakesNoFolderForACache(@TempDir Path folder) throws Exception {
    Session closed = Session.open(Config.of("drawbar.scratch.folder", folder.toString()));
    Dataset kept =
        closed.read(Records.of(Schema.empty().with("n", DataType.LONG), List.of())).cache();
    closed.close();
    assertThatThrownBy(kept::count).hasMessageContaining("closed");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void idsAfterASortAreOfTheRowAndNotOfTheKey() {
    Dataset rows = numbers(100);
    Set<String> plain = new HashSet<>(texts(rows.sortBy("n").sample(0.5, 2)));
    Set<String> computed = new HashSet<>(texts(rows.sortBy(col("n").negate()).sample(0.5, 2)));
    assertThat(computed).isEqualTo(plain);
  }

  @Test
  void explodeIsNoSortKey() {
    assertThatThrownBy(() -> numbers(3).sortBy(explode(split(col("text"), ","))))
        .isInstanceOf(TypeMismatchException.class);
  }

  @Test
  void cacheThatCouldNotBeFilledIsFilledAnew(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("late.csv");
    Schema schema = Schema.empty().with("n", DataType.LONG);
    Dataset late = session.read(Csv.of(schema).at(file.toString()));
    Dataset kept = numbers(4).select("n").union(late).cache();
    assertThatThrownBy(kept::collect).hasMessageContaining("late.csv");
    Files.writeString(file, "17\n");
    assertThat(kept.count()).isEqualTo(5);
  }

  @Test
  void errorsOfLambdasNameTheRowAsTheUserKnowsIt() {
    record Line(long n, String text) {}
    Rows<Line> lines = numbers(9).sample(1, 1).as(Line.class);
    assertThatThrownBy(() -> lines.map(Line.class, line -> null).collect())
        .isInstanceOf(EvaluationException.class)
        .hasMessageContaining("null");
    assertThatThrownBy(() -> lines.flatMap(Line.class, line -> null).collect())
        .isInstanceOf(EvaluationException.class)
        .hasMessageContaining("null");
    Dataset failing =
        numbers(9).as(Line.class).filter(line -> 1 / (line.n() - 5) < 9).dataset().sample(1, 1);
    assertThatThrownBy(failing::collect)
        .isInstanceOf(EvaluationException.class)
        .hasMessageContaining("(n=5, text=t0)");
  }

  @Test
  void shownRowsOfACacheAreThoseKept() {
    Dataset kept = numbers(4).cache();
    kept.show();
    assertThat(texts(kept)).isEqualTo(texts(numbers(4)));
  }

  @Test
  void aCacheIsUsedTwiceInOnePlan() {
    Dataset kept = numbers(30).where(col("n").mod(3).eq(0)).cache();
    Dataset again = kept.select(col("n"), col("text").as("again"));
    assertThat(kept.join(again, "n").count()).isEqualTo(10);
    assertThat(texts(kept.union(kept).limit(12))).endsWith("(n=0, text=t0)", "(n=3, text=t3)");
    assertThat(kept.lookup(again, "n").where(col("text").ne(col("again"))).collect()).isEmpty();
  }
}
