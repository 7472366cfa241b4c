package io.drawbar.testkit;

import java.util.ArrayList;
import java.util.List;

/** A row as a record, with lambdas for all that rows can be made into. */
public record Cell(String text, Long whole) {
  /** Whether it stays. */
  public boolean isKept() {
    return text == null || text.length() % 3 != 1;
  }

  /** Another row of it. */
  public Cell turned() {
    return new Cell(whole == null ? null : whole + "", text == null ? null : (long) text.length());
  }

  /** None to three rows of it. */
  public List<Cell> children() {
    List<Cell> children = new ArrayList<>();
    for (int i = 0; i < (text == null ? 1 : text.length() % 4); i++) {
      children.add(new Cell(i == 1 ? null : text, i % 2 == 0 ? whole : Long.valueOf(i)));
    }
    return children;
  }
}
