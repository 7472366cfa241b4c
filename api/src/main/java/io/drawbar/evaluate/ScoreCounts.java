package io.drawbar.evaluate;

import io.drawbar.iterate.Partial;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/** Distinct scores, and how many rows of each label have them; in any order. */
final class ScoreCounts implements Partial<ScoreCounts> {
  private static final int CHUNK = 1 << 16;

  private int size;
  private long unusable;
  private double[] scores;
  private long[] positives;
  private long[] negatives;

  ScoreCounts() {
    this(0);
  }

  private ScoreCounts(int capacity) {
    scores = new double[capacity];
    positives = new long[capacity];
    negatives = new long[capacity];
  }

  void add(double score, long positive, long negative) {
    reserve(1);
    scores[size] = score;
    positives[size] = positive;
    negatives[size++] = negative;
  }

  private void reserve(int more) {
    if (scores.length - size < more) {
      int wanted = Math.addExact(size, more);
      int capacity = (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(wanted, size * 3L / 2 + 16));
      scores = Arrays.copyOf(scores, capacity);
      positives = Arrays.copyOf(positives, capacity);
      negatives = Arrays.copyOf(negatives, capacity);
    }
  }

  void addUnusable(long rows) {
    unusable += rows;
  }

  /** Rows whose score or label could not be used. */
  long unusable() {
    return unusable;
  }

  int size() {
    return size;
  }

  double score(int index) {
    return scores[index];
  }

  long positives(int index) {
    return positives[index];
  }

  long negatives(int index) {
    return negatives[index];
  }

  /** The same in ascending order of scores, which are all distinct. */
  ScoreCounts sorted() {
    // Primitive sort of the scores, then a search for the place of each: no boxes.
    double[] order = Arrays.copyOf(scores, size);
    Arrays.sort(order);
    ScoreCounts sorted = new ScoreCounts(size);
    sorted.size = size;
    sorted.scores = order;
    for (int i = 0; i < size; i++) {
      int place = Arrays.binarySearch(order, scores[i]);
      sorted.positives[place] += positives[i];
      sorted.negatives[place] += negatives[i];
    }
    return sorted;
  }

  @Override
  public void merge(ScoreCounts other) {
    unusable += other.unusable;
    reserve(other.size);
    System.arraycopy(other.scores, 0, scores, size, other.size);
    System.arraycopy(other.positives, 0, positives, size, other.size);
    System.arraycopy(other.negatives, 0, negatives, size, other.size);
    size += other.size;
  }

  @Override
  public void encode(DataOutput out) throws IOException {
    out.writeLong(unusable);
    out.writeInt(size);
    for (int i = 0; i < size; i++) {
      out.writeDouble(scores[i]);
      out.writeLong(positives[i]);
      out.writeLong(negatives[i]);
    }
  }

  /** Reads what {@link #encode} wrote; grows as it reads, so that a wrong size costs nothing. */
  static ScoreCounts decode(DataInput in) throws IOException {
    long unusable = in.readLong();
    int size = in.readInt();
    if (size < 0 || unusable < 0) {
      throw new IOException("counts of %s scores and %s rows".formatted(size, unusable));
    }
    ScoreCounts counts = new ScoreCounts(Math.min(size, CHUNK));
    counts.unusable = unusable;
    for (int i = 0; i < size; i++) {
      double score = in.readDouble();
      long positive = in.readLong();
      long negative = in.readLong();
      if (score != score || positive < 0 || negative < 0) {
        throw new IOException("%s and %s rows of score %s".formatted(positive, negative, score));
      }
      counts.add(score, positive, negative);
    }
    return counts;
  }
}
