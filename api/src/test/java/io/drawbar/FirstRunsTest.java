package io.drawbar;

import static io.drawbar.expr.Functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawbar.config.Config;
import io.drawbar.io.Records;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code explain()} says what is run first, in the order in which it then is, and runs nothing. */
class FirstRunsTest {
  record Order(long id, String customer) {}

  record Customer(String customer, String city) {}

  private final List<RunReport> reports = new ArrayList<>();
  private Session session;

  @BeforeEach
  void open() {
    session = Session.open(Config.of("drawbar.engine", "local"));
    session.listen(reports::add);
  }

  @AfterEach
  void close() {
    session.close();
  }

  private Dataset orders() {
    List<Order> orders = List.of(new Order(1, "ada"), new Order(2, "bob"), new Order(3, "ada"));
    return session.read(Records.of(orders, Order.class));
  }

  private Dataset customers() {
    List<Customer> customers = List.of(new Customer("ada", "Oslo"), new Customer("bob", "Rome"));
    return session.read(Records.of(customers, Customer.class));
  }

  private static List<String> first(Dataset dataset) {
    String text = dataset.explain();
    assertThat(text).contains("Logical plan\n").contains("Stages\n");
    if (!text.startsWith("Run first\n")) {
      assertThat(text).startsWith("Logical plan\n");
      return List.of();
    }
    String section = text.substring("Run first\n".length(), text.indexOf("Logical plan\n"));
    return section.lines().map(String::strip).toList();
  }

  @Test
  void theOptimizedPlanIsThereWhereItIsAnother() {
    assertThat(orders().explain())
        .doesNotContain("Optimized plan")
        .endsWith("  then bring the rows together in order\n");
    assertThat(orders().sortBy("id").groupBy("id").agg().explain()).contains("Optimized plan\n");
  }

  @Test
  void aPlanThatNeedsNothingSaysNothing() {
    assertThat(first(orders().where(col("id").gt(1)).sortBy("id"))).isEmpty();
  }

  @Test
  void cachesBoundsAndTablesAreNamedInTheirOrder() {
    Dataset sorted = orders().sortBy("customer").cache();
    Dataset cities = customers().where(col("city").ne("Rome"));
    Dataset both = sorted.union(sorted).lookup(cities, "customer");

    List<String> runs = first(both);
    assertThat(runs).hasSize(3);
    assertThat(runs.get(0))
        .isEqualTo(
            "find the rows at which parts of 'sort by customer' begin: they depend on the data alone");
    assertThat(runs.get(1))
        .isEqualTo("fill cache 0 with the rows of 'sort by customer', once a session");
    assertThat(runs.get(2))
        .isEqualTo(
            "collect the rows of 'where (city <> 'Rome')':"
                + " 'look up by customer' takes them along to every task");
    assertThat(reports).isEmpty();

    both.collect();
    assertThat(reports).hasSize(runs.size() + 1);
    assertThat(first(both)).containsExactly(runs.get(2));
    both.collect();
    assertThat(reports).hasSize(runs.size() + 1 + 2);
  }

  @Test
  void aLimitTriesTheFirstLeaves() {
    assertThat(first(orders().where(col("id").gt(1)).limit(1)))
        .singleElement()
        .asString()
        .startsWith("try the first leaf, then 8, 64 and so on, of ")
        .endsWith("if it has more than one: 'the first 1 rows' may be there");
    assertThat(first(orders().limit(100_000))).isEmpty();
    assertThat(first(orders().sortBy("id").limit(1))).isEmpty();
    assertThat(reports).isEmpty();
  }
}
