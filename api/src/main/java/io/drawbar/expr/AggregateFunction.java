package io.drawbar.expr;

import java.util.Locale;

/**
 * What can be computed of a group of rows. Nulls are passed over; see {@link Functions} for each.
 */
public enum AggregateFunction {
  COUNT,
  SUM,
  AVG,
  MIN,
  MAX;

  String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
