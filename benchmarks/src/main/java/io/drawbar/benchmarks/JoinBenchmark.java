package io.drawbar.benchmarks;

import io.drawbar.Session;
import io.drawbar.examples.OrderValue;
import io.drawbar.type.Row;
import org.openjdk.jmh.annotations.Param;

/** Orders joined with their customers, from CSV; the number of pairs and a sum over them. */
public class JoinBenchmark extends JobBenchmark {

  /** The number of orders. */
  @Param("10000000")
  public long rows;

  /** The number of customers. */
  @Param("1000000")
  public int customers;

  @Override
  Job job() {
    return Job.JOIN;
  }

  @Override
  Input input() {
    return Orders.of(rows, customers);
  }

  @Override
  Contender drawbar(Session session) {
    return portable(session);
  }

  static Contender portable(Session session) {
    return input -> {
      String orders = input.file(Orders.ORDERS).toString();
      String customers = input.file(Orders.CUSTOMERS).toString();
      Row row = OrderValue.summary(OrderValue.of(session, orders, customers)).collect().get(0);
      return new double[] {row.longValue("orders"), row.doubleValue("value")};
    };
  }
}
