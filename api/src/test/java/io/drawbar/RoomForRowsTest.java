package io.drawbar;

import static io.drawbar.expr.Functions.col;
import static io.drawbar.expr.Functions.count;
import static io.drawbar.expr.Functions.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbar.config.Config;
import io.drawbar.io.Csv;
import io.drawbar.io.Records;
import io.drawbar.spi.MemoryLimitException;
import io.drawbar.type.Row;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many rows and many keys, in little memory. */
class RoomForRowsTest extends OrdersFixture {
  /** More groups than a task holds before it sends them, and than are worth looking for. */
  @Test
  void manyKeysAreGroupedRight(@TempDir Path folder) throws Exception {
    int rows = 900_000;
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < rows; i++) {
      int key = i < 400_000 ? i : i % 100_000 + 350_000;
      text.append(key).append(",c").append(key % 3).append(',').append(i % 10).append('\n');
    }
    Path file = Files.writeString(folder.resolve("many.csv"), text);
    try (Session one = Session.open(Config.of("drawbar.parallelism", "1"))) {
      Dataset groups =
          one.read(Csv.of(Order.class).at(file.toString()))
              .groupBy("id", "customer")
              .agg(count().as("n"), sum("amount").as("total"));
      Row row =
          groups
              .agg(count().as("groups"), sum("n").as("rows"), sum("total").as("total"))
              .collect()
              .get(0);
      assertThat(row.longValue("groups")).isEqualTo(450_000);
      assertThat(row.longValue("rows")).isEqualTo(rows);
      assertThat(row.doubleValue("total")).isEqualTo(4.5 * rows);
      assertThat(texts(groups.where(col("id").eq(360_000)).select("n"))).containsExactly("(n=6)");
    }
  }

  @Test
  void memoryIsKept() {
    List<Order> many = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      many.add(new Order(i, "customer " + i, i));
    }
    try (Session small =
        Session.open(Config.of("drawbar.memory", "1MiB", "drawbar.parallelism", "2"))) {
      Dataset all = small.read(Records.of(many, Order.class));
      assertThat(all.groupBy(col("id").mod(1000)).agg(count()).count()).isEqualTo(1000);
      Dataset grouped = all.groupBy("customer", "id").agg(sum("amount").as("total"));
      assertThat(grouped.count()).isEqualTo(20_000);
      assertThat(texts(all.sortBy("customer").select("customer")))
          .isEqualTo(
              many.stream()
                  .map(Order::customer)
                  .sorted()
                  .map(c -> "(customer=" + c + ")")
                  .toList());
      assertThat(all.semiJoin(all.select("customer"), "customer").count()).isEqualTo(20_000);
      assertThatThrownBy(all.union(all)::collect).isInstanceOf(MemoryLimitException.class);
      assertThat(all.sortBy("customer").limit(1).collect()).hasSize(1);
    }
  }

  /**
   * Up to four tasks that see all keys, with room for a part of them: each sends what it has and
   * goes on. With room for all of them, a task sends a key once; how many tasks find a split in the
   * queue is the scheduler's business.
   */
  @Test
  void aFirstHalfThatHasNoRoomSendsWhatItHas() {
    int keys = 50_000;
    List<Order> many = new ArrayList<>();
    for (int i = 0; i < 4 * 65_536; i++) {
      many.add(new Order(i % keys, "", i));
    }
    assertThat(rowsOfFirstHalf(many, "64MiB", keys)).isIn(keys, 2L * keys, 3L * keys, 4L * keys);
    assertThat(rowsOfFirstHalf(many, "8MiB", keys)).isGreaterThan(4L * keys);
  }

  private static long rowsOfFirstHalf(List<Order> orders, String memory, int keys) {
    List<RunReport> reports = new ArrayList<>();
    Config config = Config.of("drawbar.memory", memory, "drawbar.parallelism", "4");
    try (Session session = Session.open(config)) {
      session.listen(reports::add);
      Dataset all = session.read(Records.of(orders, Order.class));
      Dataset totals = all.groupBy("id").agg(sum("amount").as("total"), count().as("n"));
      Row checked = totals.agg(count().as("keys"), sum("total").as("all")).collect().get(0);
      assertThat(checked.longValue("keys")).isEqualTo(keys);
      assertThat(checked.doubleValue("all")).isEqualTo(orders.size() * (orders.size() - 1.0) / 2);
    }
    return reports.get(0).stages().get(0).rowsOut();
  }
}
