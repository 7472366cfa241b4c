package io.drawbar.io;

/** What may be seen in files whose columns are not declared: kinds of cells, and of rows. */
enum CellKind {
  NULL("null"),
  BOOLEAN("BOOLEAN"),
  LONG("LONG"),
  /** A LONG that is no DOUBLE. */
  WIDE("LONG beyond 2^53"),
  DOUBLE("DOUBLE"),
  /** A whole number of JSON beyond the range of a LONG, of which a DOUBLE drops digits. */
  ROUNDED("whole number beyond a LONG"),
  /** A number of JSON beyond the range of a DOUBLE. */
  BEYOND("number beyond a DOUBLE"),
  TEXT("text"),
  LIST("array"),
  OBJECT("object"),
  /** A column of a header; counts files. */
  COLUMN("column"),
  /** A name that a header has twice; counts files. */
  TWICE("name there twice"),
  /** A file with a header. */
  FILE("file"),
  /** A row that can be read. */
  ROW("row"),
  /** A row with another number of fields. */
  RAGGED("row of another number of fields"),
  /** A row that cannot be read for another reason. */
  BAD("bad row"),
  /** There are more columns than {@link Sightings} keeps. */
  OVERFLOW("too many columns");

  static final int COUNT = values().length;

  private final String shown;

  CellKind(String shown) {
    this.shown = shown;
  }

  @Override
  public String toString() {
    return shown;
  }
}
