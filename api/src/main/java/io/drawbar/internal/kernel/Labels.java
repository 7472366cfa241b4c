package io.drawbar.internal.kernel;

import io.drawbar.column.Batch;
import io.drawbar.column.ColumnVector;
import io.drawbar.column.LongColumn;
import io.drawbar.column.StringColumn;
import io.drawbar.expr.EvaluationException;
import io.drawbar.expr.IndexOf;
import io.drawbar.text.Utf8;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Positions of texts among constant labels, by a table of hashes over their bytes. */
final class Labels implements Evaluator {
  private static final int LONGEST_SHOWN = 100;
  private static final int MOST_SHOWN = 5;

  private final IndexOf indexOf;
  private final Evaluator text;
  private final byte[][] labels;

  /** Open addressing: the number of a label, or -1. */
  private final int[] table;

  private long[] scratch = new long[0];

  Labels(IndexOf indexOf, Evaluator text) {
    this.indexOf = indexOf;
    this.text = text;
    labels = indexOf.labels().stream().map(Utf8::encode).toArray(byte[][]::new);
    table = new int[Integer.highestOneBit(Math.max(4, 2 * labels.length)) * 2];
    Arrays.fill(table, -1);
    for (int i = 0; i < labels.length; i++) {
      int slot = slot(labels[i], 0, labels[i].length);
      // Of labels that are equal as UTF-8 the first one counts.
      if (table[slot] < 0) {
        table[slot] = i;
      }
    }
  }

  /** The slot of a text, or the free one where it would be. */
  private int slot(byte[] bytes, int from, int to) {
    int slot = (int) Hashing.xxh64(bytes, from, to) & (table.length - 1);
    while (table[slot] >= 0 && !equal(labels[table[slot]], bytes, from, to)) {
      slot = (slot + 1) & (table.length - 1);
    }
    return slot;
  }

  private static boolean equal(byte[] label, byte[] bytes, int from, int to) {
    return Utf8.equals(label, 0, label.length, bytes, from, to);
  }

  @Override
  public ColumnVector evaluate(Batch batch) {
    StringColumn column = (StringColumn) text.evaluate(batch);
    if (scratch.length < batch.rows()) {
      scratch = new long[batch.rows()];
    }
    for (int n = 0; n < batch.selected(); n++) {
      int row = batch.row(n);
      int index =
          column.isNull(row)
              ? -1
              : table[slot(column.bytes(), column.starts()[row], column.ends()[row])];
      scratch[row] = index >= 0 ? index : otherwise(column, row);
    }
    return new LongColumn(batch.rows(), scratch, null);
  }

  private String known() {
    List<String> all = indexOf.labels();
    String first =
        all.stream().limit(MOST_SHOWN).map(Labels::cut).collect(Collectors.joining(", "));
    return all.size() > MOST_SHOWN ? first + ", ..." : first;
  }

  private static String cut(String text) {
    return text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "..." : text;
  }

  private long otherwise(StringColumn column, int row) {
    if (indexOf.otherwise() != null) {
      return indexOf.otherwise();
    }
    String value = (String) column.value(row);
    String shown = value == null ? "null" : "'" + cut(value) + "'";
    throw new EvaluationException(
        ("%s in %s is none of the %s labels known (%s); filter such rows out before, or give them"
                + " an index, a StringIndexer's with unknownAs(Unknown.OWN_INDEX)")
            .formatted(shown, indexOf.text(), indexOf.labels().size(), known()));
  }
}
