package io.drawbar.evaluate;

import io.drawbar.Dataset;
import io.drawbar.HeldDataset;
import io.drawbar.UnusableDataException;
import io.drawbar.expr.TypeMismatchException;
import io.drawbar.math.ExactSums;
import io.drawbar.type.DataType;
import io.drawbar.type.VectorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How much nearer rows are to their own cluster than to the next one, by squared Euclidean
 * distance.
 *
 * <p>For a row, a is the mean of its squared distances from the other rows of its cluster, and b
 * the least, over the other clusters, of the mean of those from the rows of that cluster. Its
 * silhouette is {@code (b - a) / max(a, b)}: near 1 it is well placed, near -1 it should be in the
 * next cluster; 0 if it is alone in its cluster, or a and b are the same (P. J. Rousseeuw,
 * "Silhouettes: A Graphical Aid to the Interpretation and Validation of Cluster Analysis", 1987).
 *
 * <p>No pairs of rows are looked at: the mean of the squared distances of x from the rows of a
 * cluster with mean m is {@code |x - m|^2 + v}, where v is that of m (C. Huygens, J. Steiner); for
 * a cluster of n rows with x among them, times {@code n / (n - 1)}. It is what Spark's {@code
 * ClusteringEvaluator} computes from {@code |x|^2}, {@code x m} and the mean of the squared norms;
 * here nothing cancels. Means and v are exact, rounded once; silhouettes are summed exactly. So the
 * result does not depend on the order of rows, nor on leaves and blocks.
 *
 * @param rows the number of rows
 * @param mean the mean of their silhouettes
 * @param clusters each cluster, by its number
 */
public record Silhouette(long rows, double mean, List<Cluster> clusters) {
  private static final int SHOWN = 50;

  /**
   * One cluster.
   *
   * @param number what its rows have in the cluster column
   * @param rows how many they are
   * @param mean the mean of their silhouettes
   */
  public record Cluster(long number, long rows, double mean) {}

  /** Copies the list. */
  public Silhouette {
    clusters = List.copyOf(clusters);
  }

  /**
   * Runs, and measures: reads the rows once, and goes over them twice.
   *
   * @param cluster a LONG column
   * @param features a vector column
   * @throws io.drawbar.type.UnknownColumnException if one of the columns is not there
   * @throws TypeMismatchException if one is of another type
   * @throws UnusableDataException if a cluster or vector is null, an element is NaN or infinite or
   *     so large that distances are, there are fewer than two clusters, or so many that clusters
   *     times elements exceed 4 million
   */
  public static Silhouette of(Dataset clustered, String cluster, String features) {
    DataType numbers = clustered.schema().field(cluster).type();
    DataType vectors = clustered.schema().field(features).type();
    if (numbers != DataType.LONG) {
      throw new TypeMismatchException(
          "Silhouette: column '%s' is %s, but LONG is wanted".formatted(cluster, numbers));
    }
    if (!(vectors instanceof VectorType vector)) {
      throw new TypeMismatchException(
          "Silhouette: column '%s' is %s, but a vector is wanted; VectorAssembler makes one"
              .formatted(features, vectors));
    }
    String what = "Silhouette of '%s' and '%s'".formatted(cluster, features);
    int elements = vector.size();
    if (elements >= ClusterSums.MOST_SUMS / 2) {
      throw new UnusableDataException(
          String.format(Locale.ROOT, "%s: vectors of %,d elements are too long", what, elements));
    }
    try (HeldDataset rows = clustered.hold(List.of(cluster, features))) {
      ClusterSums sums = rows.reduce(new ClusterKernel(cluster, features, elements));
      check(what, sums, elements);
      Centres centres = Centres.of(sums, elements);
      int size = centres.numbers().length;
      Centres end = rows.iterate(new SilhouetteStep(cluster, features, elements, size), centres);
      return of(what, end.found());
    }
  }

  private static void check(String what, ClusterSums sums, int elements) {
    String defect = "";
    if (sums.nulls() > 0) {
      defect =
          String.format(
              Locale.ROOT,
              "in %,d rows one of them is null; filter such rows out before",
              sums.nulls());
    } else if (sums.unusable() > 0) {
      defect =
          String.format(
              Locale.ROOT,
              "in %,d rows an element is NaN or infinite; filter such rows out before",
              sums.unusable());
    } else if (sums.hasTooMany()) {
      defect =
          String.format(
              Locale.ROOT,
              "there are more than %,d clusters of vectors of %,d elements; measure a sample of"
                  + " the clusters",
              ClusterSums.mostClusters(elements + 1),
              elements);
    } else if (sums.clusters().size() < 2) {
      defect =
          sums.clusters().isEmpty()
              ? "there are no rows"
              : "there is but cluster %s, and no other that could be nearer"
                  .formatted(sums.clusters().keySet().iterator().next());
    }
    if (!defect.isEmpty()) {
      throw new UnusableDataException(what + ": " + defect);
    }
  }

  private static Silhouette of(String what, ClusterSums found) {
    List<Cluster> clusters = new ArrayList<>();
    ExactSums total = new ExactSums(1);
    long rows = 0;
    for (Map.Entry<Long, ClusterSums.Cluster> entry : found.clusters().entrySet()) {
      ClusterSums.Cluster one = entry.getValue();
      clusters.add(new Cluster(entry.getKey(), one.rows(), one.sums().round(0) / one.rows()));
      rows += one.rows();
      total.merge(one.sums());
    }
    double mean = total.round(0) / rows;
    if (Double.isNaN(mean)) {
      throw new UnusableDataException(
          what + ": squared distances are beyond the range of DOUBLE; scale the features before");
    }
    return new Silhouette(rows, mean, clusters);
  }

  /** A line, and a table of the clusters. */
  @Override
  public String toString() {
    TextTable table = new TextTable("cluster", "rows", "silhouette");
    for (Cluster cluster : clusters.subList(0, Math.min(SHOWN, clusters.size()))) {
      table.add(Long.toString(cluster.number()), cluster.rows(), cluster.mean());
    }
    if (clusters.size() > SHOWN) {
      table.add("...");
    }
    return String.format(
        Locale.ROOT,
        "Silhouette: %.6f over %,d rows in %,d clusters\n%s",
        mean,
        rows,
        clusters.size(),
        table);
  }
}
