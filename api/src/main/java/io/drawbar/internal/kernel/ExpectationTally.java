package io.drawbar.internal.kernel;

import io.drawbar.expect.Expectation;
import io.drawbar.expect.UnmetExpectationsException;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** How many rows were not as expected, and the first of them: what a task tells, and the driver. */
final class ExpectationTally {
  /** So many rows are shown of each expectation. */
  private static final int SHOWN = 5;

  private static final int MOST_EXPECTATIONS = 10_000;
  private static final int LONGEST = 80;
  private static final int LONGEST_TEXT = 1000;
  private static final MathContext DIGITS = new MathContext(3, RoundingMode.HALF_UP);

  /** A row that is not as expected. */
  private record First(int stage, long unit, long block, long row, String text) {
    static final Comparator<First> IN_ORDER =
        Comparator.comparingInt(First::stage)
            .thenComparingLong(First::unit)
            .thenComparingLong(First::block)
            .thenComparingLong(First::row)
            .thenComparing(First::text);
  }

  /** What is known of one expectation. */
  private static final class Item {
    private final String text;
    private final boolean isOfCount;
    private final boolean isOfTime;

    /** How many rows there may be, or how old the newest time may be. */
    private final long least;

    private final long most;
    private long newest = Long.MIN_VALUE;
    private long unmet;
    private List<First> first = new ArrayList<>();

    Item(String text, boolean isOfCount, boolean isOfTime, long least, long most) {
      this.text = text;
      this.isOfCount = isOfCount;
      this.isOfTime = isOfTime;
      this.least = least;
      this.most = most;
    }
  }

  private final List<Item> items;
  private long rows;

  private ExpectationTally(List<Item> items) {
    this.items = items;
  }

  static ExpectationTally of(List<Expectation> expectations) {
    return new ExpectationTally(
        new ArrayList<>(expectations.stream().map(ExpectationTally::item).toList()));
  }

  private static Item item(Expectation expectation) {
    String text = cut(expectation.describe(), LONGEST_TEXT);
    if (expectation instanceof Expectation.RowCount count) {
      return new Item(text, true, false, count.least(), count.most());
    }
    if (expectation instanceof Expectation.Newest newest) {
      long oldest = newest.at().minus(newest.age()).toEpochMilli();
      return new Item(text, false, true, oldest, 0);
    }
    return new Item(text, false, false, 0, 0);
  }

  /** A value as it stands in a message. */
  static String cut(String value) {
    return cut(value, LONGEST);
  }

  private static String cut(String value, int most) {
    return value.length() > most ? value.substring(0, most) + "..." : value;
  }

  void rows(int more) {
    rows += more;
  }

  void time(int index, long millis) {
    Item item = items.get(index);
    item.newest = Math.max(item.newest, millis);
  }

  /** Counts a row that is not as expected; whether it is among the first as yet. */
  boolean add(int index, int stage, long unit, long block, long row) {
    Item item = items.get(index);
    item.unmet++;
    First one = new First(stage, unit, block, row, "");
    boolean isFirst =
        item.first.size() < SHOWN || First.IN_ORDER.compare(one, item.first.get(SHOWN - 1)) < 0;
    if (isFirst) {
      item.first.add(one);
    }
    return isFirst;
  }

  /** Says what the row that was added last is. */
  void show(int index, String text) {
    List<First> first = items.get(index).first;
    First one = first.remove(first.size() - 1);
    first.add(new First(one.stage(), one.unit(), one.block(), one.row(), cut(text, LONGEST_TEXT)));
    keepFirst(items.get(index));
  }

  private static void keepFirst(Item item) {
    item.first.sort(First.IN_ORDER);
    if (item.first.size() > SHOWN) {
      item.first = new ArrayList<>(item.first.subList(0, SHOWN));
    }
  }

  void merge(ExpectationTally other) {
    rows += other.rows;
    for (int i = 0; i < items.size(); i++) {
      Item item = items.get(i);
      Item more = other.items.get(i);
      item.unmet += more.unmet;
      item.newest = Math.max(item.newest, more.newest);
      item.first.addAll(more.first);
      keepFirst(item);
    }
  }

  /**
   * Fails if one expectation is not met.
   *
   * @throws UnmetExpectationsException with a line of each that is not
   */
  static void check(Collection<ExpectationTally> tallies) {
    StringBuilder lines = new StringBuilder();
    int all = 0;
    int unmet = 0;
    for (ExpectationTally tally : tallies) {
      for (Item item : tally.items) {
        String found = tally.found(item);
        all++;
        unmet += found.isEmpty() ? 0 : 1;
        lines.append(found);
      }
    }
    if (unmet > 0) {
      throw new UnmetExpectationsException(
          "%s of %s %s not met:%s"
              .formatted(unmet, all, all == 1 ? "expectation is" : "expectations are", lines));
    }
  }

  /** What is found in place of what is expected; empty if it is as expected. */
  private String found(Item item) {
    if (item.isOfCount) {
      boolean isMet = rows >= item.least && rows <= item.most;
      return isMet ? "" : "\n  %s: there are %s".formatted(item.text, count(rows));
    }
    StringBuilder found = new StringBuilder();
    if (item.isOfTime && item.newest < item.least) {
      String newest =
          item.newest == Long.MIN_VALUE
              ? "there is no time at all"
              : "the newest is " + Instant.ofEpochMilli(item.newest);
      found.append("\n  ").append(item.text).append(": ").append(newest);
    }
    if (item.unmet > 0) {
      found.append(
          String.format(
              Locale.ROOT,
              "\n  %s: %,d of %,d rows %s not (%s %%); the first:",
              item.text,
              item.unmet,
              rows,
              item.unmet == 1 ? "is" : "are",
              percent(item.unmet, rows)));
      item.first.forEach(first -> found.append("\n    ").append(first.text()));
    }
    return found.toString();
  }

  private static String percent(long some, long all) {
    BigDecimal share = BigDecimal.valueOf(some).scaleByPowerOfTen(2);
    return share.divide(BigDecimal.valueOf(all), DIGITS).stripTrailingZeros().toPlainString();
  }

  private static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  void encode(DataOutput out) throws IOException {
    out.writeLong(rows);
    out.writeInt(items.size());
    for (Item item : items) {
      out.writeUTF(item.text);
      out.writeBoolean(item.isOfCount);
      out.writeBoolean(item.isOfTime);
      out.writeLong(item.least);
      out.writeLong(item.most);
      out.writeLong(item.newest);
      out.writeLong(item.unmet);
      out.writeByte(item.first.size());
      for (First first : item.first) {
        out.writeInt(first.stage());
        out.writeLong(first.unit());
        out.writeLong(first.block());
        out.writeLong(first.row());
        out.writeUTF(first.text());
      }
    }
  }

  static ExpectationTally decode(DataInput in) throws IOException {
    long rows = in.readLong();
    int size = in.readInt();
    if (rows < 0 || size < 0 || size > MOST_EXPECTATIONS) {
      throw new IOException("%s expectations of %s rows".formatted(size, rows));
    }
    List<Item> items = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      Item item =
          new Item(in.readUTF(), in.readBoolean(), in.readBoolean(), in.readLong(), in.readLong());
      item.newest = in.readLong();
      item.unmet = in.readLong();
      int shown = in.readUnsignedByte();
      if (shown > SHOWN) {
        throw new IOException("%s rows of an expectation".formatted(shown));
      }
      for (int k = 0; k < shown; k++) {
        item.first.add(
            new First(in.readInt(), in.readLong(), in.readLong(), in.readLong(), in.readUTF()));
      }
      items.add(item);
    }
    ExpectationTally tally = new ExpectationTally(items);
    tally.rows = rows;
    return tally;
  }
}
