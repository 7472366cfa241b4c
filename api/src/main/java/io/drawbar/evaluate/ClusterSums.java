package io.drawbar.evaluate;

import io.drawbar.iterate.Partial;
import io.drawbar.math.ExactSums;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * Rows and exact sums by cluster. Of too many clusters nothing is kept but that they are too many,
 * which the clusters of all rows decide.
 */
final class ClusterSums implements Partial<ClusterSums> {
  /** The most sums that all clusters have together: 100 MB. */
  static final int MOST_SUMS = 1 << 22;

  /** Of one cluster. */
  static final class Cluster {
    private final ExactSums sums;
    private long rows;

    private Cluster(ExactSums sums) {
      this.sums = sums;
    }

    /** Counts a row, whose values the caller adds to the sums. */
    ExactSums addRow() {
      rows++;
      return sums;
    }

    long rows() {
      return rows;
    }

    ExactSums sums() {
      return sums;
    }
  }

  private final int width;
  private final int most;
  private final TreeMap<Long, Cluster> clusters = new TreeMap<>();
  private boolean tooMany;
  private long nulls;
  private long unusable;

  /**
   * Of no rows.
   *
   * @param width how many sums a cluster has
   */
  ClusterSums(int width) {
    this(width, mostClusters(width));
  }

  /** The same for another number of clusters at most. */
  ClusterSums(int width, int most) {
    this.width = width;
    this.most = most;
  }

  /** The most clusters of which sums are kept. */
  static int mostClusters(int width) {
    return MOST_SUMS / width;
  }

  /** The sums of a cluster; null if there are too many clusters. */
  Cluster cluster(long number) {
    if (tooMany) {
      return null;
    }
    Cluster known = clusters.get(number);
    if (known == null) {
      if (clusters.size() == most) {
        forget();
        return null;
      }
      known = new Cluster(new ExactSums(width));
      clusters.put(number, known);
    }
    return known;
  }

  private void forget() {
    tooMany = true;
    clusters.clear();
  }

  void addNull() {
    nulls++;
  }

  void addUnusable() {
    unusable++;
  }

  /** Rows whose cluster or vector is null. */
  long nulls() {
    return nulls;
  }

  /** Rows with an element that is NaN or infinite. */
  long unusable() {
    return unusable;
  }

  boolean hasTooMany() {
    return tooMany;
  }

  /** The clusters by their numbers, ascending. */
  Map<Long, Cluster> clusters() {
    return clusters;
  }

  @Override
  public void merge(ClusterSums other) {
    nulls += other.nulls;
    unusable += other.unusable;
    if (other.tooMany) {
      forget();
    }
    for (Map.Entry<Long, Cluster> entry : other.clusters.entrySet()) {
      Cluster here = cluster(entry.getKey());
      if (here == null) {
        return;
      }
      here.rows += entry.getValue().rows;
      here.sums.merge(entry.getValue().sums);
    }
  }

  @Override
  public void encode(DataOutput out) throws IOException {
    out.writeLong(nulls);
    out.writeLong(unusable);
    out.writeBoolean(tooMany);
    out.writeInt(clusters.size());
    for (Map.Entry<Long, Cluster> entry : clusters.entrySet()) {
      out.writeLong(entry.getKey());
      out.writeLong(entry.getValue().rows);
      entry.getValue().sums.encode(out);
    }
  }

  /** Reads what {@link #encode} wrote; grows as it reads, so that a wrong size costs nothing. */
  static ClusterSums decode(DataInput in, int width) throws IOException {
    ClusterSums read = new ClusterSums(width);
    read.nulls = in.readLong();
    read.unusable = in.readLong();
    read.tooMany = in.readBoolean();
    int size = in.readInt();
    if (read.nulls < 0 || read.unusable < 0 || size < 0 || size > mostClusters(width)) {
      throw new IOException("sums of %s clusters".formatted(size));
    }
    for (int i = 0; i < size; i++) {
      long number = in.readLong();
      long rows = in.readLong();
      if (rows < 0) {
        throw new IOException("cluster %s of %s rows".formatted(number, rows));
      }
      Cluster cluster = new Cluster(ExactSums.decode(in, width));
      cluster.rows = rows;
      read.clusters.put(number, cluster);
    }
    return read;
  }
}
