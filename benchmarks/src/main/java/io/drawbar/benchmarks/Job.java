package io.drawbar.benchmarks;

/** What the benchmarks time, and the form of the answer. */
enum Job implements Work {
  /** How many different words, and the sum over them of count times {@link Words#weight}. */
  WORD_COUNT,
  /** How many keys, and the sum of their averages. */
  KEYED_AVERAGE,
  /** How many pairs of rows, and the sum over them of amount times rate. */
  JOIN,
  /** How many rows are written, and the sum over them of place, from 0 to 1, times temperature. */
  SORT,
  /** Intercept and coefficients, read and parsed in the time that counts. */
  REGRESSION_FROM_CSV,
  /** Intercept and coefficients of rows that are kept in memory. */
  REGRESSION_FROM_CACHE,
  /** The sum of each column. */
  READ_CSV,
  /** The sum of each column. */
  READ_JSON,
  /** The sum of the labels, and that of all features of all rows. */
  READ_LIBSVM,
  /** Nothing: files are written, and {@link WriteJob#checked looked at} afterwards. */
  WRITE_CSV,
  /** The sum of each column. */
  READ_PARQUET,
  /** How many bytes the state has, and most of the bits of its last element, at the end. */
  SUPERSTEPS
}
