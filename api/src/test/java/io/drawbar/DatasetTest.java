package io.drawbar;

import static io.drawbar.expr.Functions.col;
import static io.drawbar.expr.Functions.count;
import static io.drawbar.expr.Functions.sum;
import static io.drawbar.expr.Functions.vector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbar.config.Config;
import io.drawbar.error.DrawbarException;
import io.drawbar.internal.local.LocalEngineFactory;
import io.drawbar.io.Csv;
import io.drawbar.io.Records;
import io.drawbar.learn.LinearRegression;
import io.drawbar.spi.BadRowException;
import io.drawbar.spi.Capabilities;
import io.drawbar.spi.Engine;
import io.drawbar.spi.Layout;
import io.drawbar.spi.LeafReader;
import io.drawbar.spi.Run;
import io.drawbar.spi.Source;
import io.drawbar.spi.Split;
import io.drawbar.spi.StageGraph;
import io.drawbar.type.DataType;
import io.drawbar.type.Schema;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What each operation means, on few rows, against answers worked out by hand; {@link JoinTest} has
 * the joins.
 */
class DatasetTest extends OrdersFixture {
  @Test
  void unionKeepsTheOrderOfItsBranches() {
    Dataset ids = orders().select("id");
    Dataset more = ids.where(col("id").gt(3)).union(ids).select(col("id").times(10).as("ten"));
    assertThat(texts(more))
        .containsExactly(
            "(ten=40)", "(ten=50)", "(ten=10)", "(ten=20)", "(ten=30)", "(ten=40)", "(ten=50)");
    assertThat(more.count()).isEqualTo(7);
    assertThat(texts(more.distinct().agg(count().as("n")))).containsExactly("(n=5)");
  }

  @Test
  void sortsByKeysAndThenByTheRestOfTheRow() {
    assertThat(texts(orders().sortBy(col("customer").desc()).select("id")))
        .containsExactly("(id=5)", "(id=2)", "(id=1)", "(id=3)", "(id=4)");
    assertThat(texts(orders().sortBy(col("amount").negate()).limit(2)))
        .containsExactly("(id=1, customer=ada, amount=10.0)", "(id=3, customer=ada, amount=7.0)");
    assertThat(texts(orders().sortBy("customer").limit(3).select("id")))
        .containsExactly("(id=4)", "(id=1)", "(id=3)");
  }

  @Test
  void writesSortedRowsInOrder(@TempDir Path folder) throws Exception {
    List<Order> many = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      many.add(new Order(i * 7919L % 1009, "c" + i % 3, i));
    }
    String target = folder.resolve("sorted").toString();
    session.read(Records.of(many, Order.class)).sortBy("id").write(Csv.to(target));
    List<Long> ids = new ArrayList<>();
    session
        .read(Csv.of(Order.class).at(target))
        .collect(Order.class)
        .forEach(order -> ids.add(order.id()));
    assertThat(ids).hasSize(500).isSorted();
    try (Stream<Path> parts = Files.list(Path.of(target))) {
      assertThat(parts.count()).isGreaterThan(4);
    }
  }

  @Test
  void limitTakesTheFirstRowsInOrder() {
    assertThat(texts(orders().select("id").limit(4)))
        .containsExactly("(id=1)", "(id=2)", "(id=3)", "(id=4)");
    assertThat(orders().limit(0).collect()).isEmpty();
    assertThat(orders().limit(100).count()).isEqualTo(5);
  }

  @Test
  void limitReadsNoMoreThanItNeeds(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("words.csv");
    Files.writeString(file, "word\n".repeat(1000) + "two,fields\n");
    try (Session fine = Session.open(Config.of("drawbar.leaf.bytes", "64"))) {
      Dataset words = fine.read(Csv.of(Word.class).at(file.toString()));
      assertThat(words.limit(20).collect()).hasSize(20);
      assertThat(words.where(col("word").eq("word")).limit(700).count()).isEqualTo(700);
      assertThatThrownBy(() -> words.limit(1001).collect()).isInstanceOf(BadRowException.class);
    }
  }

  @Test
  void splitDividesAllRowsAndSampleDoesNotDependOnColumns() {
    List<Order> many = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      many.add(new Order(i, "c" + i % 7, i));
    }
    Dataset all = session.read(Records.of(many, Order.class));
    Dataset.Split split = all.split(0.8, 42);
    Set<Long> train = ids(split.train());
    Set<Long> test = ids(split.test());
    assertThat(train).hasSizeBetween(1550, 1650).doesNotContainAnyElementsOf(test);
    assertThat(train.size() + test.size()).isEqualTo(2000);
    assertThat(ids(all.where(col("id").ge(0)).select("id").sample(0.8, 42))).isEqualTo(train);
    assertThat(ids(all.sample(0.8, 43))).isNotEqualTo(train);
    assertThat(ids(all.cache().split(0.8, 42).train())).isEqualTo(train);
    Dataset twice = all.union(all).sample(0.5, 1);
    assertThat(ids(twice).size()).isGreaterThan(1400);
    assertThat(all.groupBy("customer").agg(count()).sample(1, 1).count()).isEqualTo(7);
  }

  private static Set<Long> ids(Dataset dataset) {
    Set<Long> ids = new HashSet<>();
    dataset.collect().forEach(row -> ids.add(row.longValue("id")));
    return ids;
  }

  @Test
  void cacheComputesOnceAndChangesNothing() {
    List<RunReport> runs = new ArrayList<>();
    session.listen(runs::add);
    Dataset kept = orders().where(col("amount").gt(1)).cache();
    List<String> first = texts(kept);
    assertThat(first).isEqualTo(texts(orders().where(col("amount").gt(1))));
    runs.clear();
    assertThat(texts(kept)).isEqualTo(first);
    assertThat(runs).hasSize(1);
    assertThat(runs.get(0).name()).contains("cache");
    Dataset grouped = orders().groupBy("customer").agg(sum("amount").as("total"));
    assertThat(texts(grouped.cache())).isEqualTo(texts(grouped));
    Dataset both =
        orders()
            .select("id")
            .union(customers().select(col("city").ne("x").cast(DataType.LONG).as("id")));
    assertThat(texts(both.cache())).isEqualTo(texts(both));
  }

  /** The embedded engine, as if its tasks were elsewhere. */
  private static final class Elsewhere implements Engine {
    private final Engine local = new LocalEngineFactory().create(Config.of());

    @Override
    public Capabilities capabilities() {
      return new Capabilities("far", 2, Capabilities.Reach.CLUSTER);
    }

    @Override
    public Run run(StageGraph graph) {
      return local.run(graph);
    }

    @Override
    public void close() {
      local.close();
    }
  }

  @Test
  void aClusterKeepsRowsOnlyWhereAllSeeThem(@TempDir Path shared) {
    List<Order> orders = List.of(new Order(1, "ann", 5));
    try (Session far = Session.attach(new Elsewhere(), Config.of())) {
      Dataset kept = far.read(Records.of(orders, Order.class)).cache();
      assertThatThrownBy(kept::count)
          .hasMessageStartingWith("rows that are cached or trained on")
          .hasMessageContaining("set drawbar.scratch.folder to a folder");
    }
    Config config = Config.of("drawbar.scratch.folder", shared.toString());
    try (Session far = Session.attach(new Elsewhere(), config)) {
      assertThat(far.read(Records.of(orders, Order.class)).cache().count()).isEqualTo(1);
    }
    assertThat(shared).isEmptyDirectory();
  }

  @Test
  void recordsAndLambdas() {
    Rows<Order> rich = orders().as(Order.class).filter(order -> order.amount() > 4);
    assertThat(rich.collect()).extracting(Order::id).containsExactly(1L, 2L, 3L);
    Dataset letters =
        rich.flatMap(
                Word.class,
                order -> Arrays.stream(order.customer().split("")).map(Word::new).toList())
            .dataset()
            .groupBy("word")
            .agg(count().as("n"))
            .sortBy(col("n").desc())
            .limit(1);
    assertThat(texts(letters)).containsExactly("(word=a, n=4)");
    Object notSerializable = new Object();
    assertThatThrownBy(() -> rich.filter(order -> notSerializable.hashCode() == order.id()))
        .isInstanceOf(DrawbarException.class)
        .hasMessageContaining("cannot be shipped");
    assertThatThrownBy(
            () -> rich.map(Word.class, order -> new Word("" + 1 / (order.id() - 1))).collect())
        .hasMessageContaining("/ by zero")
        .hasMessageContaining("id=1");
  }

  private record Unordered(Records rows) implements Source {
    @Override
    public Schema schema() {
      return rows.schema();
    }

    @Override
    public String describe() {
      return "unordered " + rows.describe();
    }

    @Override
    public boolean isOrdered() {
      return false;
    }

    @Override
    public List<Split> splits(Layout layout, int desired, int alignment) {
      return rows.splits(layout, desired, alignment);
    }

    @Override
    public LeafReader open(Split split, Layout layout, List<String> columns) {
      return rows.open(split, layout, columns);
    }
  }

  @Test
  void trainingOnRowsAsTheyArriveIsMarked() {
    List<Order> few = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      few.add(new Order(i, "c", 3 * i + 1));
    }
    Dataset rows =
        session
            .read(new Unordered(Records.of(few, Order.class)))
            .select(vector(col("id").cast(DataType.DOUBLE)).as("x"), col("amount"));
    LinearRegression trainer = LinearRegression.on("x").predicting("amount");
    assertThat(trainer.fit(rows).provenance().data()).doesNotContain("arrived");
    assertThat(trainer.fit(rows.asArrives()).provenance().data()).endsWith(" as it arrived");
    assertThat(rows.explain()).contains("order by content: the source has no order");
    assertThat(rows.asArrives().explain()).doesNotContain("order by content");
  }

  @Test
  void aFunctionGetsACopyOfWhatItCaptures() {
    ArrayList<Long> seen = new ArrayList<>();
    Rows<Order> all = orders().as(Order.class).filter(order -> seen.add(order.id()));
    assertThat(all.collect()).hasSize(5);
    assertThat(seen).as("what tasks add to a list of the driver's").isEmpty();
  }
}
