package io.drawbar.math;

import java.io.IOException;
import java.util.Objects;

/**
 * Exact sums by dense group number, for hash aggregation: two doubles a group, a third for all
 * groups once one needs it, and no object per group.
 *
 * <p>The state of a group travels between tasks as columns: three doubles and a {@code byte[]} that
 * is null nearly always. Not safe for use by several threads.
 */
public final class KeyedExactSums {

  private final ExactColumns columns = new ExactColumns(0);

  /** No groups yet. */
  public KeyedExactSums() {}

  /** Makes room for groups 0 to {@code groups - 1}; new ones are empty; never shrinks. */
  public void grow(int groups) {
    if (groups < 0) {
      throw new IllegalArgumentException("groups is " + groups);
    }
    columns.grow(groups);
  }

  /** The number of groups. */
  public int groups() {
    return columns.size();
  }

  /** Adds a value to a group. */
  public void add(int group, double value) {
    Objects.checkIndex(group, groups());
    columns.add(group, value);
  }

  /**
   * Adds each of some values to a group, as {@link #add} does one after the other.
   *
   * @param groups the group of each value
   * @param rows where in {@code values} each is; null if they are the first ones
   * @param count how many of {@code groups} and {@code rows} are used
   */
  public void addEach(int[] groups, double[] values, int[] rows, int count) {
    columns.addEach(groups, values, rows, count);
  }

  /**
   * Adds the state of a group of another task.
   *
   * @throws IllegalArgumentException if the state is not one that {@link #high}, {@link #middle},
   *     {@link #low} and {@link #rest} give; nothing is added then
   */
  public void addState(int group, double high, double middle, double low, byte[] rest) {
    Objects.checkIndex(group, groups());
    if (!Double.isFinite(high) || !Double.isFinite(middle) || !Double.isFinite(low)) {
      throw new IllegalArgumentException(
          "state of an exact sum: " + high + ", " + middle + ", " + low);
    }
    if (rest != null) {
      columns.mergeRest(group, decoded(rest));
    }
    columns.add(group, high);
    // Adding 0.0 changes nothing; of partial sums of few rows it is what these are.
    if (middle != 0) {
      columns.add(group, middle);
    }
    if (low != 0) {
      columns.add(group, low);
    }
  }

  private static Rest decoded(byte[] rest) {
    try {
      return Rest.fromBytes(rest);
    } catch (IOException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /** The first double of a group's state. */
  public double high(int group) {
    Objects.checkIndex(group, groups());
    return columns.high(group);
  }

  /** The second double of a group's state. */
  public double middle(int group) {
    Objects.checkIndex(group, groups());
    return columns.middle(group);
  }

  /** The third double of a group's state. */
  public double low(int group) {
    Objects.checkIndex(group, groups());
    return columns.low(group);
  }

  /** What the three doubles of a group's state do not hold, or null, as nearly always. */
  public byte[] rest(int group) {
    Objects.checkIndex(group, groups());
    Rest rest = columns.restOrNull(group);
    return rest == null ? null : rest.toBytes();
  }

  /** The sum of a group rounded once, half to even; see {@link ExactSum#round()}. */
  public double round(int group) {
    Objects.checkIndex(group, groups());
    return columns.round(group);
  }
}
