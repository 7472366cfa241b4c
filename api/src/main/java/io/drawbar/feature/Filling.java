package io.drawbar.feature;

/** What an {@link Imputer} puts where values are missing. */
public enum Filling {
  /**
   * The mean of the values that are there: their exact sum, divided by how many there are, rounded
   * once. A LONG column becomes DOUBLE.
   */
  MEAN,

  /** The median, exact, by nearest rank: of an even number the lower of the two in the middle. */
  MEDIAN,

  /** The most frequent value; of those that are as frequent the least. */
  MOST_FREQUENT,

  /** A constant that is given. */
  CONSTANT
}
