package io.drawbar.type;

import java.util.Objects;

/**
 * A list of any length.
 *
 * @param item the type of each item
 */
public record ListType(DataType item) implements DataType {
  public ListType {
    Objects.requireNonNull(item, "item");
  }

  @Override
  public boolean isNumeric() {
    return false;
  }

  @Override
  public String toString() {
    return "LIST(" + item + ")";
  }
}
