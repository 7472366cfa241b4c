package io.drawbar.feature;

/** What a {@link StringIndexer} makes of a text that it has not learnt, and of null. */
public enum Unknown {
  /** An error that names it. */
  ERROR,

  /** The index after that of the last label: all of them share it. */
  OWN_INDEX
}
