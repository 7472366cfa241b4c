package io.drawbar.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbar.column.Batch;
import io.drawbar.column.DoubleColumn;
import io.drawbar.iterate.BlockFold;
import io.drawbar.iterate.LeafKernel;
import io.drawbar.iterate.Partial;
import io.drawbar.math.OrderedBits;
import io.drawbar.testkit.PartialLaws;
import io.drawbar.type.DataType;
import io.drawbar.type.Schema;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a profile counts merges exactly, whatever it has had to give up. */
class ProfileLawsTest {
  private static final int PARTS = 12;
  private static final ProfileLimits SMALL = new ProfileLimits(128, 64);
  private static final List<DataType> TYPES =
      List.of(DataType.LONG, DataType.DOUBLE, DataType.STRING, DataType.BOOLEAN);

  /** Tallies of few values and bins, as of thousands of columns. */
  private static final class Small implements Partial<Small> {
    private final List<ColumnTally> columns = new ArrayList<>();

    Small() {
      TYPES.forEach(type -> columns.add(new ColumnTally(type, SMALL)));
    }

    @Override
    public void merge(Small other) {
      for (int c = 0; c < columns.size(); c++) {
        columns.get(c).merge(other.columns.get(c));
      }
    }

    @Override
    public void encode(DataOutput out) throws IOException {
      for (ColumnTally column : columns) {
        column.encode(out);
      }
    }

    /** All that is known. */
    List<Object> view() {
      List<Object> view = new ArrayList<>();
      for (int c = 0; c < columns.size(); c++) {
        ColumnTally tally = columns.get(c);
        ColumnProfile column = new ColumnProfile("x", TYPES.get(c), 1L << 40, tally);
        Distribution numbers = column.distribution();
        view.add(List.of(column.nulls(), column.distinct(), column.distinctError()));
        view.add(Arrays.asList(column.least(), column.greatest()));
        view.add(Arrays.asList(column.shortest(), column.longest()));
        view.add(column.frequent());
        view.add(Double.doubleToLongBits(column.singleShare()));
        view.add(Double.doubleToLongBits(numbers.mean()));
        view.add(Double.doubleToLongBits(numbers.standardDeviation()));
        view.add(List.of(numbers.zeros(), numbers.negatives(), numbers.notNumbers()));
        view.add(List.of(numbers.infinities(), numbers.negativeInfinities()));
        view.add(numbers.ranges());
        List<String> kept = new ArrayList<>();
        tally
            .values()
            .visit(
                (number, text, count) ->
                    kept.add(number + new String(text, StandardCharsets.ISO_8859_1) + count));
        kept.sort(null);
        view.add(kept);
      }
      return view;
    }
  }

  private record SmallKernel() implements LeafKernel<Small> {
    @Override
    public List<String> columns() {
      return List.of();
    }

    @Override
    public Small identity() {
      return new Small();
    }

    @Override
    public BlockFold<Small> open() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Small decode(DataInput in) throws IOException {
      Small small = new Small();
      for (ColumnTally column : small.columns) {
        column.decode(in);
      }
      return small;
    }
  }

  /** Values of all sizes; the more of them there may be, the more is given up. */
  private static Small part(int part, int rows, int different) {
    Random random = new Random(part * 7919L + different);
    Small small = new Small();
    for (int row = 0; row < rows; row++) {
      int value = random.nextInt(different);
      NumberTally longs = small.columns.get(0).numbers();
      long whole = new Random(value).nextLong() >> value % 63;
      longs.add(whole);
      small.columns.get(0).values().add(whole, 1);
      double real = Math.scalb(1 + value / 8.0, value * 37 % 600 - 300) * (value % 3 - 1);
      double odd = row == 5 ? Double.NaN : row == 6 ? Double.POSITIVE_INFINITY : real;
      small.columns.get(1).numbers().add(odd);
      small.columns.get(1).values().add(Double.doubleToLongBits(odd + 0.0), 1);
      byte[] text = ("\u00e9" + value % 97).repeat(value % 50).getBytes(StandardCharsets.UTF_8);
      small.columns.get(2).numbers().add((long) text.length);
      small.columns.get(2).values().add(text, 0, text.length);
      small.columns.get(2).texts().add(text, 0, text.length, text.length);
      small.columns.get(3).numbers().add((long) value % 2);
      small.columns.get(3).values().add(value % 2, 1);
    }
    return small;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 129, 1000, 100_000})
  void talliesMergeExactly(int different) {
    PartialLaws.of(new SmallKernel(), Small::view)
        .hold(PARTS, part -> part % 7 == 3 ? new Small() : part(part, 60, different));
  }

  /** Each bin is as fine as it can be, and no finer: counted by sets of prefixes. */
  @ParameterizedTest
  @ValueSource(ints = {10, 64, 65, 500, 20_000})
  void binsAreAsFineAsCanBe(int different) {
    NumberBins bins = new NumberBins(64);
    Random random = new Random(different);
    TreeSet<Long> all = new TreeSet<>(Long::compareUnsigned);
    for (int i = 0; i < 3 * different; i++) {
      double value = random.nextInt(different) / 7.0 - different / 9.0;
      bins.add(value, 1);
      all.add(OrderedBits.of(value));
    }
    int bits = 64;
    while (all.stream().map(prefix(bits)::apply).distinct().count() > 64) {
      bits--;
    }
    assertThat(bins.ranges().length)
        .isEqualTo((int) all.stream().map(prefix(bits)::apply).distinct().count());
    assertThat(bins.bits()).isEqualTo(bits);
  }

  private static Function<Long, Long> prefix(int bits) {
    return value -> value >>> (64 - bits);
  }

  /** A seed's error may be three times the standard error, and the counts of what is kept exact. */
  @Test
  void manyValuesAreEstimated() {
    for (int distinct : new int[] {200, 3_000, 50_000}) {
      ValueCounts values = ValueCounts.ofNumbers(128);
      for (int row = 0; row < 3 * distinct; row++) {
        values.add(row % distinct * 1_000_003L, 1);
      }
      assertThat(values.isComplete()).isFalse();
      double off = (double) values.distinct() / distinct - 1;
      assertThat(Math.abs(off)).isLessThan(3 * values.error());
      assertThat(values.error()).isEqualTo(1 / Math.sqrt(126));
      values.visit((number, text, count) -> assertThat(count).isEqualTo(3));
      assertThat(values.single()).isZero();
    }
  }

  /** What a block leaves out is what the whole has given up. */
  @Test
  void blocksOfOneFoldAreThoseOfTheWhole() {
    ProfileKernel kernel = new ProfileKernel(List.of("x"), List.of(DataType.DOUBLE));
    ProfileTally whole = kernel.identity();
    ProfileTally pieces = kernel.identity();
    BlockFold<ProfileTally> fold = kernel.open();
    Random random = new Random(4);
    for (int block = 0; block < 30; block++) {
      Batch batch = batch(random, 1000);
      fold.batch(batch);
      fold.endBlock(whole);
      BlockFold<ProfileTally> other = kernel.open();
      ProfileTally piece = kernel.identity();
      other.batch(batch);
      other.endBlock(piece);
      pieces.merge(piece);
    }
    ColumnProfile one = new ColumnProfile("x", DataType.DOUBLE, whole.rows(), whole.column(0));
    ColumnProfile two = new ColumnProfile("x", DataType.DOUBLE, pieces.rows(), pieces.column(0));
    assertThat(one.isComplete()).isFalse();
    assertThat(one.distinct()).isEqualTo(two.distinct());
    assertThat(one.singleShare()).isEqualTo(two.singleShare());
    assertThat(one.distribution().histogram(1000)).isEqualTo(two.distribution().histogram(1000));
    assertThat(one.distribution().quantile(0.5)).isEqualTo(two.distribution().quantile(0.5));
    assertThatThrownBy(() -> fold.endBlock(pieces)).isInstanceOf(IllegalStateException.class);
  }

  private static Batch batch(Random random, int rows) {
    Schema schema = Schema.empty().with("x", DataType.DOUBLE);
    double[] values = random.doubles(rows).toArray();
    return Batch.of(schema, rows, new DoubleColumn(rows, values, null));
  }

  /** Bytes that are cut or changed are an exception, never a loop or a heap that is full. */
  @Test
  void damagedBytesAreRefused() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Small small = part(1, 500, 1000);
    small.encode(new DataOutputStream(bytes));
    byte[] whole = bytes.toByteArray();
    for (int length = 0; length < whole.length; length += 7) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> decode(cut)).isInstanceOf(IOException.class);
    }
    Random random = new Random(3);
    for (int round = 0; round < 2000; round++) {
      byte[] changed = whole.clone();
      changed[random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(8));
      try {
        decode(changed);
      } catch (IOException e) {
        assertThat(e).isNotNull();
      }
    }
  }

  private static void decode(byte[] bytes) throws IOException {
    new SmallKernel().decode(new DataInputStream(new ByteArrayInputStream(bytes)));
  }
}
