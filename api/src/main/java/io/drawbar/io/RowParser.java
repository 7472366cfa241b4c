package io.drawbar.io;

import io.drawbar.column.Batch;

/**
 * Turns lines into the columns of a block. A row is first {@link #end split}, then {@link #take
 * taken}, and at last, together with others, {@link #convert converted}.
 */
interface RowParser {
  /** Tells the parser what its rows will be taken from, once: for one that says where they are. */
  default void over(TextBuffer buffer) {}

  /** Has the parser go on after rows that do not fit, if these do not end the reading. */
  default void tolerate(Misfits misfits) {}

  /**
   * Leaves a place for a row that is bad: one that {@link #take} has thrown an error about, or that
   * is too long to be split.
   */
  default void omit(byte[] bytes) throws BadTextException {
    throw new IllegalStateException("bad rows end the reading of " + getClass().getSimpleName());
  }

  /** Starts a block: what the last one was made of is free. */
  void begin();

  /**
   * Finds the fields of a row.
   *
   * @param from the first byte of the row; line feeds follow the last byte there is
   * @return the first line feed at or after {@code from} that ends the row, or the limit of what
   *     has been read
   */
  int end(byte[] bytes, int from);

  /**
   * Adds the row that was split last.
   *
   * @param end what {@link #end} returned
   * @throws BadTextException if it, or, where the first one ends the reading, a row taken before,
   *     does not fit the schema
   */
  void take(byte[] bytes, int from, int end) throws BadTextException;

  /**
   * Makes values of the rows taken so far, if taking them has not: unless the parser {@link
   * #keepsBytes keeps} them, their bytes may move.
   *
   * @throws BadTextException if a row does not fit the schema, and ends the reading; the first one,
   *     if several do not. Else the {@link Misfits} are told
   */
  default void convert(byte[] bytes) throws BadTextException {}

  /** The rows converted since {@link #begin}. */
  Batch block(byte[] bytes);

  /** Whether a line with nothing on it is no row. */
  boolean skipsEmptyLines();

  /** The byte that a line starts with that is no row; -1 if there is none. */
  default int comment() {
    return -1;
  }

  /** Whether the block will refer to the bytes its rows came from. */
  default boolean keepsBytes() {
    return false;
  }
}
