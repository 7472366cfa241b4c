package io.drawbar.quality;

import io.drawbar.text.Utf8;
import io.drawbar.type.DataType;
import io.drawbar.type.ListType;
import io.drawbar.type.VectorType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** What a profile says of one column. */
public final class ColumnProfile {
  private static final int MOST_FREQUENT = 10;

  private final String name;
  private final DataType type;
  private final long rows;
  private final ColumnTally tally;
  private final Distribution distribution;
  private final List<ValueCount> frequent;

  ColumnProfile(String name, DataType type, long rows, ColumnTally tally) {
    this.name = name;
    this.type = type;
    this.rows = rows;
    this.tally = tally;
    distribution = tally.numbers().distribution();
    frequent = hasValues() && isComplete() ? mostFrequent() : List.of();
  }

  /** What numbers are told of in {@link #distribution}. */
  public enum Measure {
    /** The values of a LONG or DOUBLE column; of a BOOLEAN one as 0 and 1. */
    VALUES,
    /** The lengths of texts, in code points. */
    LENGTHS,
    /** The elements of vectors, stored or not. */
    ELEMENTS,
    /** The numbers of items of lists. */
    SIZES
  }

  /**
   * A value, and how many rows have it.
   *
   * @param value a {@code Boolean}, {@code Long}, {@code Double} (-0.0 is 0.0) or {@code String}
   *     (of a long text the beginning, and an ellipsis)
   * @param count at least 1
   */
  public record ValueCount(Object value, long count) {}

  /** The name of the column. */
  public String name() {
    return name;
  }

  /** Its type. */
  public DataType type() {
    return type;
  }

  /** How many rows there are, with a value or without. */
  public long rows() {
    return rows;
  }

  /** How many rows have no value. */
  public long nulls() {
    return tally.nulls();
  }

  /** How many items of lists are null. */
  public long nullItems() {
    return tally.nullItems();
  }

  /** What {@link #distribution} is about. */
  public Measure measure() {
    if (type == DataType.STRING) {
      return Measure.LENGTHS;
    }
    if (type instanceof ListType) {
      return Measure.SIZES;
    }
    return type instanceof VectorType ? Measure.ELEMENTS : Measure.VALUES;
  }

  /**
   * The numbers of a column that has such, or what is measured of its values: see {@link #measure}.
   * A LONG counts here as the nearest DOUBLE, but in mean and standard deviation as it is.
   */
  public Distribution distribution() {
    return distribution;
  }

  /** Whether values are counted one by one: those of all columns but vectors and lists. */
  boolean hasValues() {
    return tally.values() != null;
  }

  /**
   * How many different values there are; NaN is one, null is none. Exact if {@link #isComplete},
   * else estimated, with a standard error of {@link #distinctError}; 0 for vectors and lists.
   */
  public long distinct() {
    return hasValues() ? Math.min(tally.values().distinct(), rows - nulls()) : 0;
  }

  /** The standard error of {@link #distinct}, as a share of it; 0 if that is exact. */
  public double distinctError() {
    return hasValues() ? tally.values().error() : 0;
  }

  /**
   * Whether all values could be counted one by one: up to 16 columns have 8,192 values each, more
   * have fewer.
   */
  public boolean isComplete() {
    return hasValues() && tally.values().isComplete();
  }

  /**
   * The share of values that only one row has: 1 in a key. Exact if {@link #isComplete}, else that
   * of a sample of values. NaN if there are none.
   */
  public double singleShare() {
    return hasValues() ? tally.values().single() : Double.NaN;
  }

  /**
   * The ten values that most rows have, the most frequent first, of equally frequent ones the least
   * first. Empty if {@link #isComplete} is not true: which they are is then not known.
   */
  public List<ValueCount> frequent() {
    return frequent;
  }

  /** The least value that is finite, or the least text: as in a row, null if there is none. */
  public Object least() {
    return end(tally.numbers().leastWhole(), distribution.least(), true);
  }

  /**
   * The greatest value that is finite, or the greatest text: as in a row, null if there is none.
   */
  public Object greatest() {
    return end(tally.numbers().greatestWhole(), distribution.greatest(), false);
  }

  private Object end(long whole, double number, boolean isLeast) {
    if (type == DataType.STRING) {
      TextTally texts = tally.texts();
      return texts.isEmpty() ? null : text(isLeast ? texts.least() : texts.greatest());
    }
    if (distribution.count() == 0 || measure() == Measure.SIZES) {
      return null;
    }
    if (type == DataType.BOOLEAN) {
      return whole == 1;
    }
    return type == DataType.LONG ? (Object) whole : (Object) number;
  }

  /** The shortest text, of several the least; null if there is none, or the column has no texts. */
  public String shortest() {
    return hasTexts() ? text(tally.texts().shortest()) : null;
  }

  /** The longest text, of several the least; null if there is none, or the column has no texts. */
  public String longest() {
    return hasTexts() ? text(tally.texts().longest()) : null;
  }

  private boolean hasTexts() {
    return tally.texts() != null && !tally.texts().isEmpty();
  }

  private static String text(byte[] bytes) {
    if (bytes.length < ValueCounts.LONGEST) {
      return Utf8.toString(bytes, 0, bytes.length);
    }
    int end = bytes.length - 1;
    int start = end - 1;
    while (start > end - 4 && (bytes[start] & 0xC0) == 0x80) {
      start--;
    }
    // Its last character may have lost its end.
    end = Utf8.firstInvalid(bytes, start, end) < 0 ? end : start;
    return Utf8.toString(bytes, 0, end) + "\u2026";
  }

  private Object value(long number, byte[] bytes) {
    if (type == DataType.STRING) {
      return text(bytes);
    }
    if (type == DataType.BOOLEAN) {
      return number == 1;
    }
    return type == DataType.LONG ? (Object) number : (Object) Double.longBitsToDouble(number);
  }

  /** A value that is kept, and how often it is there. */
  private record Kept(long number, byte[] text, long count) {}

  private List<ValueCount> mostFrequent() {
    List<Kept> all = new ArrayList<>();
    tally.values().visit((number, text, count) -> all.add(new Kept(number, text, count)));
    Comparator<Kept> byCount = Comparator.comparingLong(kept -> -kept.count());
    Comparator<Kept> byValue =
        type == DataType.DOUBLE
            ? Comparator.comparingDouble(kept -> Double.longBitsToDouble(kept.number()))
            : Comparator.comparingLong(Kept::number);
    all.sort(byCount.thenComparing(byValue).thenComparing(Kept::text, Arrays::compareUnsigned));
    return all.stream()
        .limit(MOST_FREQUENT)
        .map(kept -> new ValueCount(value(kept.number(), kept.text()), kept.count()))
        .toList();
  }
}
