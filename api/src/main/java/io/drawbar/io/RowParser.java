package io.drawbar.io;

import io.drawbar.column.Batch;

/** Turns lines into the columns of a block. A row is first {@link #end split}, then {@link #take taken}. */
interface RowParser {
  /** Starts a block: what the last one was made of is free. */
  void begin();

  /**
   * Finds the fields of a row.
   *
   * @param from the first byte of the row
   * @param limit where what has been read ends; line feeds follow
   * @return the first line feed at or after {@code from}
   */
  int end(byte[] bytes, int from, int limit);

  /**
   * Adds the row that was split last.
   *
   * @param row its ordinal in the block; they come in order
   * @param end what {@link #end} returned
   * @throws BadTextException if it does not fit the schema
   */
  void take(int row, byte[] bytes, int from, int end) throws BadTextException;

  /** Whether a line with nothing on it is no row. */
  boolean skipsEmptyLines();

  /** Whether the block will refer to the bytes its rows came from. */
  boolean keepsBytes();

  /** The rows taken since {@link #begin}. */
  Batch block(int rows, byte[] bytes);
}
