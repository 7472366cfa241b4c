package io.drawbar.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbar.column.Batch;
import io.drawbar.column.BatchBuilder;
import io.drawbar.column.ColumnVector;
import io.drawbar.testkit.ReferenceHash;
import io.drawbar.type.DataType;
import io.drawbar.type.Row;
import io.drawbar.type.Schema;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HashingTest {
  private static final Schema SCHEMA =
      Schema.empty()
          .with("l", DataType.LONG)
          .with("d", DataType.DOUBLE)
          .with("s", DataType.STRING)
          .with("b", DataType.BOOLEAN);

  private static String xxh64(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    long hash = Hashing.xxh64(bytes, 0, bytes.length);
    assertThat(ReferenceHash.xxh64(bytes, 0)).as("the reference of '%s'", text).isEqualTo(hash);
    return HexFormat.of().toHexDigits(hash);
  }

  @Test
  void theVectorsOfXxh64() {
    assertThat(xxh64("")).isEqualTo("ef46db3751d8e999");
    assertThat(xxh64("a")).isEqualTo("d24ec4f1a98c6e5b");
    assertThat(xxh64("abc")).isEqualTo("44bc2cf5ad770999");
    // From the documentation of Python's xxhash and of the Perl module Digest::xxHash.
    assertThat(xxh64("xxhash")).isEqualTo("32dd38952c4bc720");
    assertThat(xxh64("Nobody inspects the spammish repetition")).isEqualTo("fbcea83c8a378bf1");
  }

  /**
   * Y. Collet's own test of 101 pseudo-random bytes, xxhsum's "XSUM_sanityCheck" of version 0.8.
   */
  @Test
  void theSanityBufferOfXxhsum() {
    byte[] bytes = new byte[222];
    long generator = 0x9E3779B1L;
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (generator >>> 56);
      generator *= 0x9E3779B185EBCA8DL;
    }
    assertThat(Hashing.xxh64(bytes, 0, 1)).isEqualTo(0xE934A84ADB052768L);
    assertThat(Hashing.xxh64(bytes, 0, 4)).isEqualTo(0x9136A0DCA57457EEL);
    assertThat(Hashing.xxh64(bytes, 0, 14)).isEqualTo(0x8282DCC4994E35C8L);
    assertThat(Hashing.xxh64(bytes, 0, 222)).isEqualTo(0xB641AE8CB691C174L);
  }

  @Test
  void anyLengthAnyPlace() {
    Random random = new Random(7);
    byte[] bytes = new byte[200];
    random.nextBytes(bytes);
    for (int from = 0; from < 9; from++) {
      for (int to = from; to < bytes.length; to++) {
        assertThat(Hashing.xxh64(bytes, from, to))
            .isEqualTo(ReferenceHash.xxh64(Arrays.copyOfRange(bytes, from, to), 0));
      }
    }
  }

  @Test
  void keysHashAsTheirDefinitionSays() {
    Random random = new Random(11);
    List<List<Object>> keys = new ArrayList<>();
    BatchBuilder builder = new BatchBuilder(SCHEMA);
    for (int i = 0; i < 20_000; i++) {
      Object[] key = {
        orNull(random, random.nextLong() >> random.nextInt(64)),
        orNull(random, number(random)),
        orNull(random, text(random)),
        orNull(random, random.nextBoolean())
      };
      keys.add(Arrays.asList(key));
      builder.append(Row.of(SCHEMA, key));
    }
    Batch batch = builder.build();
    ColumnVector[] columns = new ColumnVector[SCHEMA.size()];
    for (int c = 0; c < columns.length; c++) {
      columns[c] = batch.column(c);
    }
    for (int count = 0; count <= columns.length; count++) {
      long[] hashes = new long[batch.rows()];
      Hashing.hash(batch, Arrays.copyOf(columns, count), hashes);
      for (int i = 0; i < hashes.length; i++) {
        List<Object> key = keys.get(i).subList(0, count);
        assertThat(hashes[i]).as("%s", key).isEqualTo(ReferenceHash.hash64(key));
      }
    }
    assertThat(Hashing.ofNothing()).isEqualTo(ReferenceHash.hash64(List.of()));
  }

  private static Object orNull(Random random, Object value) {
    return random.nextInt(10) == 0 ? null : value;
  }

  private static double number(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> random.nextBoolean() ? -0.0 : 0.0;
      case 1 -> random.nextBoolean() ? Double.NaN : Double.longBitsToDouble(0xFFF8000000000123L);
      case 2 -> Double.longBitsToDouble(random.nextLong());
      default -> random.nextInt(100);
    };
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(60); i > 0; i--) {
      text.appendCodePoint(random.nextInt(random.nextBoolean() ? 0x80 : 0xD800));
    }
    return text.toString();
  }
}
