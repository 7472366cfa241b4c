package io.drawbar.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.drawbar.column.Batch;
import io.drawbar.spi.BadRow;
import io.drawbar.spi.BadRowListener;
import io.drawbar.spi.Layout;
import io.drawbar.spi.LeafReader;
import io.drawbar.spi.Source;
import io.drawbar.spi.Split;
import io.drawbar.spi.Unit;
import io.drawbar.type.Schema;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of which it is known what fits, read with every policy at every size of leaf and block. */
class TolerantReadingTest {
  @TempDir Path folder;

  /** A good row and where it stands: bad ones count as read. */
  private record Placed(long leaf, int block, int row, List<Object> values) {}

  /** A row that did not fit. */
  private record Unfit(long offset, Long line, String column, String text, int nulled) {}

  private record Outcome(List<Placed> good, List<Unfit> unfit) {}

  /** Collects what a reader tells. */
  private static final class Told implements BadRowListener {
    private final boolean wantsAll;
    final List<Unfit> unfit = new ArrayList<>();

    Told(boolean wantsAll) {
      this.wantsAll = wantsAll;
    }

    @Override
    public boolean wantsAll() {
      return wantsAll;
    }

    @Override
    public void bad(BadRow row) {
      assertThat(row.reason()).doesNotStartWith(",").isNotBlank();
      unfit.add(new Unfit(row.offset(), row.line(), row.column(), row.text(), 0));
    }

    @Override
    public void mended(BadRow row, int fields) {
      unfit.add(new Unfit(row.offset(), null, row.column(), null, fields));
    }
  }

  private static Outcome read(Source source, Layout layout, boolean wantsAll, int splits)
      throws IOException {
    Told told = new Told(wantsAll);
    List<Placed> good = new ArrayList<>();
    for (Split split : source.splits(layout, splits, 1)) {
      try (LeafReader reader = source.open(split, layout, source.schema().names())) {
        reader.tell(told);
        while (reader.nextLeaf()) {
          int number = 0;
          for (Batch block = reader.nextBlock(); block != null; block = reader.nextBlock()) {
            List<List<Object>> values = Reading.values(block);
            for (int n = 0; n < block.selected(); n++) {
              List<Object> row =
                  values.get(n).stream().map(TolerantReadingTest::comparable).toList();
              good.add(new Placed(Unit.ordinal(reader.unit()), number, block.row(n), row));
            }
            number++;
          }
        }
      }
    }
    return new Outcome(good, told.unfit);
  }

  private static Object comparable(Object value) {
    return value instanceof double[] elements
        ? Arrays.toString(elements)
        : value == null ? "null" : value;
  }

  /** The same in plain Java, from what is known of the lines. */
  private static Outcome expected(
      List<UnfitLines.Line> lines, Layout layout, BadRows.Treatment treatment, boolean wantsAll) {
    List<Placed> good = new ArrayList<>();
    List<Unfit> unfit = new ArrayList<>();
    Map<Long, Integer> rows = new HashMap<>();
    long offset = 0;
    for (int i = 0; i < lines.size(); i++) {
      UnfitLines.Line line = lines.get(i);
      if (line.isRow()) {
        long leaf = offset / layout.leafBytes();
        int ordinal = rows.merge(leaf, 1, Integer::sum) - 1;
        if (line.isBad(treatment)) {
          byte[] bytes = line.bytes();
          String text = new String(bytes, StandardCharsets.UTF_8);
          unfit.add(
              new Unfit(
                  offset,
                  wantsAll ? 1L + i : null,
                  line.column(treatment),
                  wantsAll ? text : null,
                  0));
        } else {
          List<Object> values =
              line.values().stream().map(TolerantReadingTest::comparable).toList();
          int block = ordinal / layout.blockRows();
          good.add(new Placed(leaf, block, ordinal % layout.blockRows(), values));
          if (line.nulled() > 0) {
            unfit.add(new Unfit(offset, null, line.firstColumn(), null, line.nulled()));
          }
        }
      }
      offset += line.bytes().length + 1;
    }
    return new Outcome(good, unfit);
  }

  private static BadRows policy(BadRows.Treatment treatment) {
    return treatment == BadRows.Treatment.SKIP ? BadRows.skip() : BadRows.nullField();
  }

  @Test
  void whatFitsIsReadAndWhatDoesNotIsToldOf() throws IOException {
    for (UnfitLines.Format format : UnfitLines.Format.values()) {
      for (long seed = 1; seed <= 2; seed++) {
        List<UnfitLines.Line> lines = UnfitLines.lines(format, seed, 50);
        byte[] bytes = UnfitLines.file(lines, new Random(seed));
        Path plain = Reading.write(folder.resolve(format + "-" + seed), bytes);
        Path gzip = Reading.write(folder.resolve(format + "-" + seed + ".gz"), Reading.gzip(bytes));
        for (int leaf : new int[] {1, 3, 19, 500, 1 << 20}) {
          for (int block : new int[] {1, 5, 4096}) {
            check(format, plain, lines, new Layout(leaf, 1, block), 10_000);
          }
        }
        check(format, plain, lines, new Layout(7, 1, 5), 3);
        check(format, gzip, lines, new Layout(7, 1, 5), 3);
      }
    }
  }

  private static void check(
      UnfitLines.Format format, Path file, List<UnfitLines.Line> lines, Layout layout, int splits)
      throws IOException {
    for (BadRows.Treatment treatment : BadRows.Treatment.values()) {
      Source source = format.source(file.toString(), policy(treatment));
      for (boolean wantsAll : new boolean[] {true, false}) {
        Outcome expected = expected(lines, layout, treatment, wantsAll);
        Outcome read = read(source, layout, wantsAll, splits);
        String what = "%s, %s, %s, %s splits".formatted(file, treatment, layout, splits);
        same(what, read.good, expected.good);
        same(what, read.unfit, expected.unfit);
      }
    }
  }

  /** Compares so that the first difference can be read. */
  private static <T> void same(String what, List<T> actual, List<T> expected) {
    for (int i = 0; i < Math.min(actual.size(), expected.size()); i++) {
      assertThat(actual.get(i)).as(what).isEqualTo(expected.get(i));
    }
    assertThat(actual).as(what).hasSameSizeAs(expected);
  }

  /** More rows than wait for becoming values together, and more text than waits to be told of. */
  @Test
  void manyRows() throws IOException {
    for (UnfitLines.Format format : UnfitLines.Format.values()) {
      List<UnfitLines.Line> lines = UnfitLines.lines(format, 7, 20_000);
      Path file =
          Reading.write(folder.resolve("many-" + format), UnfitLines.file(lines, new Random(1)));
      check(format, file, lines, new Layout(100_000, 1, 4096), 4);
    }
  }

  /** Which columns a query wants does not matter. */
  @Test
  void whatIsBadDoesNotDependOnTheColumnsWanted() throws IOException {
    for (UnfitLines.Format format :
        List.of(UnfitLines.Format.CSV, UnfitLines.Format.JSON, UnfitLines.Format.LIBSVM)) {
      List<UnfitLines.Line> lines = UnfitLines.lines(format, 5, 300);
      Path file =
          Reading.write(folder.resolve("some-" + format), UnfitLines.file(lines, new Random(1)));
      Layout layout = new Layout(1000, 1, 7);
      for (BadRows.Treatment treatment : BadRows.Treatment.values()) {
        Source source = format.source(file.toString(), policy(treatment));
        Outcome all = expected(lines, layout, treatment, true);
        List<String> names = source.schema().names();
        for (List<String> some : List.of(List.<String>of(), names.subList(1, 2))) {
          Told told = new Told(true);
          List<Object> seen = new ArrayList<>();
          for (Split split : source.splits(layout, 5, 1)) {
            try (LeafReader reader = source.open(split, layout, some)) {
              reader.tell(told);
              while (reader.nextLeaf()) {
                for (Batch b = reader.nextBlock(); b != null; b = reader.nextBlock()) {
                  for (int n = 0; n < b.selected(); n++) {
                    seen.add(some.isEmpty() ? 0 : comparable(b.column(0).value(b.row(n))));
                  }
                }
              }
            }
          }
          same("some columns", told.unfit, all.unfit);
          assertThat(seen)
              .isEqualTo(all.good.stream().map(p -> some.isEmpty() ? 0 : p.values.get(1)).toList());
        }
      }
    }
  }

  /** A row longer than any may be is passed over, however little of it is held at a time. */
  @Test
  void rowsThatAreTooLong() throws IOException {
    byte[] bytes =
        ("1,a\n2,\"b\"\n3,"
                + "x".repeat(500)
                + "\n4,c\n5,"
                + "y".repeat(61)
                + "\nx,\n6,"
                + "z".repeat(300))
            .getBytes(StandardCharsets.UTF_8);
    Path file = Reading.write(folder.resolve("long.csv"), bytes);
    CsvSource csv = Csv.of(Schema.of(Pair.class)).at(file.toString()).badRows(BadRows.skip());
    for (int chunk : new int[] {1, 2, 7, 64, 1000}) {
      for (int leaf : new int[] {3, 50, 1 << 20}) {
        for (int block : new int[] {1, 3, 4096}) {
          Layout layout = new Layout(leaf, 1, block);
          Told told = new Told(true);
          List<Object> seen = new ArrayList<>();
          for (Split split : csv.splits(layout, 100, 1)) {
            TextSplit range = (TextSplit) split;
            try (TextReader reader =
                new TextReader(
                    range,
                    new LocalFileSystem(),
                    layout,
                    csv.parser(range, csv.schema().names()),
                    RowEntry.TOP,
                    new Misfits(BadRows.skip()),
                    chunk,
                    60)) {
              reader.tell(told);
              List<Reading.Seen> rows = new ArrayList<>();
              Reading.drain(reader, rows);
              rows.forEach(row -> seen.add(row.values().get(1)));
            }
          }
          assertThat(seen).as("%s, %s", chunk, layout).containsExactly("a", "b", "c");
          assertThat(told.unfit)
              .as("%s, %s", chunk, layout)
              .extracting(Unfit::offset, Unfit::line, Unfit::column)
              .containsExactly(
                  tuple(10L, 3L, null),
                  tuple(517L, 5L, null),
                  tuple(581L, 6L, "id"),
                  tuple(584L, 7L, null));
        }
      }
    }
  }

  record Pair(int id, String name) {}
}
