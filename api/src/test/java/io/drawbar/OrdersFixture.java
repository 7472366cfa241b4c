package io.drawbar;

import io.drawbar.config.Config;
import io.drawbar.io.Records;
import io.drawbar.type.Row;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A session with small leaves and blocks, orders, and those who ordered. */
abstract class OrdersFixture {
  record Order(long id, String customer, double amount) {}

  record Customer(String customer, String city) {}

  record Word(String word) {}

  Session session;

  @BeforeEach
  final void open() {
    session =
        Session.open(
            Config.of(
                "drawbar.leaf.rows", "3", "drawbar.block.rows", "2", "drawbar.parallelism", "2"));
  }

  @AfterEach
  final void close() {
    session.close();
  }

  final Dataset orders() {
    return session.read(
        Records.of(
            List.of(
                new Order(1, "ada", 10),
                new Order(2, "bob", 5),
                new Order(3, "ada", 7),
                new Order(4, null, 1),
                new Order(5, "eve", 2)),
            Order.class));
  }

  final Dataset customers() {
    return session.read(
        Records.of(
            List.of(
                new Customer("ada", "London"),
                new Customer("bob", "Oslo"),
                new Customer("bob", "Rome"),
                new Customer(null, "Nowhere"),
                new Customer("zoe", "Zurich")),
            Customer.class));
  }

  static List<String> texts(Dataset dataset) {
    return dataset.collect().stream().map(Row::toString).toList();
  }
}
