package io.drawbar.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbar.column.Batch;
import io.drawbar.column.BatchBuilder;
import io.drawbar.column.ColumnVector;
import io.drawbar.column.SparseVectorColumn;
import io.drawbar.column.VectorColumn;
import io.drawbar.iterate.BlockFold;
import io.drawbar.iterate.DataFingerprint;
import io.drawbar.iterate.Fingerprinted;
import io.drawbar.iterate.FingerprintedKernel;
import io.drawbar.iterate.LeafKernel;
import io.drawbar.iterate.Partial;
import io.drawbar.testkit.PartialLaws;
import io.drawbar.type.DataType;
import io.drawbar.type.Row;
import io.drawbar.type.Schema;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;

/** The partials of this package, each with the fingerprint of its rows, merge without an order. */
class FeatureLawsTest {
  private static final Schema VECTOR = Schema.empty().with("x", DataType.vector(3));
  private static final Schema INDEX = Schema.empty().with("i", DataType.LONG);

  private static <P extends Partial<P>> Fingerprinted<P> fold(
      LeafKernel<P> kernel, Schema schema, Object... values) {
    FingerprintedKernel<P> both = new FingerprintedKernel<>(kernel);
    Fingerprinted<P> partial = both.identity();
    BlockFold<Fingerprinted<P>> fold = both.open();
    BatchBuilder batch = new BatchBuilder(schema);
    for (Object value : values) {
      batch.append(Row.of(schema, value));
    }
    fold.batch(batch.build());
    fold.endBlock(partial);
    return partial;
  }

  private static Object[] vectors(Random random) {
    Object[] rows = new Object[random.nextInt(5)];
    for (int i = 0; i < rows.length; i++) {
      double tame = Math.scalb(random.nextGaussian(), random.nextInt(100));
      double wild = Math.scalb(random.nextGaussian(), random.nextInt(1200) - 600);
      rows[i] = random.nextInt(6) == 0 ? null : new double[] {tame, wild, random.nextInt(2)};
    }
    return rows;
  }

  @Test
  void spreads() {
    PartialLaws.of(
            new FingerprintedKernel<>(new SpreadKernel("x", 3)),
            p ->
                List.of(
                    p.data() + ":" + p.data().rows(),
                    p.partial().rows(),
                    p.partial().nulls(),
                    p.partial().mean(0),
                    p.partial().mean(1),
                    p.partial().deviation(0),
                    p.partial().deviation(1),
                    p.partial().deviation(2)))
        .hold(60, i -> fold(new SpreadKernel("x", 3), VECTOR, vectors(new Random(i))));
  }

  @Test
  void ranges() {
    PartialLaws.of(
            new FingerprintedKernel<>(new IndexKernel("i")),
            p ->
                List.of(
                    p.data().toString(),
                    p.partial().least(),
                    p.partial().greatest(),
                    p.partial().nulls()))
        .hold(
            40, i -> fold(new IndexKernel("i"), INDEX, i % 5 == 0 ? null : (Long) (i * 37L % 11)));
  }

  @Test
  void extents() {
    PartialLaws.of(
            new ExtentsKernel("x", 3),
            p ->
                List.of(
                    p.rows(),
                    p.nulls(),
                    p.least(0),
                    p.greatest(0),
                    p.least(1),
                    p.greatest(1),
                    p.least(2),
                    p.greatest(2)))
        .hold(60, i -> plain(new ExtentsKernel("x", 3), VECTOR, vectors(new Random(i))));
  }

  @Test
  void digitCounts() {
    long[][] prefixes = {{0, 3}, {0, 1, 2, 3}, {2}};
    DigitKernel kernel = new DigitKernel(List.of("x"), 2, 4, prefixes);
    PartialLaws.of(
            kernel,
            p -> {
              List<Long> all = new ArrayList<>();
              for (int i = 0; i < kernel.firstCounters()[3]; i++) {
                all.add(p.count(i));
              }
              for (int i = 0; i < 3; i++) {
                all.addAll(List.of(p.nulls(i), p.notNumbers(i), p.infinities(i)));
              }
              return all;
            })
        .hold(60, i -> plain(kernel, VECTOR, vectors(new Random(i))));
  }

  @Test
  void means() {
    MeanKernel kernel = new MeanKernel(List.of("i"));
    PartialLaws.of(kernel, p -> List.of(p.count(0), p.mean(0)))
        .hold(40, i -> plain(kernel, INDEX, i % 5 == 0 ? null : (Long) (new Random(i).nextLong())));
  }

  @Test
  void documentCounts() {
    DocumentKernel kernel = new DocumentKernel("x", 3);
    PartialLaws.of(
            kernel,
            p ->
                List.of(
                    p.documents(), p.nulls(), p.notFinite(), p.count(0), p.count(1), p.count(2)))
        .hold(60, i -> plain(kernel, VECTOR, vectors(new Random(i))));
  }

  /** Partials of which bytes are missing, or that count below zero, are not read. */
  @Test
  void damagedCountsAreNotDecoded() throws IOException {
    List<LeafKernel<?>> kernels =
        List.of(
            new ExtentsKernel("x", 3),
            new DigitKernel(List.of("x"), 2, 4, new long[][] {{0, 3}, {1}, {2}}),
            new DocumentKernel("x", 3));
    for (LeafKernel<?> kernel : kernels) {
      byte[] sound = bytes(kernel);
      for (int length = 0; length < sound.length; length++) {
        ByteArrayInputStream cut = new ByteArrayInputStream(sound, 0, length);
        assertThatThrownBy(() -> kernel.decode(new DataInputStream(cut)))
            .isInstanceOf(IOException.class);
      }
      sound[0] = -1;
      assertThatThrownBy(() -> kernel.decode(new DataInputStream(new ByteArrayInputStream(sound))))
          .isInstanceOf(IOException.class);
    }
  }

  private static <P extends Partial<P>> byte[] bytes(LeafKernel<P> kernel) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    plain(kernel, VECTOR, vectors(new Random(3))).encode(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static <P extends Partial<P>> P plain(
      LeafKernel<P> kernel, Schema schema, Object... values) {
    return fold(kernel, schema, values).partial();
  }

  private static String fingerprint(Schema schema, List<Row> rows) {
    BatchBuilder batch = new BatchBuilder(schema);
    rows.forEach(batch::append);
    DataFingerprint fingerprint = new DataFingerprint();
    fingerprint.add(batch.build());
    return fingerprint.toString();
  }

  @Test
  void aFingerprintIsOfTheRowsAndNotOfTheirOrder() {
    Schema schema =
        Schema.empty()
            .with("a", DataType.STRING)
            .with("b", DataType.DOUBLE)
            .with("c", DataType.LONG)
            .with("d", DataType.BOOLEAN)
            .with("e", DataType.listOf(DataType.STRING))
            .with("f", DataType.vector(2));
    Random random = new Random(1);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      rows.add(
          Row.of(
              schema,
              "label " + random.nextInt(4),
              random.nextInt(3) * .5,
              random.nextInt(3) == 0 ? null : (Long) random.nextLong(),
              random.nextBoolean(),
              List.of("x", "" + random.nextInt(9)),
              new double[] {random.nextInt(3), -0.0}));
    }
    String expected = fingerprint(schema, rows);
    Collections.shuffle(rows, random);
    assertThat(fingerprint(schema, rows)).isEqualTo(expected);

    Set<String> others = new HashSet<>(Set.of(expected));
    others.add(fingerprint(schema, rows.subList(1, 50)));
    List<Row> twice = new ArrayList<>(rows);
    twice.add(rows.get(7));
    others.add(fingerprint(schema, twice));
    Object[][] changes = {
      {"label 9", 1.0, 5L, true, List.of("x"), new double[] {1, 0}},
      {"label 9", 1.0, 5L, true, List.of("x"), new double[] {1, -0.0}},
      {"label 9", 1.0, 5L, true, List.of("x"), new double[] {0, 1}},
      {"label 9", 1.0, 5L, true, List.of("x", ""), new double[] {0, 1}},
      {"label 9", 1.0, 5L, true, List.of("", "x"), new double[] {0, 1}},
      {"label 9", 1.0, 5L, true, null, new double[] {0, 1}},
      {"label 9", 1.0, 5L, true, List.of("x"), null},
      {"label 9", 1.0, 5L, false, List.of("x"), new double[] {1, 0}},
      {"label 9", 1.0, 5L, null, List.of("x"), new double[] {1, 0}},
      {"label 9", 1.0, 6L, true, List.of("x"), new double[] {1, 0}},
      {"label 9", Math.nextUp(1.0), 5L, true, List.of("x"), new double[] {1, 0}},
      {"label 9", Double.NaN, 5L, true, List.of("x"), new double[] {1, 0}},
      {"label 9\0", 1.0, 5L, true, List.of("x"), new double[] {1, 0}},
      {"", 1.0, 5L, true, List.of("x"), new double[] {1, 0}},
      {null, 1.0, 5L, true, List.of("x"), new double[] {1, 0}},
    };
    for (Object[] change : changes) {
      List<Row> changed = new ArrayList<>(rows);
      changed.set(0, Row.of(schema, change));
      others.add(fingerprint(schema, changed));
    }
    assertThat(others).hasSize(3 + changes.length);
  }

  /** Each bit of a value reaches both halves, in about half of the cases. */
  @Test
  void everyBitOfAValueReachesEveryBitOfTheFingerprint() {
    spreads(INDEX, value -> value);
    // 52 bits of a number that is not NaN.
    spreads(VECTOR, v -> new double[] {3, Double.longBitsToDouble(v & ~(1L << 62)), 0});
  }

  private static void spreads(Schema schema, LongFunction<Object> value) {
    Random random = new Random(2);
    int[] flips = new int[128];
    int tries = 52 * 50;
    for (int t = 0; t < tries; t++) {
      long bits = random.nextLong();
      long other = bits ^ 1L << t % 52;
      String a = fingerprint(schema, List.of(Row.of(schema, value.apply(bits))));
      String b = fingerprint(schema, List.of(Row.of(schema, value.apply(other))));
      for (int bit = 0; bit < 128; bit++) {
        int digitA = Character.digit(a.charAt(bit / 4), 16);
        int digitB = Character.digit(b.charAt(bit / 4), 16);
        flips[bit] += (digitA ^ digitB) >> bit % 4 & 1;
      }
    }
    for (int flip : flips) {
      assertThat(flip).isBetween(tries * 2 / 5, tries * 3 / 5);
    }
  }

  @Test
  void allNotANumbersAreOne() {
    double odd = Double.longBitsToDouble(0xFFF8_0000_0000_0001L);
    assertThat(Double.doubleToRawLongBits(odd)).isNotEqualTo(0x7FF8_0000_0000_0000L);
    double[] infinite = {Double.POSITIVE_INFINITY, 0, 0};
    Object[] rows = {new double[] {odd, 1, 2}, infinite};
    Object[] others = {new double[] {Double.NaN, 1, 2}, infinite};
    assertThat(fold(new SpreadKernel("x", 3), VECTOR, rows).data())
        .hasToString(fold(new SpreadKernel("x", 3), VECTOR, others).data().toString());
  }

  /** A sparse vector is the dense one: for the fingerprint, and for means and deviations. */
  @Test
  void sparseVectorsCountAsDenseOnes() {
    double[][] elements = {{0, 1.5, 9}, {0, 0, 9}, {-2, 0.0, 9}};
    VectorColumn dense = new VectorColumn(3, elements, new boolean[] {false, false, true});
    SparseVectorColumn sparse =
        new SparseVectorColumn(
            3,
            3,
            new int[] {0, 1, 3},
            new int[] {1, 3, 3},
            new int[] {2, 0, 1},
            new double[] {-2, 1.5, 0.0},
            new boolean[] {false, false, true});
    FingerprintedKernel<Spread> kernel = new FingerprintedKernel<>(new SpreadKernel("x", 3));
    List<String> found = new ArrayList<>();
    for (ColumnVector column : List.of(dense, sparse)) {
      Fingerprinted<Spread> partial = kernel.identity();
      BlockFold<Fingerprinted<Spread>> fold = kernel.open();
      fold.batch(Batch.of(VECTOR, 3, column));
      fold.endBlock(partial);
      Spread spread = partial.partial();
      found.add(
          "%s %s %s %s"
              .formatted(partial.data(), spread.nulls(), spread.mean(2), spread.deviation(0)));
    }
    assertThat(found.get(1)).isEqualTo(found.get(0));
    assertThat(found.get(0)).endsWith(" 1 -1.0 " + Math.sqrt(1.125));
  }

  @Test
  void rowsThatDoNotCountAreNotInTheFingerprint() {
    BatchBuilder batch = new BatchBuilder(INDEX);
    for (long i = 0; i < 9; i++) {
      batch.append(Row.of(INDEX, i));
    }
    Batch some = batch.build().select(new int[] {1, 8}, 2);
    DataFingerprint found = new DataFingerprint();
    found.add(some);
    assertThat(found.toString())
        .isEqualTo(fingerprint(INDEX, List.of(Row.of(INDEX, 8L), Row.of(INDEX, 1L))));
  }

  @Test
  void damagedPartialsAreNotDecoded() throws IOException {
    SpreadKernel kernel = new SpreadKernel("x", 3);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    fold(kernel, VECTOR, vectors(new Random(3))).partial().encode(new DataOutputStream(bytes));
    byte[] sound = bytes.toByteArray();
    for (int length = 0; length < sound.length; length++) {
      ByteArrayInputStream cut = new ByteArrayInputStream(sound, 0, length);
      assertThatThrownBy(() -> kernel.decode(new DataInputStream(cut)))
          .isInstanceOf(IOException.class);
    }
    sound[0] = -1;
    assertThatThrownBy(() -> kernel.decode(new DataInputStream(new ByteArrayInputStream(sound))))
        .isInstanceOf(IOException.class);
  }
}
