package io.drawbar.evaluate;

import io.drawbar.iterate.Partial;
import io.drawbar.math.ExactSum;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How many rows have which label and which prediction, and the exact sum of their losses. Classes
 * are texts in UTF-8, numbered as they come; who reads the counts puts them in order.
 *
 * <p>Of too many classes nothing is kept but that they are too many. That is decided by the classes
 * of all rows, whoever merged what: parts never have more of them than the whole.
 */
final class ClassCounts implements Partial<ClassCounts> {
  /** No class: there are too many. */
  static final int NONE = -1;

  private static final int CHUNK = 1 << 13;

  private final Map<ByteBuffer, Integer> numbers = new HashMap<>();
  private final List<byte[]> classes = new ArrayList<>();
  private final ExactSum loss = new ExactSum();
  private long[][] cells = new long[4][4];
  private boolean tooMany;
  private long rows;
  private long nulls;
  private long improbable;

  /** The number of a class, a new one if it has not been seen; {@link #NONE} if too many are. */
  int number(byte[] bytes, int from, int to) {
    if (tooMany) {
      return NONE;
    }
    Integer known = numbers.get(ByteBuffer.wrap(bytes, from, to - from));
    if (known != null) {
      return known;
    }
    if (classes.size() == MulticlassMetrics.MOST_CLASSES) {
      forget();
      return NONE;
    }
    byte[] text = Arrays.copyOfRange(bytes, from, to);
    classes.add(text);
    numbers.put(ByteBuffer.wrap(text), classes.size() - 1);
    if (classes.size() > cells.length) {
      int capacity = Math.min(2 * cells.length, MulticlassMetrics.MOST_CLASSES);
      int before = cells.length;
      cells = Arrays.copyOf(cells, capacity);
      for (int i = 0; i < capacity; i++) {
        cells[i] = i < before ? Arrays.copyOf(cells[i], capacity) : new long[capacity];
      }
    }
    return classes.size() - 1;
  }

  private void forget() {
    tooMany = true;
    numbers.clear();
    classes.clear();
    cells = new long[4][4];
  }

  /** Counts a row. */
  void add(int label, int prediction) {
    rows++;
    // The prediction may have been the class that was one too many.
    if (!tooMany) {
      cells[label][prediction]++;
    }
  }

  void addLoss(double value) {
    loss.add(value);
  }

  /** Counts a row whose label or prediction is null. */
  void addNull() {
    nulls++;
  }

  /** Counts a row whose label has no probability. */
  void addImprobable() {
    improbable++;
  }

  boolean hasTooMany() {
    return tooMany;
  }

  /** Rows with a label and a prediction. */
  long rows() {
    return rows;
  }

  long nulls() {
    return nulls;
  }

  long improbable() {
    return improbable;
  }

  double loss() {
    return loss.round();
  }

  /** The classes, by number. */
  List<byte[]> classes() {
    return List.copyOf(classes);
  }

  /** How many rows have a label and a prediction, both by number. */
  long count(int label, int prediction) {
    return cells[label][prediction];
  }

  @Override
  public void merge(ClassCounts other) {
    rows += other.rows;
    nulls += other.nulls;
    improbable += other.improbable;
    loss.merge(other.loss);
    if (tooMany || other.tooMany) {
      forget();
      return;
    }
    int[] here = new int[other.classes.size()];
    for (int i = 0; i < here.length && !tooMany; i++) {
      byte[] text = other.classes.get(i);
      here[i] = number(text, 0, text.length);
    }
    for (int i = 0; i < here.length && !tooMany; i++) {
      for (int j = 0; j < here.length; j++) {
        cells[here[i]][here[j]] += other.cells[i][j];
      }
    }
  }

  @Override
  public void encode(DataOutput out) throws IOException {
    out.writeLong(rows);
    out.writeLong(nulls);
    out.writeLong(improbable);
    loss.encode(out);
    out.writeBoolean(tooMany);
    out.writeInt(classes.size());
    for (byte[] text : classes) {
      out.writeInt(text.length);
      out.write(text);
    }
    for (int i = 0; i < classes.size(); i++) {
      for (int j = 0; j < classes.size(); j++) {
        if (cells[i][j] > 0) {
          out.writeShort(i);
          out.writeShort(j);
          out.writeLong(cells[i][j]);
        }
      }
    }
    out.writeShort(NONE);
  }

  /** Reads what {@link #encode} wrote; grows as it reads, so that a wrong size costs nothing. */
  static ClassCounts decode(DataInput in) throws IOException {
    ClassCounts counts = new ClassCounts();
    counts.rows = in.readLong();
    counts.nulls = in.readLong();
    counts.improbable = in.readLong();
    counts.loss.merge(ExactSum.decode(in));
    counts.tooMany = in.readBoolean();
    int size = in.readInt();
    boolean isCounted = counts.rows >= 0 && counts.nulls >= 0 && counts.improbable >= 0;
    if (!isCounted || size < 0 || size > MulticlassMetrics.MOST_CLASSES) {
      throw new IOException("counts of %s rows and %s classes".formatted(counts.rows, size));
    }
    for (int i = 0; i < size; i++) {
      byte[] text = text(in);
      if (counts.number(text, 0, text.length) != i) {
        throw new IOException("class %s is there twice".formatted(i));
      }
    }
    for (int i = in.readShort(); i != NONE; i = in.readShort()) {
      int j = in.readShort();
      long rows = in.readLong();
      if (i < 0 || i >= size || j < 0 || j >= size || rows <= 0) {
        throw new IOException("%s rows of class %s taken for %s".formatted(rows, i, j));
      }
      counts.cells[i][j] = rows;
    }
    return counts;
  }

  private static byte[] text(DataInput in) throws IOException {
    int length = in.readInt();
    if (length < 0) {
      throw new IOException("a class of %s bytes".formatted(length));
    }
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    while (text.size() < length) {
      byte[] chunk = new byte[Math.min(CHUNK, length - text.size())];
      in.readFully(chunk);
      text.write(chunk);
    }
    return text.toByteArray();
  }
}
