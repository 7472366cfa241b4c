package io.drawbar.feature;

import io.drawbar.iterate.Partial;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/** In how many vectors each element is not zero. */
final class DocumentCounts implements Partial<DocumentCounts> {
  private final long[] counts;
  private long documents;
  private long nulls;
  private long notFinite;

  DocumentCounts(int elements) {
    counts = new long[elements];
  }

  long count(int element) {
    return counts[element];
  }

  long documents() {
    return documents;
  }

  long nulls() {
    return nulls;
  }

  /** How many values are NaN or infinite. */
  long notFinite() {
    return notFinite;
  }

  void addDocuments(long more, long nullVectors, long badValues) {
    documents += more;
    nulls += nullVectors;
    notFinite += badValues;
  }

  void add(int element) {
    counts[element]++;
  }

  @Override
  public void merge(DocumentCounts other) {
    addDocuments(other.documents, other.nulls, other.notFinite);
    for (int i = 0; i < counts.length; i++) {
      counts[i] += other.counts[i];
    }
  }

  /** Counts that are not 0, each with its element: most terms are rare. */
  @Override
  public void encode(DataOutput out) throws IOException {
    out.writeLong(documents);
    out.writeLong(nulls);
    out.writeLong(notFinite);
    out.writeInt((int) Arrays.stream(counts).filter(count -> count != 0).count());
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] != 0) {
        out.writeInt(i);
        out.writeLong(counts[i]);
      }
    }
  }

  static DocumentCounts decode(DataInput in, int elements) throws IOException {
    DocumentCounts found = new DocumentCounts(elements);
    found.addDocuments(in.readLong(), in.readLong(), in.readLong());
    int stored = in.readInt();
    boolean valid = found.documents >= 0 && found.nulls >= 0 && found.notFinite >= 0;
    if (!valid || stored < 0 || stored > elements) {
      throw new IOException(
          "%s of %s counts of %s documents".formatted(stored, elements, found.documents));
    }
    int last = -1;
    for (int k = 0; k < stored; k++) {
      int element = in.readInt();
      long count = in.readLong();
      if (element <= last || element >= elements || count < 0 || count > found.documents) {
        throw new IOException("count %s of element %s after %s".formatted(count, element, last));
      }
      found.counts[element] = count;
      last = element;
    }
    return found;
  }
}
