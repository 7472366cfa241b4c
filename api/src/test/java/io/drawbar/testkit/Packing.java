package io.drawbar.testkit;

/** How the files that are read are stored. */
enum Packing {
  PLAIN,
  GZIP
}
