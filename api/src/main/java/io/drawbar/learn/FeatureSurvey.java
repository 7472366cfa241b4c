package io.drawbar.learn;

import io.drawbar.iterate.Partial;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** How many rows of features there are, and what is wrong with them. */
final class FeatureSurvey implements Partial<FeatureSurvey> {
  private static final int NONE = Integer.MAX_VALUE;

  private final Defects defects;
  private long rows;
  private int large = NONE;

  FeatureSurvey(int elements) {
    this(new Defects(elements));
  }

  private FeatureSurvey(Defects defects) {
    this.defects = defects;
  }

  Defects defects() {
    return defects;
  }

  /** How many rows are finite. */
  long rows() {
    return rows;
  }

  /** Whether there are finite values that cannot be squared. */
  boolean hasLarge() {
    return large != NONE;
  }

  /** The first element with such values. */
  int large() {
    return large;
  }

  void addRows(long more) {
    rows += more;
  }

  void addLarge(int element) {
    large = Math.min(large, element);
  }

  @Override
  public void merge(FeatureSurvey other) {
    defects.add(other.defects);
    rows += other.rows;
    large = Math.min(large, other.large);
  }

  @Override
  public void encode(DataOutput out) throws IOException {
    defects.encode(out);
    out.writeLong(rows);
    out.writeInt(large);
  }

  static FeatureSurvey decode(DataInput in, int elements) throws IOException {
    FeatureSurvey survey = new FeatureSurvey(Defects.decode(in, elements));
    survey.rows = in.readLong();
    survey.large = in.readInt();
    if (survey.rows < 0 || survey.large < 0 || survey.large >= elements && survey.large != NONE) {
      throw new IOException(
          "survey of %s rows, element %s of %s".formatted(survey.rows, survey.large, elements));
    }
    return survey;
  }
}
