package io.drawbar.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;

/**
 * Generated orders, {@code order,customer,amount}, and their customers, {@code customer,rate}, each
 * customer once; a tenth of the orders has none.
 */
final class Orders {
  static final String ORDERS = "orders.csv";
  static final String CUSTOMERS = "customers.csv";

  private Orders() {}

  static Input of(long orders, int customers) {
    return Input.named("orders-" + orders + "-" + customers, generator(orders, customers));
  }

  static Input.Generator generator(long orders, int customers) {
    return folder -> write(folder, orders, customers);
  }

  private static double[][] write(Path folder, long orders, int customers) throws IOException {
    SplittableRandom random = new SplittableRandom(4);
    int[] rates = new int[customers];
    try (TextOutput out = new TextOutput(folder.resolve(CUSTOMERS))) {
      out.text("customer,rate\n");
      for (int i = 0; i < customers; i++) {
        rates[i] = 1 + random.nextInt(999);
        out.number(Readings.sensor(i)).character(',').fixed(rates[i], 3).character('\n');
      }
    }
    long pairs = 0;
    long sum = 0;
    try (TextOutput out = new TextOutput(folder.resolve(ORDERS))) {
      out.text("order,customer,amount\n");
      for (long order = 0; order < orders; order++) {
        int customer = random.nextInt(customers + customers / 9);
        int amount = 1 + random.nextInt(99_999);
        out.number(order).character(',').number(Readings.sensor(customer)).character(',');
        out.fixed(amount, 2).character('\n');
        if (customer < customers) {
          pairs++;
          sum += (long) amount * rates[customer];
        }
      }
    }
    return new double[][] {{pairs, 0}, {sum / 100_000.0, 1e-9 * sum / 100_000.0}};
  }
}
