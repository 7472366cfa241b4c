package io.drawbar.internal.kernel;

import io.drawbar.column.Batch;
import io.drawbar.column.ColumnVector;
import io.drawbar.column.ListColumn;
import io.drawbar.column.LongColumn;
import io.drawbar.column.StringColumn;
import io.drawbar.expr.EvaluationException;
import io.drawbar.text.CaseMapping;
import io.drawbar.text.Slices;
import io.drawbar.text.Splitter;
import java.util.Arrays;

/** Functions of text, on UTF-8 bytes. */
final class Texts {
  private static final int MOST_BYTES = Integer.MAX_VALUE - 16;

  private Texts() {}

  /** Text in lower or upper case. */
  static final class Case implements Evaluator {
    private final Evaluator operand;
    private final boolean lower;
    private byte[] bytes = new byte[0];

    Case(Evaluator operand, boolean lower) {
      this.operand = operand;
      this.lower = lower;
    }

    @Override
    public ColumnVector evaluate(Batch batch) {
      StringColumn text = (StringColumn) operand.evaluate(batch);
      int[] starts = new int[batch.rows()];
      int[] ends = new int[batch.rows()];
      reserve(batch, text);
      int at = 0;
      for (int n = 0; n < batch.selected(); n++) {
        int i = batch.row(n);
        if (!text.isNull(i)) {
          starts[i] = at;
          int from = text.starts()[i];
          int to = text.ends()[i];
          at =
              lower
                  ? CaseMapping.lower(text.bytes(), from, to, bytes, at)
                  : CaseMapping.upper(text.bytes(), from, to, bytes, at);
          ends[i] = at;
        }
      }
      return new StringColumn(batch.rows(), bytes, starts, ends, text.nulls());
    }

    private void reserve(Batch batch, StringColumn text) {
      long length = 0;
      for (int n = 0; n < batch.selected(); n++) {
        int i = batch.row(n);
        length += text.isNull(i) ? 0 : CaseMapping.maxLength(text.ends()[i] - text.starts()[i]);
      }
      if (bytes.length < length) {
        if (length > MOST_BYTES) {
          throw new EvaluationException(
              "the texts of one block take more than 2 GiB in the other case;"
                  + " use a smaller drawbar.block.rows");
        }
        bytes = new byte[(int) length];
      }
    }
  }

  /** The number of code points. */
  record Length(Evaluator operand) implements Evaluator {
    @Override
    public ColumnVector evaluate(Batch batch) {
      StringColumn text = (StringColumn) operand.evaluate(batch);
      long[] values = new long[batch.rows()];
      for (int n = 0; n < batch.selected(); n++) {
        int i = batch.row(n);
        for (int at = text.starts()[i]; !text.isNull(i) && at < text.ends()[i]; at++) {
          values[i] += (text.bytes()[at] & 0xC0) == 0x80 ? 0 : 1;
        }
      }
      return new LongColumn(batch.rows(), values, text.nulls());
    }
  }

  /**
   * The pieces between the matches of a regular expression: slices of the text, nothing is copied.
   */
  static final class Pieces implements Evaluator {
    private final Evaluator operand;
    private final Splitter splitter;
    private final Slices slices = new Slices();

    Pieces(Evaluator operand, String regex) {
      this.operand = operand;
      splitter = Splitter.of(regex);
    }

    @Override
    public ColumnVector evaluate(Batch batch) {
      StringColumn text = (StringColumn) operand.evaluate(batch);
      int[] starts = new int[batch.rows()];
      int[] ends = new int[batch.rows()];
      slices.clear();
      for (int n = 0; n < batch.selected(); n++) {
        int i = batch.row(n);
        if (!text.isNull(i)) {
          starts[i] = slices.size();
          splitter.split(text.bytes(), text.starts()[i], text.ends()[i], slices);
          ends[i] = slices.size();
        }
      }
      int count = slices.size();
      int[] from = new int[count];
      int[] to = new int[count];
      for (int k = 0; k < count; k++) {
        from[k] = slices.start(k);
        to[k] = slices.end(k);
      }
      StringColumn pieces = new StringColumn(count, text.bytes(), from, to, null);
      return new ListColumn(batch.rows(), starts, ends, pieces, text.nulls());
    }
  }

  /** Lists without the items that are empty or null; nothing is copied but where the others are. */
  record NonEmpty(Evaluator operand) implements Evaluator {
    @Override
    public ColumnVector evaluate(Batch batch) {
      ListColumn lists = (ListColumn) operand.evaluate(batch);
      StringColumn items = (StringColumn) lists.items();
      int[] starts = new int[batch.rows()];
      int[] ends = new int[batch.rows()];
      int[] from = new int[items.size()];
      int[] to = new int[items.size()];
      int kept = 0;
      for (int n = 0; n < batch.selected(); n++) {
        int i = batch.row(n);
        starts[i] = kept;
        for (int k = lists.starts()[i]; !lists.isNull(i) && k < lists.ends()[i]; k++) {
          if (!items.isNull(k) && items.starts()[k] < items.ends()[k]) {
            if (kept == from.length) {
              from = Arrays.copyOf(from, Math.max(64, 2 * kept));
              to = Arrays.copyOf(to, from.length);
            }
            from[kept] = items.starts()[k];
            to[kept++] = items.ends()[k];
          }
        }
        ends[i] = kept;
      }
      StringColumn texts = new StringColumn(kept, items.bytes(), from, to, null);
      return new ListColumn(batch.rows(), starts, ends, texts, lists.nulls());
    }
  }
}
