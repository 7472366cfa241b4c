package io.drawbar.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.drawbar.Dataset;
import io.drawbar.Session;
import io.drawbar.config.Config;
import io.drawbar.error.DrawbarException;
import io.drawbar.expr.Functions;
import io.drawbar.feature.StandardScaler;
import io.drawbar.feature.VectorAssembler;
import io.drawbar.learn.LinearRegression;
import io.drawbar.learn.LinearRegressionModel;
import io.drawbar.spi.BadRowException;
import io.drawbar.spi.DamagedFileException;
import io.drawbar.spi.Layout;
import io.drawbar.testkit.Canonical;
import io.drawbar.testkit.SharedData;
import io.drawbar.type.DataType;
import io.drawbar.type.Row;
import io.drawbar.type.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibSvmTest {
  @TempDir Path folder;

  private LibSvm source(String text) throws IOException {
    return LibSvm.at(Reading.write(folder.resolve("x.libsvm"), text).toString());
  }

  private static List<Object> row(double label, double... features) {
    return Arrays.asList(label, features);
  }

  private static void assertRows(List<List<Object>> found, List<List<Object>> expected) {
    assertThat(found.stream().map(List::toArray).toArray(Object[][]::new))
        .isDeepEqualTo(expected.stream().map(List::toArray).toArray(Object[][]::new));
  }

  @Test
  void whatPeopleWrite() throws IOException {
    String text =
        """
        # made by hand
        +1 1:0.5 3:-2e-1

        -1\t2:7  3:0 \t# a comment, qid:3 0:1
        #1 1:1
        0
        2.5 1:-0 4:NaN\r
        \r
        3 4:1""";
    assertRows(
        Reading.rows(source(text).features(4)),
        List.of(
            row(1, 0.5, 0, -0.2, 0),
            row(-1, 0, 7, 0, 0),
            row(0, 0, 0, 0, 0),
            row(2.5, -0.0, 0, 0, Double.NaN),
            row(3, 0, 0, 0, 1)));
    assertThat(source(text).largestIndex()).isEqualTo(4);
    assertThat(source("1\n2 # 3:4\n").largestIndex()).isZero();
  }

  @Test
  void theNumberOfFeaturesIsSaidAndNeverGuessed() throws IOException {
    LibSvm source = source("1 1:1\n");
    try (Session session = Session.open()) {
      assertThatThrownBy(() -> session.read(source))
          .isInstanceOf(DrawbarException.class)
          .hasMessage(
              "libsvm %s/x.libsvm: the number of features is not known, since a file need not have"
                      .formatted(folder)
                  + " the last of them. Say it with features(n); LibSvm.at(...).largestIndex() reads"
                  + " the files and tells the largest index in them, which is the least that n can"
                  + " be.");
    }
    assertThatThrownBy(() -> source.features(0))
        .isInstanceOf(DrawbarException.class)
        .hasMessageContaining("vectors have at least 1 element, not 0");
  }

  private void assertBad(String line, String message) throws IOException {
    LibSvm source = source("1 1:1\n" + line + "\n2 0:1\n").features(10);
    for (List<String> columns : List.of(List.of("label", "features"), List.<String>of())) {
      Layout layout = new Layout(4, 1, 1);
      assertThatThrownBy(
              () -> {
                for (var split : source.splits(layout, 3, 1)) {
                  try (var reader = source.open(split, layout, columns)) {
                    Reading.drain(reader, new ArrayList<>());
                  }
                }
              })
          .isInstanceOf(BadRowException.class)
          .hasMessage(folder + "/x.libsvm, line 2 (byte 6), byte " + message);
    }
  }

  @Test
  void badRowsSayWhereWhatAndTheWayOut() throws IOException {
    assertBad(
        "1 0:1",
        "3 of the line: index 0, but indices start at 1. If the file counts from 0, add 1 to all of"
            + " them.");
    assertBad(
        "1 2:1 5:1 3:1",
        "11 of the line: index 3 comes after index 5, but they ascend. Sort the features of the"
            + " line.");
    assertBad("1 2:1 2:1", "7 of the line: index 2 is there twice. Leave one of them out.");
    assertBad(
        "1 11:1",
        "3 of the line: the index in '11:1' is beyond the 10 features declared. Say features(n) with"
            + " the largest index of all files, which LibSvm.at(...).largestIndex() tells.");
    assertBad(
        "1 99999999999999999999999:1",
        "3 of the line: the index in '99999999999999999999999:1' is beyond the 10 features"
            + " declared. Say features(n) with the largest index of all files, which"
            + " LibSvm.at(...).largestIndex() tells.");
    assertBad(
        "1 2:x",
        "5 of the line: the value of feature 2, 'x', is not a number like 1, -0.5 or 1e-3. Correct"
            + " it.");
    assertBad(
        "1 2:",
        "5 of the line: the value of feature 2, '', is not a number like 1, -0.5 or 1e-3. Correct"
            + " it.");
    assertBad(
        "yes 2:1",
        "1 of the line: the label, 'yes', is not a number like 1, -0.5 or 1e-3. Correct it.");
    assertBad(
        "1 2", "3 of the line: '2' has no colon. A feature is index:value, without blanks in it.");
    assertBad(
        "1 2: 3",
        "5 of the line: the value of feature 2, '', is not a number like 1, -0.5 or 1e-3. Correct"
            + " it.");
    assertBad(
        "1 -2:3",
        "3 of the line: the index of '-2:3' is not a whole number from 1 on. A feature is"
            + " index:value.");
    assertBad(
        "1 :3",
        "3 of the line: the index of ':3' is not a whole number from 1 on. A feature is"
            + " index:value.");
    assertBad(
        "1 qid:3 2:3",
        "3 of the line: 'qid:3' is the number of a query, as files for ranking have it, which is"
            + " not read. Take it out of the file.");
    assertBad(
        "  # nothing",
        "1 of the line: the line has no label. A line is: label index:value index:value ...");
  }

  /** Random rows against the numbers they were made of, for all sizes of leaves and blocks. */
  @Test
  void rowsAreTheSameHoweverTheFileIsCut() throws IOException {
    for (long seed = 0; seed < 60; seed++) {
      Random random = new Random(seed);
      int features = 1 + random.nextInt(12);
      StringBuilder text = new StringBuilder();
      List<List<Object>> rows = new ArrayList<>();
      for (int r = random.nextInt(30); r > 0; r--) {
        if (random.nextInt(5) == 0) {
          text.append(random.nextBoolean() ? "# note\n" : "\n");
        }
        double[] vector = new double[features];
        double label = random.nextInt(3);
        text.append(label);
        for (int j = 0; j < features; j++) {
          if (random.nextInt(3) == 0) {
            vector[j] = random.nextGaussian();
            text.append(random.nextBoolean() ? " " : "\t\t");
            text.append(j + 1).append(':').append(vector[j]);
          }
        }
        text.append(random.nextInt(4) == 0 ? " # end" : "").append(r % 3 == 0 ? "\r\n" : "\n");
        rows.add(row(label, vector));
      }
      byte[] bytes = text.toString().getBytes("UTF-8");
      Path plain = Reading.write(folder.resolve("s" + seed), bytes);
      Path gzip = Reading.write(folder.resolve("s" + seed + ".gz"), Reading.gzip(bytes));
      List<List<Reading.Seen>> seen = new ArrayList<>();
      Layout layout = new Layout(1 + random.nextInt(100), 1, 1 + random.nextInt(4));
      for (Path path : List.of(plain, gzip, plain)) {
        LibSvm source = LibSvm.at(path.toString()).features(features);
        seen.add(Reading.all(source, layout, 1 + random.nextInt(9), 1));
        assertRows(seen.get(seen.size() - 1).stream().map(Reading.Seen::values).toList(), rows);
      }
      for (int i = 0; i < rows.size(); i++) {
        assertThat(seen.get(1).get(i).leaf()).isEqualTo(seen.get(0).get(i).leaf());
        assertThat(seen.get(1).get(i).block()).isEqualTo(seen.get(0).get(i).block());
      }
    }
  }

  @Test
  void aFileCutOffAnywhereIsAnErrorOrTheRowsBefore() throws IOException {
    byte[] bytes = "1 1:0.5 3:20\n-1 2:7 3:4\n".getBytes("UTF-8");
    List<List<Object>> all = Reading.rows(source(new String(bytes, "UTF-8")).features(3));
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      LibSvm source = LibSvm.at(Reading.write(folder.resolve("cut"), cut).toString()).features(3);
      try {
        assertThat(Reading.rows(source).size()).isLessThanOrEqualTo(all.size());
      } catch (BadRowException e) {
        assertThat(e).hasMessageContaining("/cut, line ");
      }
    }
    byte[] gzip = Reading.gzip(bytes);
    for (int length = 1; length < gzip.length; length++) {
      Path file = Reading.write(folder.resolve("cut.gz"), Arrays.copyOf(gzip, length));
      assertThatThrownBy(() -> Reading.rows(LibSvm.at(file.toString()).features(3)))
          .isInstanceOf(DamagedFileException.class);
    }
  }

  @Test
  void wideVectorsAreScoredWithoutBeingLaidOut() throws IOException {
    LibSvm source = source("1 1:2 2000000000:3\n").features(Integer.MAX_VALUE);
    try (Session session = Session.open()) {
      Dataset rows = session.read(source);
      assertThat(rows.select("label").collect().get(0).doubleValue("label")).isEqualTo(1.0);
      assertThat(rows.count()).isEqualTo(1);
      assertThatThrownBy(rows::collect)
          .isInstanceOf(DrawbarException.class)
          .hasMessageContaining("a vector of 2147483647 elements does not fit a row");
      Dataset joined = rows.withColumn("x", Functions.vector(Functions.col("label")));
      assertThatThrownBy(
              () -> joined.transform(VectorAssembler.of("features", "label").into("all")))
          .isInstanceOf(DrawbarException.class)
          .hasMessageContaining("a vector has 2147483647 at most");
    }
  }

  /** The oracle is the same numbers in dense columns. */
  @Test
  void modelsAndScoresHaveTheBitsOfDenseVectors() throws IOException {
    Random random = new Random(11);
    StringBuilder sparse = new StringBuilder();
    StringBuilder dense = new StringBuilder();
    for (int r = 0; r < 700; r++) {
      double label = random.nextGaussian();
      sparse.append(label);
      dense.append(label);
      for (int j = 0; j < 9; j++) {
        double value = random.nextInt(3) == 0 ? random.nextGaussian() : 0;
        dense.append(',').append(value);
        if (value != 0 || random.nextInt(5) == 0) {
          sparse.append(' ').append(j + 1).append(':').append(value);
        }
      }
      sparse.append('\n');
      dense.append('\n');
    }
    String[] names = {"x0", "x1", "x2", "x3", "x4", "x5", "x6", "x7", "x8"};
    Schema schema = Schema.empty().with("label", DataType.DOUBLE);
    for (String name : names) {
      schema = schema.with(name, DataType.DOUBLE);
    }
    String csv = Reading.write(folder.resolve("dense.csv"), dense.toString()).toString();
    Config config = Config.of("drawbar.block.rows", "130");
    try (Session session = Session.open(config)) {
      Dataset first = session.read(source(sparse.toString()).features(9));
      Dataset second =
          session
              .read(Csv.of(schema).at(csv))
              .transform(VectorAssembler.of(names).into("features"))
              .select("label", "features");
      assertThat(first.collect().stream().map(Row::toString).toList())
          .isEqualTo(second.collect().stream().map(Row::toString).toList());
      LinearRegressionModel model = LinearRegression.on("features").fit(first);
      LinearRegressionModel other = LinearRegression.on("features").fit(second);
      assertThat(model.coefficients()).isEqualTo(other.coefficients());
      assertThat(model.intercept()).isEqualTo(other.intercept());
      assertThat(model.residualStandardError()).isEqualTo(other.residualStandardError());
      assertThat(model.provenance()).isEqualTo(other.provenance());
      assertThat(model.transform(first).select("prediction").collect())
          .isEqualTo(model.transform(second).select("prediction").collect());
      assertThat(StandardScaler.on("features").fit(first))
          .hasToString(StandardScaler.on("features").fit(second).toString());
      Canonical scaled =
          Canonical.of(StandardScaler.on("features").fit(first).transform(first).collect());
      scaled.mustEqual(
          Canonical.of(StandardScaler.on("features").fit(second).transform(second).collect()),
          "scaled");
      VectorAssembler joined = VectorAssembler.of("label", "features").into("all");
      assertThat(first.transform(joined).collect().toString())
          .isEqualTo(second.transform(joined).collect().toString());
    }
  }

  /** The counts are those of the file's own description: 6,513 rows, 126 features. */
  @Test
  void mushrooms() throws IOException {
    Optional<Path> file = SharedData.file("agaricus.txt.train");
    assumeTrue(file.isPresent(), SharedData.MISSING);
    LibSvm source = LibSvm.at(file.get().toString());
    assertThat(source.largestIndex()).isEqualTo(126);
    try (Session session = Session.open()) {
      Dataset rows = session.read(source.features(126));
      List<Row> all = rows.collect();
      assertThat(all).hasSize(6513);
      List<String> lines = Files.readAllLines(file.get());
      for (int i = 0; i < lines.size(); i++) {
        double[] expected = new double[126];
        String[] parts = lines.get(i).split(" ");
        for (int k = 1; k < parts.length; k++) {
          expected[Integer.parseInt(parts[k].split(":")[0]) - 1] =
              Integer.parseInt(parts[k].split(":")[1]);
        }
        assertThat(all.get(i).doubleValue("label")).isEqualTo(Integer.parseInt(parts[0]));
        assertThat((double[]) all.get(i).value("features")).isEqualTo(expected);
      }
    }
  }
}
