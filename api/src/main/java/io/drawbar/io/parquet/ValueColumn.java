package io.drawbar.io.parquet;

import io.drawbar.column.ColumnVector;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.ValuesType;
import org.apache.parquet.column.values.ValuesReader;

/**
 * The values of a column of a block, taken from pages many at a time. The two encodings that most
 * files are of are decoded here; for the others the library's readers are asked, value by value.
 */
abstract class ValueColumn {
  private static final int IDS = 1 << 10;

  private enum Form {
    PLAIN,
    DICTIONARY,
    BITS,
    OTHER
  }

  final ColumnDescriptor leaf;
  private final HybridInput ids = new HybridInput();
  private final int[] some = new int[IDS];
  private Form form;
  private ValuesReader other;

  /** How many values the dictionary has, or -1 without one. */
  private int dictionarySize = -1;

  ValueColumn(ColumnDescriptor leaf) {
    this.leaf = leaf;
  }

  /** Takes the values of a dictionary page. */
  final void dictionary(byte[] bytes, int from, int to, int count) {
    takeDictionary(bytes, from, to, count);
    dictionarySize = count;
  }

  /** Another row group begins. */
  void forget() {
    dictionarySize = -1;
  }

  /** Begins the values of a page of data. */
  final void begin(Pages page) throws IOException {
    Encoding encoding = page.encoding;
    byte[] bytes = page.valueBytes;
    int from = page.valuesFrom;
    int to = page.valuesTo;
    if (encoding == Encoding.PLAIN) {
      form = Form.PLAIN;
      beginPlain(bytes, from, to);
    } else if (encoding == Encoding.PLAIN_DICTIONARY || encoding == Encoding.RLE_DICTIONARY) {
      if (dictionarySize < 0) {
        throw new DamageException("values are places in a dictionary, and there is none");
      }
      form = Form.DICTIONARY;
      // A page of nulls may have nothing here.
      ids.begin(bytes, Math.min(to, from + 1), to, from < to ? bytes[from] : 0);
      beginIds();
    } else if (encoding == Encoding.RLE && this instanceof BooleanValues) {
      form = Form.BITS;
      ids.begin(bytes, Math.min(to, from + 4), to, 1);
    } else {
      form = Form.OTHER;
      other = reader(encoding, bytes, from, to, page.count);
      beginOther();
    }
  }

  private ValuesReader reader(Encoding encoding, byte[] bytes, int from, int to, int count)
      throws IOException {
    ValuesReader reader;
    try {
      DeltaCheck.check(encoding, bytes, from, to, count);
      reader = encoding.getValuesReader(leaf, ValuesType.VALUES);
      ByteBuffer values = ByteBuffer.wrap(bytes, from, to - from).slice();
      reader.initFromPage(count, ByteBufferInputStream.wrap(values));
    } catch (UnsupportedOperationException e) {
      throw new DamageException("values are encoded as %s".formatted(encoding));
    }
    return reader;
  }

  /** Takes values, none of which is null, to the indices from {@code at} on. */
  final void read(int at, int count) {
    switch (form) {
      case PLAIN -> plain(at, count);
      case OTHER -> other(other, at, count);
      default -> {
        int done = 0;
        while (done < count) {
          int equal = ids.equal(count - done);
          if (equal > 0) {
            repeat(checked(ids.value()), at + done, equal);
            done += equal;
          } else {
            int got = ids.packed(some, 0, Math.min(IDS, count - done));
            pick(some, at + done, got);
            done += got;
          }
        }
      }
    }
  }

  /** Passes over values, none of which is null. */
  final void skip(int count) {
    switch (form) {
      case PLAIN -> skipPlain(count);
      case OTHER -> other.skip(count);
      default -> ids.skip(count);
    }
  }

  private int checked(int id) {
    if (form == Form.DICTIONARY && (id < 0 || id >= dictionarySize)) {
      throw new DamageException(
          "a value is said to be number %s of a dictionary of %s".formatted(id, dictionarySize));
    }
    return id;
  }

  /** Checks places in the dictionary, all at once. */
  final void check(int[] places, int count) {
    int all = 0;
    int greatest = 0;
    for (int i = 0; i < count; i++) {
      all |= places[i];
      greatest = Math.max(greatest, places[i]);
    }
    checked(all < 0 ? -1 : greatest);
  }

  /** Checks that bytes are there before room is made for what is in them. */
  static void checkSize(long count, int width, int from, int to) {
    if (count * width > to - from) {
      throw new DamageException(
          "%s values of %s bytes in %s bytes".formatted(count, width, to - from));
    }
  }

  abstract void takeDictionary(byte[] bytes, int from, int to, int count);

  abstract void beginPlain(byte[] bytes, int from, int to);

  abstract void plain(int at, int count);

  abstract void skipPlain(int count);

  /** Takes the value at one place in the dictionary several times. */
  abstract void repeat(int place, int at, int count);

  /** Takes the values at some places in the dictionary. */
  abstract void pick(int[] places, int at, int count);

  abstract void other(ValuesReader reader, int at, int count);

  void beginIds() {}

  void beginOther() {}

  /** A page ends, and its bytes go; values that have been taken stay. */
  void endPage() {}

  /** Another block begins: values that have been taken may go. */
  void beginBlock() {}

  /** Makes room for so many values; those that are there stay. */
  abstract void reserve(int count);

  /**
   * Moves values apart, so that those of rows that are null are between.
   *
   * @param present how many values there are from {@code at} on
   * @param count how many rows
   */
  abstract void spread(boolean[] nulls, int at, int present, int count);

  /** The first values as a column. */
  abstract ColumnVector vector(int size, boolean[] nulls);
}
