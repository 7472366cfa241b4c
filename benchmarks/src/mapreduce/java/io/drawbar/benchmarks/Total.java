package io.drawbar.benchmarks;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.apache.hadoop.io.Writable;

/** A sum and how many values it is of; as text, {@code count sum}. */
public final class Total implements Writable {
  long count;
  double sum;

  void clear() {
    count = 0;
    sum = 0;
  }

  void add(long values, double value) {
    count += values;
    sum += value;
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeLong(count);
    out.writeDouble(sum);
  }

  @Override
  public void readFields(DataInput in) throws IOException {
    count = in.readLong();
    sum = in.readDouble();
  }

  @Override
  public String toString() {
    return count + " " + sum;
  }

  /** Adds a line of an output to an answer of two numbers. */
  static void addTo(double[] answer, String line) {
    int space = line.indexOf(' ');
    answer[0] += Long.parseLong(line.substring(0, space));
    answer[1] += Double.parseDouble(line.substring(space + 1));
  }
}
