package io.drawbar.io.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbar.error.DrawbarException;
import io.drawbar.io.parquet.ParquetFixture.Manner;
import io.drawbar.spi.DamagedFileException;
import io.drawbar.type.DataType;
import io.drawbar.type.Field;
import io.drawbar.type.Schema;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A file that is cut off, or of which bytes are others, is an error that names it. */
class ParquetDamageTest {
  private static final MessageType TYPE =
      MessageTypeParser.parseMessageType(
          """
          message rows {
            required int64 id;
            optional double number;
            optional binary text (STRING);
            optional boolean flag;
            optional group items (LIST) { repeated group list { optional int32 element; } }
          }
          """);

  private static final Schema SCHEMA =
      new Schema(
          List.of(
              Field.required("id", DataType.LONG),
              Field.optional("number", DataType.DOUBLE),
              Field.optional("text", DataType.STRING),
              Field.optional("flag", DataType.BOOLEAN),
              Field.optional("items", DataType.listOf(DataType.LONG))));

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("small.parquet");
  }

  private byte[] bytes(Manner manner) throws IOException {
    List<Group> rows = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      SimpleGroup row = new SimpleGroup(TYPE);
      row.add("id", 3L * i);
      if (i % 4 != 0) {
        row.append("number", i / 3.0).append("text", "text " + i % 7).append("flag", i % 3 == 0);
        Group items = row.addGroup("items");
        for (int j = 0; j < i % 3; j++) {
          items.addGroup("list").add("element", i + j);
        }
      }
      rows.add(row);
    }
    Path whole = folder.resolve("whole.parquet");
    Files.deleteIfExists(whole);
    ParquetFixture.write(whole, TYPE, manner, rows);
    return Files.readAllBytes(whole);
  }

  static Stream<Manner> manners() {
    return Stream.of(
        new Manner(WriterVersion.PARQUET_1_0, CompressionCodecName.SNAPPY, true, 25, 50),
        new Manner(WriterVersion.PARQUET_1_0, CompressionCodecName.UNCOMPRESSED, false, 25, 50),
        new Manner(WriterVersion.PARQUET_2_0, CompressionCodecName.UNCOMPRESSED, false, 25, 50),
        new Manner(WriterVersion.PARQUET_2_0, CompressionCodecName.ZSTD, true, 25, 50));
  }

  private List<List<Object>> read(byte[] bytes) throws IOException {
    Files.write(file, bytes);
    return ParquetFixture.rows(Parquet.of(SCHEMA).at(file.toString()));
  }

  @ParameterizedTest
  @MethodSource("manners")
  void aFileThatIsCutOffAnywhereIsDamaged(Manner manner) throws IOException {
    byte[] whole = bytes(manner);
    assertThat(read(whole)).hasSize(60);
    int step = manner.codec() == CompressionCodecName.SNAPPY ? 1 : 7;
    for (int length = 0; length < whole.length; length += step) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> read(cut))
          .as("%s bytes of %s", length, whole.length)
          .isInstanceOf(DamagedFileException.class)
          .hasMessageContaining("small.parquet");
    }
  }

  /** The footer has no checksum, so some of its bytes can be others without anybody's noticing. */
  @ParameterizedTest
  @MethodSource("manners")
  void aByteThatIsAnotherIsAnErrorOfOursOrNone(Manner manner) throws IOException {
    byte[] whole = bytes(manner);
    List<List<Object>> rows = read(whole);
    int footer =
        whole.length
            - 8
            - ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).getInt(whole.length - 8);
    int noticed = 0;
    int step = manner.hasDictionaries() ? 1 : 5;
    for (int at = 4; at < whole.length; at += step) {
      byte[] other = whole.clone();
      other[at] ^= (byte) (at % 3 == 0 ? 0x01 : at % 3 == 1 ? 0x80 : 0xFF);
      try {
        List<List<Object>> read = read(other);
        if (at < footer) {
          assertThat(read).as("byte %s", at).isEqualTo(rows);
        }
      } catch (DrawbarException e) {
        noticed++;
        assertThat(e.getMessage()).as("byte %s", at).contains("small.parquet");
      }
    }
    assertThat(noticed).isGreaterThan(whole.length / step / 2);
  }

  /** Seeded, of several bytes at a time, in pages without checksums, too. */
  @ParameterizedTest
  @MethodSource("manners")
  void whateverTheBytesAreTheErrorIsOurs(Manner manner) throws IOException {
    byte[] whole = bytes(manner);
    for (int seed = 0; seed < 500; seed++) {
      Random random = new Random(seed);
      byte[] other = whole.clone();
      for (int i = random.nextInt(4); i >= 0; i--) {
        int at = random.nextInt(other.length);
        int value = random.nextInt(4);
        other[at] =
            (byte) (value == 0 ? 0xFF : value == 1 ? 0x7F : value == 2 ? 0 : random.nextInt(256));
      }
      if (random.nextInt(3) == 0) {
        int from = random.nextInt(other.length);
        int to = Math.min(other.length, from + random.nextInt(40));
        byte[] shorter = new byte[other.length - (to - from)];
        System.arraycopy(other, 0, shorter, 0, from);
        System.arraycopy(other, to, shorter, from, other.length - to);
        other = shorter;
      }
      try {
        read(other);
      } catch (DrawbarException e) {
        assertThat(e.getMessage()).as("seed %s", seed).contains("small.parquet");
      }
    }
  }

  @Test
  void aFooterThatClaimsMoreThanThereIsIsDamaged() throws IOException {
    byte[] whole = bytes(Manner.USUAL);
    for (int claim : new int[] {Integer.MAX_VALUE, -1, whole.length, 1 << 30}) {
      byte[] other = whole.clone();
      ByteBuffer.wrap(other).order(ByteOrder.LITTLE_ENDIAN).putInt(other.length - 8, claim);
      assertThatThrownBy(() -> read(other))
          .isInstanceOf(DamagedFileException.class)
          .hasMessageContaining(Integer.toUnsignedString(claim) + " bytes");
    }
    // A list of 2^31 - 1 columns in a footer of some bytes.
    byte[] list = {
      'P',
      'A',
      'R',
      '1',
      0x15,
      0x02,
      0x19,
      (byte) 0xFC,
      -1,
      -1,
      -1,
      -1,
      7,
      0,
      8,
      0,
      0,
      0,
      'P',
      'A',
      'R',
      '1'
    };
    list[14] = 10;
    assertThatThrownBy(() -> read(list)).isInstanceOf(DamagedFileException.class);
  }

  @Test
  void whatIsNoParquetIsSaid() {
    assertThatThrownBy(() -> read("a,b,c\n1,2,3\n".repeat(20).getBytes("UTF-8")))
        .isInstanceOf(DamagedFileException.class)
        .hasMessageContaining("PAR1");
    assertThatThrownBy(() -> read("PAR1xxxxxxxxxxxxPARE".getBytes("UTF-8")))
        .isInstanceOf(DamagedFileException.class)
        .hasMessageContaining("encrypted");
  }
}
