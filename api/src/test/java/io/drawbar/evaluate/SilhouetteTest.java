package io.drawbar.evaluate;

import static io.drawbar.expr.Functions.col;
import static io.drawbar.expr.Functions.vector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.drawbar.Dataset;
import io.drawbar.Session;
import io.drawbar.UnusableDataException;
import io.drawbar.config.Config;
import io.drawbar.expr.TypeMismatchException;
import io.drawbar.feature.StringIndexer;
import io.drawbar.feature.VectorAssembler;
import io.drawbar.io.Csv;
import io.drawbar.io.LibSvm;
import io.drawbar.io.Records;
import io.drawbar.testkit.PartialLaws;
import io.drawbar.testkit.SharedData;
import io.drawbar.type.DataType;
import io.drawbar.type.Row;
import io.drawbar.type.Schema;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SilhouetteTest {
  private Session session;

  @BeforeEach
  void open() {
    session = Session.open(Config.of("drawbar.block.rows", "7", "drawbar.leaf.rows", "20"));
  }

  @AfterEach
  void close() {
    session.close();
  }

  /** A row: its cluster, and its elements. */
  private Dataset rows(int elements, Object[]... rows) {
    return rows(session, elements, rows);
  }

  private static Dataset rows(Session session, int elements, Object[]... rows) {
    Schema schema = Schema.empty().with("c", DataType.LONG).with("x", DataType.vector(elements));
    List<Row> list = new ArrayList<>();
    for (Object[] row : rows) {
      list.add(Row.of(schema, row));
    }
    return session.read(Records.of(schema, list));
  }

  private static Object[] row(long cluster, double... x) {
    return new Object[] {cluster, x};
  }

  /** 0 and 1 against 10: a is 1 for both, b is 100 and 81; the one that is alone counts 0. */
  @Test
  void threeNumbersByHand() {
    Silhouette found = Silhouette.of(rows(1, row(5, 0), row(5, 1), row(-2, 10)), "c", "x");
    double first = 1 - 1 / 100.0;
    double second = 1 - 1 / 81.0;
    assertThat(found.rows()).isEqualTo(3);
    assertThat(found.mean()).isCloseTo((first + second) / 3, within(1e-16));
    assertThat(found.clusters())
        .extracting(Silhouette.Cluster::number, Silhouette.Cluster::rows)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(-2L, 1L),
            org.assertj.core.groups.Tuple.tuple(5L, 2L));
    assertThat(found.clusters().get(0).mean()).isZero();
    assertThat(found.clusters().get(1).mean()).isCloseTo((first + second) / 2, within(1e-16));
    assertThat(found.toString())
        .isEqualTo(
            """
            Silhouette: 0.659218 over 3 rows in 2 clusters
            cluster  rows  silhouette
            -2          1    0.000000
            5           2    0.988827
            """);
  }

  @Test
  void rowsInTheWrongClusterAreNegative() {
    // 0 and 10 against 0 and 10: own 100, nearest 50 for each.
    Dataset rows = rows(1, row(0, 0), row(0, 10), row(1, 0), row(1, 10));
    assertThat(Silhouette.of(rows, "c", "x").mean()).isEqualTo(-.5);
    Dataset one = rows(2, row(0, 1, 2), row(0, 1, 2), row(1, 1, 2), row(1, 1, 2));
    assertThat(Silhouette.of(one, "c", "x").mean()).isZero();
  }

  /** All pairs, in plain doubles. */
  private static double ofPairs(List<Object[]> rows) {
    double sum = 0;
    for (Object[] row : rows) {
      double[] sums = new double[8];
      int[] counts = new int[8];
      for (Object[] other : rows) {
        double[] x = (double[]) row[1];
        double[] y = (double[]) other[1];
        int cluster = (int) (long) other[0];
        for (int j = 0; j < x.length; j++) {
          sums[cluster] += (x[j] - y[j]) * (x[j] - y[j]);
        }
        counts[cluster] += other == row ? 0 : 1;
      }
      int own = (int) (long) row[0];
      double nearest = Double.POSITIVE_INFINITY;
      for (int c = 0; c < 8; c++) {
        if (c != own && counts[c] > 0) {
          nearest = Math.min(nearest, sums[c] / counts[c]);
        }
      }
      double a = sums[own] / counts[own];
      sum += counts[own] == 0 ? 0 : (nearest - a) / Math.max(a, nearest);
    }
    return sum / rows.size();
  }

  private static List<Object[]> some(Random random, double offset) {
    List<Object[]> rows = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      int cluster = random.nextInt(6);
      double[] x = new double[5];
      for (int j = 0; j < x.length; j++) {
        // On a grid, so that an offset rounds nothing.
        x[j] = offset + Math.rint(1024 * (cluster * (j % 3) + random.nextGaussian())) / 1024;
      }
      rows.add(row(cluster, x));
    }
    rows.add(row(7, new double[5]));
    rows.get(600)[1] = new double[] {offset, offset, offset, offset, offset};
    return rows;
  }

  @Test
  void itIsThatOfAllPairsAndLargeMeansCostNothing() {
    for (double offset : new double[] {0, 1e9}) {
      List<Object[]> rows = some(new Random(8), offset);
      double found = Silhouette.of(rows(5, rows.toArray(Object[][]::new)), "c", "x").mean();
      assertThat(found).isCloseTo(ofPairs(rows), within(offset == 0 ? 1e-14 : 1e-8));
    }
  }

  @Test
  void orderBlocksAndThreadsDoNotCount() {
    List<Object[]> rows = some(new Random(9), 3);
    Silhouette found = Silhouette.of(rows(5, rows.toArray(Object[][]::new)), "c", "x");
    Collections.shuffle(rows, new Random(1));
    for (String[] config :
        new String[][] {
          {"drawbar.block.rows", "300", "drawbar.parallelism", "1"},
          {"drawbar.block.rows", "5", "drawbar.parallelism", "7"},
          {"drawbar.block.rows", "64", "drawbar.gather.bytes", "0"}
        }) {
      try (Session other = Session.open(Config.of(config))) {
        Dataset all = rows(other, 5, rows.toArray(Object[][]::new));
        assertThat(Silhouette.of(all, "c", "x")).isEqualTo(found);
        assertThat(Silhouette.of(all.where(col("c").ge(0)), "c", "x")).isEqualTo(found);
      }
    }
  }

  @Test
  void sparseVectorsAreOtherFormsOfTheSame(@TempDir Path folder) throws Exception {
    Random random = new Random(4);
    StringBuilder text = new StringBuilder();
    List<Object[]> dense = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      long cluster = random.nextInt(3);
      double[] x = new double[6];
      text.append(cluster);
      for (int j = 0; j < 6; j++) {
        if (random.nextInt(3) == 0) {
          x[j] = cluster + random.nextGaussian();
          text.append(' ').append(j + 1).append(':').append(x[j]);
        }
      }
      text.append('\n');
      dense.add(row(cluster, x));
    }
    Path file = Files.writeString(folder.resolve("rows"), text);
    Dataset sparse =
        session
            .read(LibSvm.at(file.toString()).features(6))
            .withColumn("c", col("label").cast(DataType.LONG));
    assertThat(Silhouette.of(sparse, "c", "features"))
        .isEqualTo(Silhouette.of(rows(6, dense.toArray(Object[][]::new)), "c", "x"));
  }

  /**
   * Species as clusters: 0.6564679231 in the tests of Spark's {@code ClusteringEvaluator}, and in
   * scikit-learn ({@code silhouette_score(..., metric='sqeuclidean')}).
   */
  @Test
  void iris() {
    Optional<Path> file = SharedData.file("iris.csv");
    assumeTrue(file.isPresent(), SharedData.MISSING);
    Schema schema = Schema.empty();
    for (String column : List.of("a", "b", "c", "d")) {
      schema = schema.with(column, DataType.DOUBLE);
    }
    Dataset flowers =
        session
            .read(Csv.of(schema.with("species", DataType.STRING)).at(file.get().toString()))
            .where(col("species").isNotNull());
    Dataset clustered =
        StringIndexer.on("species")
            .fit(flowers)
            .transform(flowers)
            .transform(VectorAssembler.of("a", "b", "c", "d").into("x"));
    Silhouette found = Silhouette.of(clustered, "speciesIndex", "x");
    assertThat(found.rows()).isEqualTo(150);
    assertThat(found.mean()).isCloseTo(.6564679231, within(5e-11));
  }

  @Test
  void whatCannotBeMeasuredIsNamed() {
    Dataset good = rows(1, row(0, 0), row(1, 1));
    assertThatThrownBy(() -> Silhouette.of(good, "x", "x"))
        .isInstanceOf(TypeMismatchException.class)
        .hasMessageContaining("column 'x' is VECTOR(1), but LONG");
    assertThatThrownBy(() -> Silhouette.of(good, "c", "c"))
        .isInstanceOf(TypeMismatchException.class)
        .hasMessageContaining("VectorAssembler");
    assertThatThrownBy(() -> Silhouette.of(rows(1), "c", "x"))
        .isInstanceOf(UnusableDataException.class)
        .hasMessageContaining("of 'c' and 'x': there are no rows");
    assertThatThrownBy(() -> Silhouette.of(rows(1, row(3, 0), row(3, 1)), "c", "x"))
        .isInstanceOf(UnusableDataException.class)
        .hasMessageContaining("but cluster 3");
    Dataset nulls = rows(1, row(0, 0), new Object[] {null, new double[1]}, new Object[] {1L, null});
    assertThatThrownBy(() -> Silhouette.of(nulls, "c", "x"))
        .isInstanceOf(UnusableDataException.class)
        .hasMessageContaining("in 2 rows one of them is null");
    Dataset odd = rows(1, row(0, 0), row(1, Double.NaN), row(1, 1 / 0.0), row(1, 3));
    assertThatThrownBy(() -> Silhouette.of(odd, "c", "x"))
        .isInstanceOf(UnusableDataException.class)
        .hasMessageContaining("in 2 rows an element is NaN or infinite");
    Dataset far = rows(1, row(0, 1e300), row(0, 2e300), row(1, -1e300), row(1, 0));
    assertThatThrownBy(() -> Silhouette.of(far, "c", "x"))
        .isInstanceOf(UnusableDataException.class)
        .hasMessageContaining("scale the features");
    assertThat(Silhouette.of(good.select(col("c"), vector(col("c")).as("x")), "c", "x").mean())
        .isZero();
  }

  @Test
  void partialsKeepTheLaws() {
    PartialLaws.of(new ClusterKernel("c", "x", 2), SilhouetteTest::view)
        .hold(40, i -> sums(i, 3, 5));
  }

  @Test
  void tooManyClustersAreTooManyInAnyOrder() {
    for (int most : new int[] {19, 20}) {
      ClusterSums all = new ClusterSums(11, most);
      for (int i : new int[] {7, 2, 9, 0, 1, 3, 4, 8, 5, 6}) {
        all.merge(sums(i, 11, 2));
      }
      assertThat(all.hasTooMany()).isEqualTo(most == 19);
      assertThat(all.clusters()).hasSize(most == 19 ? 0 : 20);
    }
  }

  private static Object view(ClusterSums sums) {
    List<Object> all = new ArrayList<>(List.of(sums.nulls(), sums.unusable(), sums.hasTooMany()));
    sums.clusters()
        .forEach(
            (number, cluster) ->
                all.add(List.of(number, cluster.rows(), Arrays.toString(cluster.sums().round()))));
    return all;
  }

  private static ClusterSums sums(int i, int width, int clusters) {
    ClusterSums sums = new ClusterSums(width);
    for (int c = 0; c < clusters; c++) {
      long number = width > 10 ? clusters * i + c : i * c % 7 - 3;
      sums.cluster(number).addRow().add(c % width, Math.scalb(1 / (i + c + 3.0), 40 * (i % 9)));
    }
    for (int k = 0; k < i % 3; k++) {
      sums.addNull();
      sums.addUnusable();
    }
    return sums;
  }
}
