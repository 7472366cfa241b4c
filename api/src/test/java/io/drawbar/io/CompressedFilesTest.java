package io.drawbar.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbar.Dataset;
import io.drawbar.Session;
import io.drawbar.config.Config;
import io.drawbar.expr.Functions;
import io.drawbar.io.compression.Compression;
import io.drawbar.spi.DamagedFileException;
import io.drawbar.spi.Layout;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Files of text by the compression that their names tell: the rows and units of the plain file. */
class CompressedFilesTest {
  record Point(long n, double x) {}

  private static final Layout SMALL = new Layout(100, 1, 3);

  @TempDir Path folder;

  private static byte[] compressed(Compression by, String text) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream into = by.compressed(out)) {
      into.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return out.toByteArray();
  }

  private static String lines(int count, long seed) {
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append(i).append(',').append(random.nextInt(1_000) / 8.0).append('\n');
    }
    return text.toString();
  }

  @ParameterizedTest
  @EnumSource
  void unitsAndBlocksAreThoseOfThePlainFile(Compression by) throws IOException {
    String text = lines(300, 1);
    Path plain = Files.writeString(folder.resolve("plain.csv"), text);
    Path file = Files.write(folder.resolve("x.csv" + by.suffix()), compressed(by, text));
    assertThat(Reading.all(Csv.of(Point.class).at(file.toString()), SMALL, 7, 1))
        .isEqualTo(Reading.all(Csv.of(Point.class).at(plain.toString()), SMALL, 1, 1))
        .hasSize(300);
  }

  @Test
  void filesAreInOrderWithoutTheSuffix() throws IOException {
    Compression[] all = Compression.values();
    for (int f = 0; f < 12; f++) {
      Compression by = all[f % all.length];
      String name = "in/%s.txt%s".formatted((char) ('a' + f), by.suffix());
      Files.createDirectories(folder.resolve("in"));
      Files.write(folder.resolve(name), compressed(by, "line of " + f + "\n"));
    }
    // Before a.txt and between, by what is left of their names: "a", "b.tx", "b.txt!".
    Files.write(folder.resolve("in/a.zst"), compressed(Compression.ZSTD, "first\n"));
    Files.write(folder.resolve("in/b.txt!.bz2"), compressed(Compression.BZIP2, "after b\n"));
    try (Session session = Session.open()) {
      List<String> lines =
          session.read(TextFiles.at(folder.resolve("in").toString())).collect().stream()
              .map(row -> row.stringValue("line"))
              .toList();
      assertThat(lines).hasSize(14).startsWith("first", "line of 0", "line of 1", "after b");
      assertThat(lines).endsWith("line of 10", "line of 11");
    }
  }

  @ParameterizedTest
  @EnumSource
  void outputIsCompressedAndReadBack(Compression by) throws IOException {
    Files.writeString(folder.resolve("in.csv"), lines(2_000, 2));
    Config small = Config.of("drawbar.leaf.bytes", "512", "drawbar.block.rows", "10");
    try (Session session = Session.open(small)) {
      Dataset rows = session.read(Csv.of(Point.class).at(folder + "/in.csv"));
      List<Point> expected = rows.collect(Point.class);
      rows.write(Csv.to(folder + "/parts").header().compressed(by));
      rows.write(Json.to(folder + "/one.json" + by.suffix()).compressed(by).singleFile());
      try (var parts = Files.list(folder.resolve("parts"))) {
        assertThat(parts.map(part -> part.getFileName().toString()))
            .hasSizeGreaterThan(2)
            .allMatch(name -> name.equals("_SUCCESS") || name.endsWith(".csv" + by.suffix()));
      }
      assertThat(
              session.read(Csv.of(Point.class).at(folder + "/parts").header()).collect(Point.class))
          .isEqualTo(expected);
      Dataset one = session.read(Json.of(Point.class).at(folder + "/one.json" + by.suffix()));
      assertThat(one.collect(Point.class)).isEqualTo(expected);
      if (by != Compression.NONE) {
        assertThatThrownBy(
                () -> rows.write(Csv.to(folder + "/two.csv").compressed(by).singleFile()))
            .isInstanceOf(CommitException.class)
            .hasMessageContaining("call it " + folder + "/two.csv" + by.suffix());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void aFileThatIsCutOffFailsTheRunByName(Compression by) throws IOException {
    byte[] file = compressed(by, lines(20_000, 3));
    Path path = folder.resolve("cut.csv" + by.suffix());
    Files.write(path, Arrays.copyOf(file, file.length * 2 / 3));
    try (Session session = Session.open()) {
      Dataset rows = session.read(Csv.of(Point.class).at(path.toString()));
      assertThatThrownBy(rows::count)
          .isInstanceOf(DamagedFileException.class)
          .hasMessageContaining(path.toString());
    }
  }

  @Test
  void whatSwellsAThousandfoldTakesNoMemory() throws IOException {
    long lines = 40_000_000;
    for (Compression by : List.of(Compression.GZIP, Compression.ZSTD)) {
      Path file = folder.resolve("bomb.txt" + by.suffix());
      byte[] some = new byte[1 << 20];
      Arrays.fill(some, (byte) '\n');
      try (OutputStream out = by.compressed(Files.newOutputStream(file))) {
        for (long left = lines; left > 0; left -= some.length) {
          out.write(some, 0, (int) Math.min(left, some.length));
        }
      }
      assertThat(Files.size(file)).isLessThan(lines / 500);
      try (Session session = Session.open()) {
        Dataset rows = session.read(TextFiles.at(file.toString()));
        assertThat(rows.where(Functions.col("line").ne("")).count()).isZero();
      }
    }
  }
}
