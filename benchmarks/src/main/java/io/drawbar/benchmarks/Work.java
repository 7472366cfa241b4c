package io.drawbar.benchmarks;

/** What programs do, and are held against each other in: a {@link Job}, or something to learn. */
interface Work {
  /** Its name, by which programs offer to do it. */
  String name();
}
