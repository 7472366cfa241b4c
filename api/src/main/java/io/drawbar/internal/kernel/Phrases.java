package io.drawbar.internal.kernel;

import io.drawbar.column.Batch;
import io.drawbar.column.ColumnVector;
import io.drawbar.column.StringColumn;
import io.drawbar.expr.Replace;
import io.drawbar.text.Utf8;
import io.drawbar.text.WhiteSpace;
import java.util.Arrays;

/** Texts made of parts of others, and of several; on UTF-8 bytes. */
final class Phrases {
  private Phrases() {}

  /** Text without white space around it: a slice, nothing is copied. */
  record Trimmed(Evaluator operand) implements Evaluator {
    @Override
    public ColumnVector evaluate(Batch batch) {
      StringColumn text = (StringColumn) operand.evaluate(batch);
      int[] starts = new int[batch.rows()];
      int[] ends = new int[batch.rows()];
      for (int n = 0; n < batch.selected(); n++) {
        int i = batch.row(n);
        if (!text.isNull(i)) {
          starts[i] = WhiteSpace.start(text.bytes(), text.starts()[i], text.ends()[i]);
          ends[i] = WhiteSpace.end(text.bytes(), starts[i], text.ends()[i]);
        }
      }
      return new StringColumn(batch.rows(), text.bytes(), starts, ends, text.nulls());
    }
  }

  /** Some code points of a text: a slice, nothing is copied. */
  record Part(Evaluator operand, int from, int length) implements Evaluator {
    @Override
    public ColumnVector evaluate(Batch batch) {
      StringColumn text = (StringColumn) operand.evaluate(batch);
      int[] starts = new int[batch.rows()];
      int[] ends = new int[batch.rows()];
      for (int n = 0; n < batch.selected(); n++) {
        int i = batch.row(n);
        if (!text.isNull(i)) {
          starts[i] = after(text.bytes(), text.starts()[i], text.ends()[i], from);
          ends[i] = after(text.bytes(), starts[i], text.ends()[i], length);
        }
      }
      return new StringColumn(batch.rows(), text.bytes(), starts, ends, text.nulls());
    }

    /** The index after so many code points, or the end of the slice. */
    private static int after(byte[] bytes, int from, int to, int count) {
      int at = from;
      for (int passed = 0; passed < count && at < to; passed++) {
        at++;
        while (at < to && (bytes[at] & 0xC0) == 0x80) {
          at++;
        }
      }
      return at;
    }
  }

  /** Texts one after the other. */
  static final class Joined implements Evaluator {
    private final Evaluator[] parts;
    private final TextOutput output = new TextOutput();

    Joined(Evaluator[] parts) {
      this.parts = parts;
    }

    @Override
    public ColumnVector evaluate(Batch batch) {
      StringColumn[] texts = new StringColumn[parts.length];
      boolean[] nulls = null;
      for (int p = 0; p < parts.length; p++) {
        texts[p] = (StringColumn) parts[p].evaluate(batch);
        nulls = either(nulls, texts[p].nulls(), batch.rows());
      }
      output.begin(batch.rows());
      for (int n = 0; n < batch.selected(); n++) {
        int i = batch.row(n);
        if (nulls == null || !nulls[i]) {
          output.open(i);
          for (StringColumn text : texts) {
            output.append(text.bytes(), text.starts()[i], text.ends()[i]);
          }
          output.close(i);
        }
      }
      return output.column(nulls);
    }

    private static boolean[] either(boolean[] known, boolean[] more, int rows) {
      if (known == null || more == null) {
        return known == null ? more : known;
      }
      boolean[] either = Arrays.copyOf(known, rows);
      for (int i = 0; i < rows; i++) {
        either[i] |= more[i];
      }
      return either;
    }
  }

  /** Text with each occurrence of a constant replaced. */
  static final class Replaced implements Evaluator {
    private final Evaluator operand;
    private final byte[] literal;
    private final byte[] with;
    private final TextOutput output = new TextOutput();

    Replaced(Replace replace, Evaluator operand) {
      this.operand = operand;
      literal = Utf8.encode(replace.literal());
      with = Utf8.encode(replace.with());
    }

    @Override
    public ColumnVector evaluate(Batch batch) {
      StringColumn text = (StringColumn) operand.evaluate(batch);
      output.begin(batch.rows());
      for (int n = 0; n < batch.selected(); n++) {
        int i = batch.row(n);
        if (!text.isNull(i)) {
          output.open(i);
          replace(text.bytes(), text.starts()[i], text.ends()[i]);
          output.close(i);
        }
      }
      return output.column(text.nulls());
    }

    /** Bytes are enough: in UTF-8 no character begins within another. */
    private void replace(byte[] bytes, int from, int to) {
      int copied = from;
      int at = from;
      int last = to - literal.length;
      while (at <= last) {
        if (bytes[at] == literal[0]
            && Utf8.equals(bytes, at, at + literal.length, literal, 0, literal.length)) {
          output.append(bytes, copied, at);
          output.append(with, 0, with.length);
          at += literal.length;
          copied = at;
        } else {
          at++;
        }
      }
      output.append(bytes, copied, to);
    }
  }
}
