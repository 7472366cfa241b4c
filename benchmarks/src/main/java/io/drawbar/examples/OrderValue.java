package io.drawbar.examples;

import static io.drawbar.expr.Functions.col;
import static io.drawbar.expr.Functions.count;
import static io.drawbar.expr.Functions.sum;

import io.drawbar.Dataset;
import io.drawbar.Session;
import io.drawbar.io.Csv;

/** What orders are worth at the rates of their customers: two CSV files joined. */
public final class OrderValue {
  /** A line of the file of orders. */
  record Order(long order, long customer, double amount) {}

  /** A line of the file of customers. */
  record Customer(long customer, double rate) {}

  private OrderValue() {}

  /** Each order of a known customer: {@code customer, order, amount, rate}. */
  public static Dataset of(Session session, String orders, String customers) {
    return session
        .read(Csv.of(Order.class).header().at(orders))
        .join(session.read(Csv.of(Customer.class).header().at(customers)), "customer");
  }

  /** One row: how many {@code orders} there are, and their {@code value}. */
  public static Dataset summary(Dataset joined) {
    return joined.agg(count().as("orders"), sum(col("amount").times(col("rate"))).as("value"));
  }

  /** Joins a file of orders with a file of customers; prints the summary and what was done. */
  public static void main(String[] arguments) {
    Arguments given =
        Arguments.of(arguments, OrderValue.class, "path of orders", "path of customers");
    try (Session session = Session.open()) {
      session.listen(report -> System.out.println(report));
      System.out.println(summary(of(session, given.text(0), given.text(1))).collect().get(0));
    }
  }
}
