package io.drawbar.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbar.error.DrawbarException;
import io.drawbar.spi.Layout;
import io.drawbar.spi.Source;
import io.drawbar.spi.Split;
import io.drawbar.type.DataType;
import io.drawbar.type.Schema;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputFilesTest {
  private static final Layout LAYOUT = new Layout(10, 1, 4);

  @TempDir Path folder;

  private List<Object> lines(Source source) throws IOException {
    return Reading.rows(source).stream().map(row -> row.get(0)).toList();
  }

  @Test
  void filesAreInTheOrderOfTheirNamesAsBytesWithoutTheirCompression() throws IOException {
    // In UTF-16, which Java compares by, U+1F600 comes before U+FF5E.
    for (String name : List.of("b", "a", "a-1", "a/z", "\uFF5E", "\uD83D\uDE00", "Z", "a.1")) {
      Path plain = folder.resolve("plain").resolve(name + ".txt");
      Reading.write(plain, name);
      Path mixed = folder.resolve("mixed").resolve(name + ".txt");
      if (name.length() == 1) {
        Reading.write(mixed.resolveSibling(name + ".txt.gz"), Reading.gzip(name.getBytes("UTF-8")));
      } else {
        Reading.write(mixed, name);
      }
    }
    Reading.write(folder.resolve("plain/_SUCCESS"), "no");
    Reading.write(folder.resolve("plain/.hidden/x"), "no");
    List<Object> plain = lines(TextFiles.at(folder + "/plain"));
    assertThat(plain).containsExactly("Z", "a-1", "a.1", "a", "a/z", "b", "\uFF5E", "\uD83D\uDE00");
    assertThat(lines(TextFiles.at(folder + "/mixed/"))).isEqualTo(plain);
    assertThat(lines(TextFiles.at(folder + "/plain/a*.txt"))).containsExactly("a-1", "a.1", "a");
    assertThat(lines(TextFiles.at(folder + "/plain/?.txt", folder + "/plain/a.txt")))
        .containsExactly("Z", "a", "b", "\uFF5E", "\uD83D\uDE00", "a");
    assertThat(lines(TextFiles.at("file://" + folder + "/plain/a/z.txt"))).containsExactly("a/z");
  }

  @Test
  void whatIsMissingIsNamedWithItsNeighbour() throws IOException {
    Reading.write(folder.resolve("customers.csv"), "x");
    String wrong = folder + "/custmers.csv";
    assertThatThrownBy(() -> TextFiles.at(wrong).splits(LAYOUT, 1, 1))
        .isInstanceOf(MissingFileException.class)
        .hasMessage(
            "nothing is at %s (%s). Did you mean 'customers.csv' in %s?"
                .formatted(wrong, wrong, folder));
    for (char c = 'a'; c < 'h'; c++) {
      Reading.write(folder.resolve(c + ".csv"), "x");
    }
    assertThatThrownBy(() -> TextFiles.at(folder + "/orders.txt").splits(LAYOUT, 1, 1))
        .hasMessageEndingWith(
            " Its folder has: a.csv, b.csv, c.csv, customers.csv, d.csv and 3 more.");
    assertThatThrownBy(() -> TextFiles.at("~/in/x.csv").splits(LAYOUT, 1, 1))
        .isInstanceOf(MissingFileException.class)
        .hasMessage(
            "nothing is at ~/in/x.csv: ~ is not expanded; say System.getProperty(\"user.home\") +"
                + " \"/in/x.csv\".");
    assertThatThrownBy(() -> TextFiles.at("~/in/*.csv").splits(LAYOUT, 1, 1))
        .isInstanceOf(MissingFileException.class)
        .hasMessageContaining("~ is not expanded");
    assertThatThrownBy(() -> TextFiles.at("no/such/file").splits(LAYOUT, 1, 1))
        .isInstanceOf(MissingFileException.class)
        .hasMessageContaining(Path.of("no/such/file").toAbsolutePath().toString())
        .hasMessageEndingWith(" is no 'no'.");
    assertThatThrownBy(() -> TextFiles.at(folder + "/*.txt").splits(LAYOUT, 1, 1))
        .isInstanceOf(MissingFileException.class)
        .hasMessage(
            "no file matches %s/*.txt: the folder %s is there, but no name in it is like '*.txt'"
                .formatted(folder, folder));
    assertThatThrownBy(
            () -> TextFiles.at("hdfs://host/x").on(new LocalFileSystem()).splits(LAYOUT, 1, 1))
        .isInstanceOf(MissingFileException.class)
        .hasMessageContaining("hdfs://host/x is not a path of this machine");
    Source gone = TextFiles.at(folder + "/customers.csv");
    Split split = gone.splits(LAYOUT, 1, 1).get(0);
    new LocalFileSystem().delete(folder + "/customers.csv");
    assertThatThrownBy(() -> gone.open(split, LAYOUT, List.of()))
        .isInstanceOf(MissingFileException.class);
  }

  /** The oracle is the matcher of java.nio, which has the same patterns. */
  @Test
  void patternsInAnyElement() throws IOException {
    List<String> names =
        List.of(
            "2024-01/a.csv",
            "2024-02/a.csv",
            "2024-02/b.txt",
            "2025-01/deep/er/a.csv",
            "2025-01/[x].csv",
            "top.csv",
            "\uD83D\uDE00/a-b.csv",
            "x/{y}.csv");
    for (String name : names) {
      Reading.write(folder.resolve(name), name);
    }
    Reading.write(folder.resolve("2024-01/.hidden.csv"), "no");
    Reading.write(folder.resolve("_temporary/a.csv"), "no");
    List<String> patterns =
        List.of(
            "*/a.csv",
            "**/*.csv",
            "**",
            "2024-*/*",
            "2024-0[12]/a.csv",
            "2024-0[!1]/a.*",
            "2024-0[^1]/a.*",
            "202[4-5]-01/**",
            "{2024-01,top}*",
            "{2024-0{1,2},x}/*.{csv,txt}",
            "**/er/*",
            "**/**/a.csv",
            "2025-01/**/a.csv",
            "?/a-b.csv",
            "*/a[-x]b.csv",
            "*/[[]x[]].csv",
            "*/*}.csv",
            "*/{y}.csv",
            "*/*/*/*",
            "t**p.csv");
    for (String pattern : patterns) {
      // There braces are not nested, ** takes part of a name, too, and needs a folder; here a/**/b
      // is also a/b.
      String glob =
          pattern
              .replace("[^", "[!")
              .replace("{2024-0{1,2},", "{2024-01,2024-02,")
              .replace("**/**/", "**/")
              .replace("[[]x[]]", "\\[x\\]");
      List<PathMatcher> matchers = new ArrayList<>();
      for (String form : List.of(glob, glob.replace("**/", ""))) {
        matchers.add(FileSystems.getDefault().getPathMatcher("glob:" + form));
      }
      List<Object> expected =
          names.stream()
              .filter(n -> matchers.stream().anyMatch(m -> m.matches(Path.of(n))))
              .sorted(Comparator.comparing(n -> n.getBytes(), Arrays::compareUnsigned))
              .map(n -> (Object) n)
              .toList();
      if (pattern.equals("*/{y}.csv") || pattern.equals("{2024-01,top}*")) {
        // Braces of a name are written [{] and [}]; *, at the end, takes no slash.
        expected = pattern.equals("*/{y}.csv") ? List.of() : List.of("top.csv");
      }
      TextFiles source = TextFiles.at(folder + "/" + pattern);
      if (expected.isEmpty()) {
        assertThatThrownBy(() -> lines(source)).isInstanceOf(MissingFileException.class);
      } else {
        assertThat(lines(source)).as(pattern).isEqualTo(expected);
      }
    }
    assertThat(lines(TextFiles.at(folder + "/x/{y}.csv"))).containsExactly("x/{y}.csv");
    assertThat(lines(TextFiles.at(folder + "/x/*[{]y[}].csv"))).containsExactly("x/{y}.csv");
    assertThatThrownBy(() -> lines(TextFiles.at(folder + "/2024-*")))
        .hasMessage(
            ("no file matches %s/2024-*: the folder %s is there, but no name in it is like"
                    + " '2024-*'. Folders are: add /** for the files below them.")
                .formatted(folder, folder));
    assertThatThrownBy(() -> lines(TextFiles.at(folder + "/*/x/y")))
        .hasMessageContaining("no path in it is like '*/x/y'");
    for (String wrong : List.of("{a", "{a/b,c}", "[a", "[", "[]", "x[z-a]")) {
      assertThatThrownBy(() -> lines(TextFiles.at(folder + "/" + wrong)))
          .isInstanceOf(DrawbarException.class)
          .hasMessageContaining("and as a pattern it is wrong");
    }
    Reading.write(folder.resolve("a[b"), "literally");
    assertThat(lines(TextFiles.at(folder + "/a[b"))).containsExactly("literally");
  }

  @Test
  void rangesAreContiguousAlignedAndAboutEqual() throws IOException {
    Random random = new Random(7);
    for (int round = 0; round < 200; round++) {
      Path root = folder.resolve("r" + round);
      long total = 0;
      int files = 1 + random.nextInt(3);
      for (int f = 0; f < files; f++) {
        int bytes = random.nextInt(2_000);
        total += bytes;
        Reading.write(root.resolve("f" + f), new byte[bytes]);
      }
      Layout layout = new Layout(1 + random.nextInt(30), 1, 1);
      int desired = 1 + random.nextInt(20);
      int alignment = 1 + random.nextInt(5);
      List<Split> splits = TextFiles.at(root.toString()).splits(layout, desired, alignment);
      long bytes = 0;
      TextSplit before = null;
      for (Split split : splits) {
        TextSplit range = (TextSplit) split;
        boolean isFirst = before == null || before.file() != range.file();
        assertThat(range.firstLeaf()).isEqualTo(isFirst ? 0 : before.endLeaf());
        assertThat(range.firstLeaf() % alignment).isZero();
        assertThat(range.bytes()).isPositive();
        bytes += range.bytes();
        long most = total / desired * 2 + 1 + (alignment + 1) * layout.leafBytes();
        assertThat(range.bytes()).isLessThanOrEqualTo(most);
        before = range;
      }
      assertThat(bytes).isEqualTo(total);
      assertThat(splits.size()).isLessThanOrEqualTo(desired + files);
    }
  }

  @Test
  void manyLeavesOfOneByteAreCutAtOnce() throws IOException {
    Path file = folder.resolve("big");
    byte[] line = "x".repeat(99_999).concat("\n").getBytes("UTF-8");
    byte[] bytes = new byte[20 * line.length];
    for (int i = 0; i < 20; i++) {
      System.arraycopy(line, 0, bytes, i * line.length, line.length);
    }
    Reading.write(file, bytes);
    Source source = TextFiles.at(file.toString());
    Layout layout = new Layout(1, 1, 1);
    assertThat(source.splits(layout, 7, 1)).hasSize(7);
    assertThat(Reading.all(source, layout, 7, 1).stream().mapToLong(Reading.Seen::leaf))
        .hasSize(20)
        .allMatch(leaf -> leaf % 100_000 == 0);
    assertThat(Reading.all(source, new Layout(Long.MAX_VALUE, 1, 7), 7, 3)).hasSize(20);
  }

  /** Its files break after some bytes. */
  private static final class Breaking extends Delegating {
    private static final long serialVersionUID = 1;

    @Override
    public InputStream open(String path, long offset) throws IOException {
      return new FilterInputStream(super.open(path, offset)) {
        private int left = 5;

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
          if (left == 0) {
            throw new IOException("planted");
          }
          int count = super.read(into, from, Math.min(left, length));
          left -= Math.max(count, 0);
          return count;
        }
      };
    }
  }

  @Test
  void aReadThatFailsMayBeTriedAgain() throws IOException {
    Path file = Reading.write(folder.resolve("t.txt"), "abc\ndef\nghi\n");
    Path gzip = Reading.write(folder.resolve("t.gz"), Reading.gzip(Files.readAllBytes(file)));
    for (Path path : List.of(file, gzip)) {
      assertThatThrownBy(() -> lines(TextFiles.at(path.toString()).on(new Breaking())))
          .isInstanceOf(IOException.class)
          .hasMessage("planted");
      CsvSource csv = Csv.of(Schema.empty().with("abc", DataType.STRING)).header();
      assertThatThrownBy(() -> lines(csv.at(path.toString()).on(new Breaking())))
          .isInstanceOf(IOException.class)
          .hasMessage("planted");
    }
  }

  @Test
  void sourcesAndSplitsAreShipped() throws IOException {
    Path file = Reading.write(folder.resolve("t.txt"), "a\nb\n");
    TextFiles source = Reading.shipped(TextFiles.at(file.toString()));
    List<Split> splits = source.splits(LAYOUT, 1, 1);
    assertThat(Reading.shipped(splits.get(0))).isEqualTo(splits.get(0));
    assertThat(lines(source)).containsExactly("a", "b");
    assertThat(source.describe()).isEqualTo("text " + file);
  }
}
