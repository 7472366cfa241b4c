package io.drawbar.io.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbar.error.DrawbarException;
import io.drawbar.io.parquet.ParquetFixture.Manner;
import io.drawbar.io.parquet.ParquetFixture.Seen;
import io.drawbar.spi.BadRowException;
import io.drawbar.spi.Layout;
import io.drawbar.type.DataType;
import io.drawbar.type.Field;
import io.drawbar.type.Schema;
import io.drawbar.type.UnknownColumnException;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that the library has written, row by row, are read as what was written. */
class ParquetSourceTest {
  private static final MessageType TYPE =
      MessageTypeParser.parseMessageType(
          """
          message rows {
            required int64 id;
            optional boolean flag;
            optional int32 small;
            required int32 unsigned (INTEGER(32,false));
            optional int64 large;
            optional float half;
            optional double number;
            optional binary word (STRING);
            required binary text (STRING);
            optional int32 day (DATE);
            optional int64 moment (TIMESTAMP(MILLIS,true));
            optional int32 price (DECIMAL(9,2));
            optional int64 wide (DECIMAL(18,4));
            optional fixed_len_byte_array(12) huge (DECIMAL(28,3));
            optional group address {
              optional binary city (STRING);
              required group place {
                required double east;
                optional double north;
              }
            }
            optional group numbers (LIST) {
              repeated group list {
                optional double element;
              }
            }
            required group words (LIST) {
              repeated group list {
                optional group element (LIST) {
                  repeated group list {
                    optional binary element (STRING);
                  }
                }
              }
            }
            optional group point (LIST) {
              repeated group list {
                required float element;
              }
            }
          }
          """);

  private static final Schema SCHEMA =
      new Schema(
          List.of(
              Field.required("id", DataType.LONG),
              Field.optional("flag", DataType.BOOLEAN),
              Field.optional("small", DataType.LONG),
              Field.required("unsigned", DataType.LONG),
              Field.optional("large", DataType.LONG),
              Field.optional("half", DataType.DOUBLE),
              Field.optional("number", DataType.DOUBLE),
              Field.optional("word", DataType.STRING),
              Field.required("text", DataType.STRING),
              Field.optional("day", DataType.LONG),
              Field.optional("moment", DataType.LONG),
              Field.optional("price", DataType.DOUBLE),
              Field.optional("wide", DataType.DOUBLE),
              Field.optional("huge", DataType.DOUBLE),
              Field.optional("city", DataType.STRING),
              Field.optional("east", DataType.DOUBLE),
              Field.optional("north", DataType.DOUBLE),
              Field.optional("numbers", DataType.listOf(DataType.DOUBLE)),
              Field.optional("words", DataType.listOf(DataType.listOf(DataType.STRING))),
              Field.optional("point", DataType.vector(3))));

  @TempDir Path folder;

  private static ParquetSource source(Path file) {
    return Parquet.of(SCHEMA)
        .path("city", "address.city")
        .path("east", "address.place.east")
        .path("north", "address.place.north")
        .at(file.toString());
  }

  /** Rows of which some are nearly all null, in stretches, as the encodings like them. */
  private static final class Rows {
    final List<Group> groups = new ArrayList<>();
    final List<List<Object>> values = new ArrayList<>();
    private final Random random;
    private Group group;
    private List<Object> row;

    Rows(long seed, int count) {
      random = new Random(seed);
      double nulls = 0.3;
      int variety = 1;
      for (int i = 0; i < count; i++) {
        if (random.nextInt(150) == 0) {
          nulls = random.nextInt(3) * 0.45;
          variety = 1 + random.nextInt(random.nextBoolean() ? 3 : 10_000);
        }
        add(i, nulls, variety);
      }
    }

    private boolean isNull(double nulls) {
      boolean isNull = random.nextDouble() < nulls;
      if (isNull) {
        row.add(null);
      }
      return isNull;
    }

    private void add(int i, double nulls, int variety) {
      group = new SimpleGroup(TYPE);
      row = new ArrayList<>();
      group.add("id", (long) i * i);
      row.add((long) i * i);
      if (!isNull(nulls)) {
        boolean flag = random.nextInt(variety) == 0;
        group.add("flag", flag);
        row.add(flag);
      }
      if (!isNull(nulls)) {
        int small = random.nextInt(variety) - 500;
        group.add("small", small);
        row.add((long) small);
      }
      int unsigned = random.nextInt();
      group.add("unsigned", unsigned);
      row.add(unsigned & 0xFFFF_FFFFL);
      if (!isNull(nulls)) {
        long large = variety < 4 ? variety : random.nextLong();
        group.add("large", large);
        row.add(large);
      }
      if (!isNull(nulls)) {
        float half = random.nextInt(9) == 0 ? Float.NaN : random.nextInt(variety) / 3f;
        group.add("half", half);
        row.add((double) half);
      }
      if (!isNull(nulls)) {
        double number = random.nextInt(9) == 0 ? -0.0 : random.nextInt(variety) / 7.0;
        group.add("number", number);
        row.add(number);
      }
      if (!isNull(nulls)) {
        String word = random.nextInt(9) == 0 ? "" : "wört" + random.nextInt(variety);
        group.add("word", word);
        row.add(word);
      }
      String text =
          "x".repeat(random.nextInt(20)) + (char) ('a' + random.nextInt(5)) + "\uD83D\uDE00";
      group.add("text", text);
      row.add(text);
      addTimesAndDecimals(nulls);
      addAddress(nulls);
      addLists(nulls);
      groups.add(group);
      values.add(row);
    }

    private void addTimesAndDecimals(double nulls) {
      if (!isNull(nulls)) {
        int day = random.nextInt(40_000) - 10_000;
        group.add("day", day);
        row.add((long) day);
      }
      if (!isNull(nulls)) {
        long moment = random.nextInt();
        group.add("moment", moment);
        row.add(moment * 1_000);
      }
      if (!isNull(nulls)) {
        int price = random.nextInt(1_000_000) - 500_000;
        group.add("price", price);
        row.add(BigDecimal.valueOf(price, 2).doubleValue());
      }
      if (!isNull(nulls)) {
        long wide = random.nextLong() / 20;
        group.add("wide", wide);
        row.add(BigDecimal.valueOf(wide, 4).doubleValue());
      }
      if (!isNull(nulls)) {
        byte[] unscaled = new byte[12];
        random.nextBytes(unscaled);
        unscaled[0] = (byte) (unscaled[0] >> 5);
        group.add("huge", Binary.fromConstantByteArray(unscaled));
        row.add(new BigDecimal(new BigInteger(unscaled), 3).doubleValue());
      }
    }

    private void addAddress(double nulls) {
      if (random.nextDouble() < nulls) {
        row.addAll(Arrays.asList(null, null, null));
        return;
      }
      Group address = group.addGroup("address");
      if (!isNull(nulls)) {
        address.add("city", "city" + random.nextInt(7));
        row.add(address.getString("city", 0));
      }
      Group place = address.addGroup("place");
      double east = random.nextGaussian();
      place.add("east", east);
      row.add(east);
      if (!isNull(nulls)) {
        place.add("north", 5.0);
        row.add(5.0);
      }
    }

    private void addLists(double nulls) {
      if (!isNull(nulls)) {
        Group numbers = group.addGroup("numbers");
        List<Object> items = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          Group item = numbers.addGroup("list");
          if (random.nextDouble() < nulls) {
            items.add(null);
          } else {
            item.add("element", i / 2.0);
            items.add(i / 2.0);
          }
        }
        row.add(items);
      }
      Group words = group.addGroup("words");
      List<Object> outer = new ArrayList<>();
      for (int i = random.nextInt(4); i > 0; i--) {
        Group item = words.addGroup("list");
        if (random.nextDouble() < nulls) {
          outer.add(null);
          continue;
        }
        Group inner = item.addGroup("element");
        List<Object> items = new ArrayList<>();
        for (int j = random.nextInt(3); j > 0; j--) {
          Group leaf = inner.addGroup("list");
          if (random.nextDouble() < nulls) {
            items.add(null);
          } else {
            String word = "w" + random.nextInt(100);
            leaf.add("element", word);
            items.add(word);
          }
        }
        outer.add(items);
      }
      row.add(outer);
      if (!isNull(nulls)) {
        Group point = group.addGroup("point");
        List<Object> items = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
          float element = random.nextInt(100) / 8f;
          point.addGroup("list").add("element", element);
          items.add((double) element);
        }
        row.add(items);
      }
    }
  }

  static Stream<Manner> manners() {
    return Stream.of(
        new Manner(WriterVersion.PARQUET_1_0, CompressionCodecName.SNAPPY, true, 300, 700),
        new Manner(WriterVersion.PARQUET_1_0, CompressionCodecName.UNCOMPRESSED, false, 7, 1_500),
        new Manner(WriterVersion.PARQUET_1_0, CompressionCodecName.ZSTD, false, 20_000, 999),
        new Manner(WriterVersion.PARQUET_2_0, CompressionCodecName.GZIP, true, 100, 2_000),
        new Manner(WriterVersion.PARQUET_2_0, CompressionCodecName.LZ4_RAW, false, 500, 700),
        new Manner(WriterVersion.PARQUET_2_0, CompressionCodecName.UNCOMPRESSED, true, 64, 64));
  }

  @ParameterizedTest
  @MethodSource("manners")
  void whatTheLibraryWritesIsRead(Manner manner) throws IOException {
    Rows rows = new Rows(manner.groupRows(), 1_600);
    Path file = folder.resolve("rows.parquet");
    ParquetFixture.write(file, TYPE, manner, rows.groups);
    for (int blockRows : new int[] {4_096, 100, 13, 1}) {
      Layout layout = new Layout(1, 1, blockRows);
      for (int desired : blockRows == 13 ? new int[] {1, 3, 1_000} : new int[] {2}) {
        List<Seen> seen = ParquetFixture.all(source(file), layout, desired, 1);
        assertThat(seen).as("%s, blocks of %s", manner, blockRows).hasSameSizeAs(rows.values);
        for (int i = 0; i < seen.size(); i++) {
          int inGroup = i % manner.groupRows();
          assertThat(seen.get(i))
              .isEqualTo(
                  new Seen(0, i / manner.groupRows(), inGroup / blockRows, rows.values.get(i)));
        }
      }
    }
  }

  @Test
  void splitsAreRangesOfRowGroupsAndFilesAreInOrder() throws IOException {
    Rows rows = new Rows(3, 100);
    Manner manner =
        new Manner(WriterVersion.PARQUET_1_0, CompressionCodecName.SNAPPY, true, 20_000, 5);
    ParquetFixture.write(folder.resolve("b.parquet"), TYPE, manner, rows.groups.subList(60, 100));
    ParquetFixture.write(folder.resolve("a.parquet"), TYPE, manner, rows.groups.subList(0, 60));
    for (int desired : new int[] {1, 2, 5, 100, Integer.MAX_VALUE}) {
      for (int alignment : new int[] {1, 4}) {
        assertThat(source(folder).splits(ParquetFixture.LAYOUT, desired, alignment))
            .allMatch(split -> (split.firstUnit() & 0xFFFF) % alignment == 0);
        List<Seen> seen =
            ParquetFixture.all(source(folder), ParquetFixture.LAYOUT, desired, alignment);
        assertThat(seen.stream().map(Seen::values)).isEqualTo(rows.values);
        assertThat(seen.get(61).file()).isEqualTo(1);
        assertThat(seen.get(61).leaf()).isEqualTo(0);
      }
    }
    assertThat(source(folder).splits(ParquetFixture.LAYOUT, Integer.MAX_VALUE, 1)).hasSize(20);
  }

  @Test
  void aNullInARequiredColumnIsABadRowWhetherItIsAskedForOrNot() throws IOException {
    Rows rows = new Rows(5, 500);
    Path file = folder.resolve("rows.parquet");
    ParquetFixture.write(file, TYPE, Manner.USUAL, rows.groups);
    int first = 0;
    while (rows.values.get(first).get(6) != null) {
      first++;
    }
    Schema schema =
        new Schema(
            List.of(
                Field.required("id", DataType.LONG), Field.required("number", DataType.DOUBLE)));
    ParquetSource source = Parquet.of(schema).at(file.toString());
    for (List<String> columns :
        List.of(List.of("id"), List.of("number", "id"), List.<String>of())) {
      int row = first + 1;
      assertThatThrownBy(
              () -> {
                var split = source.splits(ParquetFixture.LAYOUT, 1, 1).get(0);
                try (var reader = source.open(split, ParquetFixture.LAYOUT, columns)) {
                  while (reader.nextLeaf()) {}
                }
              })
          .isInstanceOf(BadRowException.class)
          .hasMessageContaining("rows.parquet, row " + row + " (row group 0), column 'number'")
          .hasMessageContaining("required");
    }
  }

  @Test
  void aListOfAnotherLengthIsNoVector() throws IOException {
    Rows rows = new Rows(5, 50);
    Path file = folder.resolve("rows.parquet");
    ParquetFixture.write(file, TYPE, Manner.USUAL, rows.groups);
    Schema schema = new Schema(List.of(Field.optional("point", DataType.vector(2))));
    assertThatThrownBy(() -> ParquetFixture.rows(Parquet.of(schema).at(file.toString())))
        .isInstanceOf(BadRowException.class)
        .hasMessageContaining("a list of 3 items, where a vector has 2");
  }

  private void refused(Field field, String path, String... says) throws IOException {
    Path file = folder.resolve("refused.parquet");
    MessageType type =
        MessageTypeParser.parseMessageType(
            """
            message rows {
              required int64 id;
              required int64 unsigned (INTEGER(64,false));
              required int96 old;
              required int64 moment (TIMESTAMP(NANOS,true));
              required int32 price (DECIMAL(9,2));
              required group map (MAP) {
                repeated group key_value {
                  required binary key (STRING);
                  optional int32 value;
                }
              }
              required group address { required binary city (STRING); }
              repeated int32 bare;
            }
            """);
    if (!Files.exists(file)) {
      ParquetFixture.write(file, type, Manner.USUAL, List.of());
    }
    ParquetSource source = Parquet.of(new Schema(List.of(field)));
    ParquetSource found = path.isEmpty() ? source : source.path(field.name(), path);
    assertThatThrownBy(() -> ParquetFixture.rows(found.at(file.toString())))
        .isInstanceOf(DrawbarException.class)
        .hasMessageContaining("refused.parquet")
        .satisfies(e -> assertThat(e.getMessage()).contains(says));
  }

  @Test
  void aTypeThatDoesNotFitIsSaidWithBothTypesAndTheWayOut() throws IOException {
    refused(
        Field.optional("id", DataType.STRING), "", "column 'id'", "STRING is declared", "int64 id");
    refused(Field.optional("id", DataType.DOUBLE), "", "declare it LONG and cast");
    refused(Field.optional("unsigned", DataType.LONG), "", "INTEGER(64,false)", "signed");
    refused(Field.optional("old", DataType.LONG), "", "int96", "TIMESTAMP");
    refused(Field.optional("moment", DataType.LONG), "", "timesIn(ChronoUnit.NANOS)");
    refused(Field.optional("price", DataType.LONG), "", "Declare it DOUBLE");
    refused(Field.optional("map", DataType.STRING), "", "Maps are not read");
    refused(Field.optional("address", DataType.STRING), "", "path(");
    refused(Field.optional("x", DataType.LONG), "id.x", "no fields");
    refused(Field.optional("bare", DataType.LONG), "", "repeated");
    refused(Field.optional("adress", DataType.STRING), "", "no column 'adress'", "address");
    refused(
        Field.optional("city", DataType.STRING),
        "address.town",
        "no column 'address.town'",
        "city");
  }

  @Test
  void timesAreReadInTheUnitAskedFor() throws IOException {
    MessageType type =
        MessageTypeParser.parseMessageType(
            """
            message rows {
              required int64 at (TIMESTAMP(MICROS,false));
              optional int32 clock (TIME(MILLIS,true));
            }
            """);
    Path file = folder.resolve("times.parquet");
    List<Group> rows = new ArrayList<>();
    for (long at : new long[] {0, -1, 1_700_000_000_123_456L}) {
      rows.add(new SimpleGroup(type).append("at", at).append("clock", 86_399_999));
    }
    ParquetFixture.write(file, type, Manner.USUAL, rows);
    Schema schema =
        new Schema(
            List.of(Field.required("at", DataType.LONG), Field.required("clock", DataType.LONG)));
    ParquetSource source = Parquet.of(schema).at(file.toString());
    assertThat(ParquetFixture.rows(source).get(2))
        .containsExactly(1_700_000_000_123_456L, 86_399_999_000L);
    assertThat(ParquetFixture.rows(source.timesIn(ChronoUnit.NANOS)).get(1))
        .containsExactly(-1_000L, 86_399_999_000_000L);
    assertThatThrownBy(() -> ParquetFixture.rows(source.timesIn(ChronoUnit.MILLIS)))
        .hasMessageContaining("timesIn(ChronoUnit.NANOS), or MICROS");
    rows.add(new SimpleGroup(type).append("at", Long.MAX_VALUE / 999).append("clock", 1));
    ParquetFixture.write(folder.resolve("far.parquet"), type, Manner.USUAL, rows);
    ParquetSource far = Parquet.of(schema).at(folder.resolve("far.parquet").toString());
    assertThatThrownBy(() -> ParquetFixture.rows(far.timesIn(ChronoUnit.NANOS)))
        .isInstanceOf(BadRowException.class)
        .hasMessageContaining("1000 times finer");
  }

  @Test
  void listsOfAllAgesAreRead() throws IOException {
    MessageType type =
        MessageTypeParser.parseMessageType(
            """
            message rows {
              optional group plain (LIST) { repeated int32 array; }
              optional group hive (LIST) { repeated group bag { optional double array_element; } }
            }
            """);
    Path file = folder.resolve("lists.parquet");
    SimpleGroup full = new SimpleGroup(type);
    full.addGroup("plain").append("array", 1).append("array", 2);
    full.addGroup("hive").addGroup("bag").append("array_element", 2.5);
    ParquetFixture.write(file, type, Manner.USUAL, List.of(full, new SimpleGroup(type)));
    Schema schema =
        new Schema(
            List.of(
                Field.optional("plain", DataType.listOf(DataType.LONG)),
                Field.optional("hive", DataType.listOf(DataType.DOUBLE))));
    assertThat(ParquetFixture.rows(Parquet.of(schema).at(file.toString())))
        .isEqualTo(List.of(List.of(List.of(1L, 2L), List.of(2.5)), Arrays.asList(null, null)));
  }

  @Test
  void anUnknownColumnOfADeclarationIsSaidAtOnce() {
    assertThatThrownBy(() -> Parquet.of(SCHEMA).path("town", "a.b"))
        .isInstanceOf(UnknownColumnException.class);
    assertThatThrownBy(() -> Parquet.of(SCHEMA).path("city", "a..b")).hasMessageContaining("a..b");
    assertThatThrownBy(() -> Parquet.of(SCHEMA).timesIn(ChronoUnit.DAYS))
        .hasMessageContaining("DAYS");
  }

  @Test
  void whatJarIsMissingIsSaid() {
    assertThatThrownBy(() -> Libraries.check("org.example.Missing", "org.example:missing"))
        .isInstanceOf(DrawbarException.class)
        .hasMessageContaining("org.example:missing")
        .hasMessageContaining("org.apache.parquet:parquet-hadoop");
  }
}
