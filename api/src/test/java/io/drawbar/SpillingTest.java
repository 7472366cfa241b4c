package io.drawbar;

import static io.drawbar.expr.Functions.col;
import static io.drawbar.expr.Functions.count;
import static io.drawbar.expr.Functions.max;
import static io.drawbar.expr.Functions.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbar.config.Config;
import io.drawbar.io.Records;
import io.drawbar.spi.EngineException;
import io.drawbar.type.Row;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Operators in tasks that hold next to nothing, held against plain Java and against room for all.
 */
class SpillingTest {
  /** A row whose keys repeat; text of many lengths, and null now and then. */
  record Item(long id, String name, Double weight) {}

  /** Another one, to join by name. */
  record Label(String name, long rank) {}

  private static final int ITEMS = 1_500;

  @TempDir private Path folder;

  private static List<Item> items() {
    List<Item> items = new ArrayList<>();
    for (int i = 0; i < ITEMS; i++) {
      int n = (i * 7919) % ITEMS;
      int number = n % 500;
      String name = n % 97 == 0 ? null : "n" + "x".repeat(number % 13) + number;
      items.add(new Item(n % 1_000, name, n % 31 == 0 ? null : n / 8.0));
    }
    return items;
  }

  /** Names of which some are not there; one, of many items, has many. */
  private static List<Label> labels() {
    List<Label> labels = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      labels.add(new Label("n" + "x".repeat(i % 13) + i, i));
    }
    for (int i = 0; i < 700; i++) {
      labels.add(new Label("nx1", i));
    }
    return labels;
  }

  private Session session(String bytes, int tasks) {
    return Session.open(
        Config.of("drawbar.spill.bytes", bytes)
            .with("drawbar.spill.folder", folder.toString())
            .with("drawbar.leaf.rows", "101")
            .with("drawbar.block.rows", "64")
            .with("drawbar.parallelism", Integer.toString(tasks)));
  }

  private static Dataset items(Session session) {
    return session.read(Records.of(items(), Item.class));
  }

  private static Dataset labels(Session session) {
    return session.read(Records.of(labels(), Label.class));
  }

  private static String text(Object... values) {
    List<String> texts = new ArrayList<>();
    for (Object value : values) {
      texts.add(String.valueOf(value));
    }
    return String.join(" ", texts);
  }

  private static List<String> texts(Dataset rows) {
    List<String> texts = new ArrayList<>();
    for (Row row : rows.collect()) {
      Object[] values = new Object[row.schema().size()];
      for (int c = 0; c < values.length; c++) {
        values[c] = row.value(c);
      }
      texts.add(text(values));
    }
    return texts;
  }

  /** What comes out, in order, is what comes out with room for all; and tasks did put rows down. */
  private List<String> spilled(String bytes, Function<Session, Dataset> work) {
    List<String> withRoom;
    try (Session roomy = session("0", 3)) {
      List<RunReport> reports = new ArrayList<>();
      roomy.listen(reports::add);
      withRoom = texts(work.apply(roomy));
      assertThat(reports).allMatch(report -> report.bytesSpilled() == 0);
    }
    try (Session small = session(bytes, 2)) {
      List<RunReport> reports = new ArrayList<>();
      small.listen(reports::add);
      List<String> texts = texts(work.apply(small));
      assertThat(texts).isEqualTo(withRoom);
      RunReport last = reports.get(reports.size() - 1);
      assertThat(last.bytesSpilled()).isPositive();
      assertThat(last.toString()).contains(" bytes put down on disk; ");
    }
    assertThat(folder).isEmptyDirectory();
    return withRoom;
  }

  private static <T extends Comparable<T>> Comparator<T> nullsFirst() {
    return Comparator.nullsFirst(Comparator.naturalOrder());
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "2KiB", "20KiB"})
  void sorted(String bytes) {
    List<String> expected =
        items().stream()
            .sorted(
                Comparator.comparing(Item::weight, SpillingTest.<Double>nullsFirst().reversed())
                    .thenComparing(Item::name, SpillingTest.<String>nullsFirst())
                    .thenComparing(Item::id))
            .map(i -> text(i.id(), i.name(), i.weight()))
            .toList();
    assertThat(spilled(bytes, s -> items(s).sortBy(col("weight").desc(), col("name").asc())))
        .isEqualTo(expected);
    assertThat(
            spilled(
                bytes, s -> items(s).sortBy(col("weight").desc(), col("name").asc()).limit(1_200)))
        .isEqualTo(expected.subList(0, 1_200));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "2KiB", "20KiB"})
  void grouped(String bytes) {
    Map<String, long[]> byName = new TreeMap<>(nullsFirst());
    Map<String, Double> heaviest = new TreeMap<>(nullsFirst());
    for (Item item : items()) {
      long[] totals = byName.computeIfAbsent(item.name(), name -> new long[2]);
      totals[0]++;
      totals[1] += item.id();
      if (item.weight() != null) {
        heaviest.merge(item.name(), item.weight(), Math::max);
      }
    }
    List<String> expected = new ArrayList<>();
    byName.forEach(
        (name, totals) -> expected.add(text(name, totals[0], totals[1], heaviest.get(name))));
    List<String> found =
        spilled(
            bytes,
            s ->
                items(s)
                    .groupBy("name")
                    .agg(count().as("n"), sum("id").as("ids"), max("weight").as("heaviest")));
    assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(spilled(bytes, s -> items(s).select("name", "id").distinct()))
        .containsExactlyInAnyOrderElementsOf(
            items().stream().map(i -> text(i.name(), i.id())).distinct().toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "2KiB", "20KiB"})
  void joined(String bytes) {
    List<String> pairs = new ArrayList<>();
    List<String> all = new ArrayList<>();
    List<String> without = new ArrayList<>();
    List<String> with = new ArrayList<>();
    for (Item item : items()) {
      List<Label> partners =
          labels().stream().filter(label -> label.name().equals(item.name())).toList();
      String alone = text(item.id(), item.name(), item.weight());
      (partners.isEmpty() ? without : with).add(alone);
      if (partners.isEmpty()) {
        all.add(alone + " null");
      }
      for (Label label : partners) {
        pairs.add(alone + " " + label.rank());
        all.add(alone + " " + label.rank());
      }
    }
    assertThat(pairs).hasSizeGreaterThan(3_000);
    assertThat(spilled(bytes, s -> items(s).join(labels(s), "name")))
        .containsExactlyInAnyOrderElementsOf(pairs);
    assertThat(spilled(bytes, s -> items(s).leftJoin(labels(s), "name")))
        .containsExactlyInAnyOrderElementsOf(all);
    assertThat(spilled(bytes, s -> items(s).semiJoin(labels(s), "name")))
        .containsExactlyInAnyOrderElementsOf(with);
    assertThat(spilled(bytes, s -> items(s).antiJoin(labels(s), "name")))
        .containsExactlyInAnyOrderElementsOf(without);
  }

  /** Nobody looks at the order of what is counted: then the left side waits, or both are sorted. */
  @ParameterizedTest
  @ValueSource(strings = {"1", "2KiB", "20KiB", "60KiB"})
  void joinedForATotal(String bytes) {
    long[] expected = new long[2];
    for (Item item : items()) {
      for (Label label : labels()) {
        if (label.name().equals(item.name())) {
          expected[0]++;
          expected[1] += item.id() * label.rank();
        }
      }
    }
    List<String> found =
        spilled(
            bytes,
            s ->
                items(s)
                    .join(labels(s), "name")
                    .agg(count().as("n"), sum(col("id").times(col("rank"))).as("total")));
    assertThat(found).containsExactly(text(expected[0], expected[1]));
  }

  /** With next to no memory two runs are merged at a time, so that each row is put down often. */
  @Test
  void manyRunsAreMergedInPasses() {
    try (Session small = session("1", 2)) {
      List<RunReport> reports = new ArrayList<>();
      small.listen(reports::add);
      assertThat(items(small).sortBy("id").collect()).hasSize(ITEMS);
      RunReport last = reports.get(reports.size() - 1);
      assertThat(last.stages().get(1).runsSpilled()).isBetween(2L * ITEMS - 20, 4L * ITEMS);
      assertThat(last.bytesSpilled()).isGreaterThan(5 * last.counters().get("exchange.1.bytes"));
    }
  }

  @Test
  void firstRowsOfEachTask() {
    List<String> expected =
        items().stream().limit(1_000).map(i -> text(i.id(), i.name(), i.weight())).toList();
    assertThat(spilled("4KiB", s -> items(s).limit(1_000).where(col("id").ge(0))))
        .isEqualTo(expected);
  }

  @Test
  void aFolderThatIsAFileIsNamed() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    Config config = Config.of("drawbar.spill.bytes", "1", "drawbar.spill.folder", file.toString());
    try (Session session = Session.open(config)) {
      assertThatThrownBy(() -> items(session).sortBy("id").collect())
          .isInstanceOf(EngineException.class)
          .hasMessageContaining("SpillException: cannot make a file")
          .hasMessageContaining("in " + file)
          .hasMessageContaining("drawbar.spill.folder");
    }
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).containsExactly(file);
    }
  }
}
