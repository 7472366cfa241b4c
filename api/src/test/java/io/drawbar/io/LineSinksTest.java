package io.drawbar.io;

import static io.drawbar.io.Writing.batch;
import static io.drawbar.io.Writing.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbar.Dataset;
import io.drawbar.Session;
import io.drawbar.error.DrawbarException;
import io.drawbar.spi.UnwritableValueException;
import io.drawbar.type.DataType;
import io.drawbar.type.Schema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** LIBSVM's format and text, written and read back. */
class LineSinksTest {
  private static final Schema POINTS =
      Schema.empty().with("features", DataType.vector(5)).with("label", DataType.DOUBLE);

  private static final Schema LINES = Schema.empty().with("text", DataType.STRING);

  @TempDir Path folder;

  @Test
  void vectorsAreReadBackEqual() throws IOException {
    Random random = new Random(7);
    double[] some = {0, -0.0, 1, -2.5, 1e-300, Double.NaN, Double.POSITIVE_INFINITY, 0.1};
    List<List<Object>> rows = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      double[] vector = random.doubles(5).map(d -> some[(int) (d * some.length)]).toArray();
      rows.add(List.of(vector, (double) random.nextInt(3) - 1));
    }
    write(LibSvm.to(folder + "/dense"), POINTS, List.of(batch(POINTS, rows)));
    assertThat(folder.resolve("dense/part-00000.libsvm")).isRegularFile();
    try (Session session = Session.open()) {
      Dataset dense = session.read(LibSvm.at(folder + "/dense").features(5));
      assertThat(bits(Reading.rows(LibSvm.at(folder + "/dense").features(5)), 1))
          .isEqualTo(bits(rows, 0));
      dense.write(LibSvm.to(folder + "/sparse.libsvm.gz").gzip().singleFile());
      dense.write(LibSvm.to(folder + "/dense").overwrite());
    }
    assertThat(bits(Reading.rows(LibSvm.at(folder + "/sparse.libsvm.gz").features(5)), 1))
        .isEqualTo(bits(rows, 0));
    assertThat(bits(Reading.rows(LibSvm.at(folder + "/dense").features(5)), 1))
        .isEqualTo(bits(rows, 0));
  }

  private static List<String> bits(List<List<Object>> rows, int vector) {
    return rows.stream()
        .map(row -> row.get(1 - vector) + " " + Arrays.toString((double[]) row.get(vector)))
        .toList();
  }

  @Test
  void aLineIsWhatOthersWrite() throws IOException {
    Schema schema = Schema.empty().with("label", DataType.LONG).with("x", DataType.vector(3));
    List<List<Object>> rows =
        List.of(
            List.of(1L, new double[] {0, 2, -0.5}),
            List.of(-1L, new double[3]),
            List.of(0L, new double[] {1, 0, 0}));
    write(LibSvm.to(folder + "/x.libsvm").singleFile(), schema, List.of(batch(schema, rows)));
    assertThat(folder.resolve("x.libsvm")).hasContent("1 2:2.0 3:-0.5\n-1\n0 1:1.0\n");
    assertThatThrownBy(() -> LibSvm.to("x").check(schema.with("y", DataType.DOUBLE)))
        .isInstanceOf(UnsupportedColumnException.class)
        .hasMessageContaining("rows are a label, DOUBLE or LONG, and a vector");
    List<List<Object>> bad = List.of(Arrays.asList(null, new double[3]));
    assertThatThrownBy(() -> write(LibSvm.to(folder + "/bad"), schema, List.of(batch(schema, bad))))
        .isInstanceOf(UnwritableValueException.class)
        .hasMessage(
            "row 1 of part-00000.libsvm, column 'label': LIBSVM's format has no null. Leave such"
                + " rows out, or fill them.");
    assertThat(LibSvm.to("x").describe()).isEqualTo("libsvm x");
  }

  @Test
  void linesAreReadBackEqual() throws IOException {
    List<List<Object>> rows = new ArrayList<>();
    Random random = new Random(3);
    int[] points = "ab\",; \r\té€\uFEFF\uD83D\uDE00".codePoints().toArray();
    for (int i = 0; i < 2_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(6); n > 0; n--) {
        text.appendCodePoint(points[random.nextInt(points.length)]);
      }
      if (!text.toString().endsWith("\r") && text.indexOf("\uFEFF") != 0) {
        rows.add(List.of(text.toString()));
      }
    }
    rows.add(List.of(""));
    write(TextFiles.to(folder + "/t").gzip(), LINES, List.of(batch(LINES, rows)));
    assertThat(Reading.rows(TextFiles.at(folder + "/t"))).isEqualTo(rows);
    for (String wrong : Arrays.asList("a\nb", "a\r", "\uFEFFa", null)) {
      List<List<Object>> bad = List.of(Arrays.asList(wrong));
      assertThatThrownBy(
              () -> write(TextFiles.to(folder + "/no"), LINES, List.of(batch(LINES, bad))))
          .isInstanceOf(UnwritableValueException.class)
          .hasMessageStartingWith("row 1 of part-00000.txt, column 'text': the text ");
    }
    assertThatThrownBy(() -> TextFiles.to("x").check(POINTS))
        .isInstanceOf(UnsupportedColumnException.class);
  }

  @Test
  void nullsMayHaveAText() throws IOException {
    Schema schema = LINES.with("n", DataType.DOUBLE);
    List<List<Object>> rows =
        List.of(Arrays.asList(null, 1.0), Arrays.asList("NA", null), Arrays.asList("", 0.5));
    write(
        Csv.to(folder + "/x.csv").nullText("NA").singleFile(),
        schema,
        List.of(batch(schema, rows)));
    assertThat(folder.resolve("x.csv")).hasContent("NA,1.0\n\"NA\",NA\n\"\",0.5\n");
    assertThat(Reading.rows(Csv.of(schema).nullText("NA").at(folder + "/x.csv"))).isEqualTo(rows);
    for (String wrong :
        List.of("", " ", "1", "-1", "NaN", "-Infinity", "TRUE", "a,b", "\"", "a ")) {
      assertThatThrownBy(() -> Csv.to("x").nullText(wrong)).isInstanceOf(DrawbarException.class);
    }
  }
}
