package io.drawbar.learn;

import io.drawbar.iterate.Partial;
import io.drawbar.math.ExactSums;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Of each cluster the number of rows and the sums of their elements, and of all rows the sum of
 * squared distances to their centres: exact sums of what blocks amount to.
 */
final class ClusterSums implements Partial<ClusterSums> {
  private final ExactSums sums;
  private final long[] sizes;

  ClusterSums(int clusters, int elements) {
    this(new ExactSums(length(clusters, elements)), clusters);
  }

  private ClusterSums(ExactSums sums, int clusters) {
    this.sums = sums;
    sizes = new long[clusters];
  }

  /** Clusters times elements, and the cost at the end. */
  static int length(int clusters, int elements) {
    return Math.toIntExact((long) clusters * elements + 1);
  }

  long[] sizes() {
    return sizes;
  }

  /** The cost. */
  double cost() {
    return sums.round(sums.size() - 1);
  }

  /** The mean of an element of a cluster that has rows. */
  double mean(int cluster, int element) {
    int elements = (sums.size() - 1) / sizes.length;
    return sums.round(cluster * elements + element) / sizes[cluster];
  }

  /** Adds a block: the sums by cluster, then the cost. */
  void add(double[] more, long[] rows) {
    sums.add(more);
    for (int c = 0; c < sizes.length; c++) {
      sizes[c] += rows[c];
    }
  }

  @Override
  public void merge(ClusterSums other) {
    sums.merge(other.sums);
    for (int c = 0; c < sizes.length; c++) {
      sizes[c] += other.sizes[c];
    }
  }

  @Override
  public void encode(DataOutput out) throws IOException {
    for (long size : sizes) {
      out.writeLong(size);
    }
    sums.encode(out);
  }

  static ClusterSums decode(DataInput in, int clusters, int elements) throws IOException {
    long[] sizes = new long[clusters];
    for (int c = 0; c < clusters; c++) {
      sizes[c] = in.readLong();
      if (sizes[c] < 0) {
        throw new IOException("a cluster of " + sizes[c] + " rows");
      }
    }
    ExactSums sums = ExactSums.decode(in, length(clusters, elements));
    ClusterSums decoded = new ClusterSums(sums, clusters);
    System.arraycopy(sizes, 0, decoded.sizes, 0, clusters);
    return decoded;
  }
}
