package io.drawbar.spi;

import io.drawbar.type.Schema;

/**
 * A row that did not fit: what a quarantine holds, as lines of JSON. It is read back with {@code
 * Json.of(BadRow.class).at("out/bad")}.
 *
 * @param file the file it is in, as messages name it; null of a row that is of no file
 * @param offset its first byte in the file, decompressed; null if it is of no file
 * @param line its first line in the file, counted from 1; null if it is of no file, or more than 1
 *     GiB into one: who looks there goes by the byte
 * @param column the declared column that did not fit; null if it is the row as a whole
 * @param reason what is wrong with it, and the way out
 * @param text the row as it stands in the file, without its line end, what is not UTF-8 in it as
 *     U+FFFD, and cut after {@value #MOST_TEXT_BYTES} bytes; of a row of no file, its values as
 *     JSON
 */
public record BadRow(
    String file, Long offset, Long line, String column, String reason, String text) {
  /** Of a longer row the rest is in the file. */
  public static final int MOST_TEXT_BYTES = 1 << 20;

  /** Its components as columns. */
  public static final Schema SCHEMA = Schema.of(BadRow.class);
}
