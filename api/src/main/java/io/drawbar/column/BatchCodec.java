package io.drawbar.column;

import io.drawbar.type.Schema;
import java.util.Arrays;

/**
 * The byte form of a batch: what crosses an engine. Little-endian and columnar; only the rows that
 * count are written, so equal rows in equal order and of one form give equal bytes.
 *
 * <p>Layout: number of rows (int); then for each column a flag byte and what it says:
 *
 * <ul>
 *   <li>0: the values; 1: a null bitmap ({@code (rows + 7) / 8} bytes) and the values. Booleans are
 *       a byte each; longs and doubles 8 bytes each; a string column is its lengths (int each) and
 *       then its bytes; vectors are a byte for their form (0 dense, 1 sparse) and then one array of
 *       doubles an element or, of sparse ones, their lengths (int each), the indices of what is
 *       stored (int each) and the values; lists are their lengths (int each) and then the items as
 *       a column of their own;
 *   <li>2: the one long or double that all rows have, as the state of sums and counts often is;
 *   <li>3: nothing, for all rows are null; of longs, doubles and strings only, as 2 for two rows or
 *       more.
 * </ul>
 *
 * <p>The schema is not in the frame: both ends have it from the plan. Decoding checks every length
 * against the bytes that are there before it allocates.
 */
public final class BatchCodec {
  /** Flags of a column whose rows may differ: whether a bitmap of nulls follows. */
  static final byte WITHOUT_NULLS = 0;

  static final byte WITH_NULLS = 1;

  /** Flags of a column whose rows are all the same number, or all null. */
  static final byte SAME = 2;

  static final byte ABSENT = 3;

  /** Forms of a column of vectors. */
  static final byte DENSE = 0;

  static final byte SPARSE = 1;

  /**
   * The most rows that are written as one: since a few bytes then stand for all of them, this is
   * what bounds the memory that a damaged frame can ask for.
   */
  static final int MOST_ALIKE = 1 << 16;

  private BatchCodec() {}

  /**
   * Encodes the rows that count.
   *
   * @param headroom bytes to leave free at the front for the caller's own header
   */
  public static byte[] encode(Batch batch, int headroom) {
    BatchEncoder encoder = new BatchEncoder(headroom);
    int count = batch.selected();
    int[] rows = batch.selection();
    if (rows == null) {
      rows = new int[count];
      Arrays.setAll(rows, i -> i);
    }
    encoder.putInt(count);
    for (int c = 0; c < batch.schema().size(); c++) {
      encoder.column(batch.column(c), rows, count);
    }
    return encoder.toBytes();
  }

  /**
   * Decodes a batch.
   *
   * @param offset where the encoded batch starts; it ends where the array does
   * @throws IllegalArgumentException if the bytes are not a batch of that schema
   */
  public static Batch decode(Schema schema, byte[] bytes, int offset) {
    BatchDecoder decoder = new BatchDecoder(bytes, offset);
    int count = decoder.count();
    ColumnVector[] columns = new ColumnVector[schema.size()];
    for (int c = 0; c < columns.length; c++) {
      columns[c] = decoder.column(schema.field(c).type(), count);
    }
    decoder.checkEnd();
    return Batch.of(schema, count, columns);
  }
}
