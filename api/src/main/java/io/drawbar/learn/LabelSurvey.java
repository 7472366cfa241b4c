package io.drawbar.learn;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/** How many rows of each class there are, and which rows cannot be learned from. */
final class LabelSurvey {
  /** Of each class. */
  final long[] rows;

  final Defects defects;

  /** Rows whose label is none of the classes, and the least and greatest of those labels. */
  long strangers;

  double leastStranger = Double.POSITIVE_INFINITY;
  double greatestStranger = Double.NEGATIVE_INFINITY;

  /** Rows whose weight is null, NaN, infinite or less than 0. */
  long badWeights;

  LabelSurvey(int classes, int elements) {
    this(classes, new Defects(elements + 1));
  }

  private LabelSurvey(int classes, Defects defects) {
    this.defects = defects;
    rows = new long[classes];
  }

  /** How many rows could be used. */
  long usable() {
    return Arrays.stream(rows).sum();
  }

  void addStranger(double label) {
    strangers++;
    leastStranger = Math.min(leastStranger, label);
    greatestStranger = Math.max(greatestStranger, label);
  }

  void merge(LabelSurvey other) {
    defects.add(other.defects);
    for (int k = 0; k < rows.length; k++) {
      rows[k] += other.rows[k];
    }
    strangers += other.strangers;
    leastStranger = Math.min(leastStranger, other.leastStranger);
    greatestStranger = Math.max(greatestStranger, other.greatestStranger);
    badWeights += other.badWeights;
  }

  /** Forgets all. */
  void clear() {
    defects.clear();
    Arrays.fill(rows, 0);
    strangers = 0;
    leastStranger = Double.POSITIVE_INFINITY;
    greatestStranger = Double.NEGATIVE_INFINITY;
    badWeights = 0;
  }

  void encode(DataOutput out) throws IOException {
    defects.encode(out);
    for (long count : rows) {
      out.writeLong(count);
    }
    out.writeLong(strangers);
    out.writeDouble(leastStranger);
    out.writeDouble(greatestStranger);
    out.writeLong(badWeights);
  }

  static LabelSurvey decode(DataInput in, int classes, int elements) throws IOException {
    LabelSurvey survey = new LabelSurvey(classes, Defects.decode(in, elements + 1));
    for (int k = 0; k < classes; k++) {
      survey.rows[k] = count(in);
    }
    survey.strangers = count(in);
    survey.leastStranger = in.readDouble();
    survey.greatestStranger = in.readDouble();
    survey.badWeights = count(in);
    return survey;
  }

  static long count(DataInput in) throws IOException {
    long count = in.readLong();
    if (count < 0) {
      throw new IOException("sums by class: a count is " + count);
    }
    return count;
  }
}
