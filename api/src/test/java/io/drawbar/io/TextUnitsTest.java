package io.drawbar.io;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbar.io.Reading.Seen;
import io.drawbar.io.compression.Compression;
import io.drawbar.spi.FileSystem;
import io.drawbar.spi.Layout;
import io.drawbar.spi.LeafReader;
import io.drawbar.spi.Source;
import io.drawbar.type.DataType;
import io.drawbar.type.Schema;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Law 1: which unit and block a row is in depends on the file and the layout alone. Every range of
 * leaves is read by itself, so every way to divide a file among tasks is covered.
 */
class TextUnitsTest {
  private static final FileSystem LOCAL = new LocalFileSystem();
  private static final Schema PAIR =
      Schema.empty().with("a", DataType.STRING).with("b", DataType.LONG);

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x,1\ny,2\nz,3\n",
        "x,1\r\ny,2\r\nz,3",
        "\uFEFFx,1\n,\n\"\",2\n\"a \"\"b\"\" c\",3\n",
        "\uFEFFé,\n\"€,€\",5\r\n",
        "longer than many a leaf,12345678901\nx,1\n\"\"\"\"\"\",-7\n",
        "a,1\n\"\"\"\",2\r\n\"\",\"3\"\n,4",
        "x,1",
        "\n\r\nx,1\n\n\n,\n\r\n\r\nz,2\n\n\n\n\r",
        "\uFEFF\n\n\r\n",
        "\uFEFF"
      })
  void csvRowsAreWhereTheirFirstByteIs(String text) throws IOException {
    Source source = Csv.of(PAIR);
    check(text, 0, (split, names) -> ((CsvSource) source).parser(split, names), PAIR.names());
    check(text, 0, (split, names) -> ((CsvSource) source).parser(split, names), List.of("b"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "b,a\n1,x\n2,y\n3,z\n",
        "\uFEFFb,c,a\r\n1,,x\r\n2,\"no, matter\",\"y\"\r\n",
        "b,\"a\"\n",
        "b,a\n,",
        "b,a\n\n\r\n1,x\n\n"
      })
  void aHeaderIsNoRowButItsBytesCount(String text) throws IOException {
    CsvSource source = Csv.of(PAIR).header();
    check(text, 1, source::parser, PAIR.names());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        "\r\n",
        "\n\n\n",
        "\uFEFF\n\uFEFF\n",
        "one\ntwo\r\nthree",
        "\r\r\n\r",
        "a\n\nbcdefghijklmnopqrstuvwxyz\n\nz"
      })
  void linesAreWhereTheirFirstByteIs(String text) throws IOException {
    Schema line = TextFiles.at("x").schema();
    isEmptyARow = true;
    check(text, 0, (split, names) -> new LineParser(line), List.of("line"));
  }

  private boolean isEmptyARow;

  private interface Parsers {
    RowParser of(TextSplit split, List<String> columns) throws IOException;
  }

  private void check(String text, int headers, Parsers parsers, List<String> columns)
      throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    String plain = Reading.write(folder.resolve("t"), bytes).toString();
    String gzip = Reading.write(folder.resolve("t.gz"), Reading.gzip(bytes)).toString();
    for (int leafBytes = 1; leafBytes <= bytes.length + 2; leafBytes++) {
      for (int blockRows : new int[] {1, 2, 3, 4_096}) {
        Layout layout = new Layout(leafBytes, 1, blockRows);
        long leaves = (bytes.length + leafBytes - 1) / leafBytes;
        TextSplit whole =
            new TextSplit(5, plain, "t", Compression.NONE, bytes.length, 0, leaves, 1);
        List<Seen> all = read(whole, layout, headers, parsers, columns, TextBuffer.CHUNK);
        assertThat(where(all, bytes, headers, layout)).isTrue();
        TextSplit zipped = new TextSplit(5, gzip, "t", Compression.GZIP, 1, 0, Long.MAX_VALUE, 1);
        assertThat(read(zipped, layout, headers, parsers, columns, 7)).isEqualTo(all);
        for (long from = 0; from < leaves; from++) {
          for (long to = from + 1; to <= leaves; to++) {
            TextSplit range =
                new TextSplit(5, plain, "t", Compression.NONE, bytes.length, from, to, 1);
            long first = from;
            long end = to;
            int chunk = 1 + (int) (from + 3 * to) % 11;
            assertThat(read(range, layout, headers, parsers, columns, chunk))
                .describedAs("%s: leaves %d to %d of %d bytes", text, from, to, leafBytes)
                .isEqualTo(all.stream().filter(s -> s.leaf() >= first && s.leaf() < end).toList());
          }
        }
      }
    }
  }

  private static List<Seen> read(
      TextSplit split, Layout layout, int headers, Parsers parsers, List<String> columns, int chunk)
      throws IOException {
    List<Seen> seen = new ArrayList<>();
    RowParser parser = parsers.of(split, columns);
    long from = headers == 0 ? 0 : CsvHeader.read(split, LOCAL, CsvDialect.STANDARD).rowsFrom();
    RowEntry entry = new RowEntry(from, null, RowAutomaton.ROW_START);
    try (LeafReader reader =
        new TextReader(
            split, LOCAL, layout, parser, entry, Misfits.none(), chunk, TextReader.LONGEST_ROW)) {
      Reading.drain(reader, seen);
    }
    return seen;
  }

  /** Whether rows are in the leaves and blocks where a plain count of the lines puts them. */
  private boolean where(List<Seen> seen, byte[] bytes, int headers, Layout layout) {
    boolean marked = bytes.length >= 3 && bytes[0] == (byte) 0xEF;
    List<Long> starts = new ArrayList<>();
    for (int at = marked ? 3 : 0; at < bytes.length; at++) {
      int start = at;
      while (at < bytes.length && bytes[at] != '\n') {
        at++;
      }
      String line = new String(bytes, start, at - start, StandardCharsets.UTF_8);
      if (isEmptyARow || !line.equals("") && !line.equals("\r")) {
        starts.add((long) start);
      }
    }
    long[] rows = starts.stream().skip(headers).mapToLong(s -> s / layout.leafBytes()).toArray();
    int[] inLeaf = new int[rows.length];
    for (int i = 1; i < rows.length; i++) {
      inLeaf[i] = rows[i] == rows[i - 1] ? inLeaf[i - 1] + 1 : 0;
    }
    int[] blocks = Arrays.stream(inLeaf).map(n -> n / layout.blockRows()).toArray();
    assertThat(seen.stream().mapToLong(Seen::leaf).toArray()).isEqualTo(rows);
    assertThat(seen.stream().mapToInt(Seen::block).toArray()).isEqualTo(blocks);
    return seen.stream().allMatch(s -> s.file() == 5);
  }
}
