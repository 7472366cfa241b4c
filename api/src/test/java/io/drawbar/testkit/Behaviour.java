package io.drawbar.testkit;

/**
 * Something a pipeline does whose result is the same on every engine.
 *
 * @param name what it does
 * @param says what its result depends on
 * @param work does it
 */
record Behaviour(String name, Says says, Work work) {
  /** What a result depends on besides the files, the leaves and the blocks. */
  enum Says {
    /** Nothing: it is the same whether files are plain or compressed. */
    ROWS,
    /** It names files and positions as they are stored. */
    PLACES
  }

  /** Does it in a setting, and gives the result. */
  @FunctionalInterface
  interface Work {
    Canonical run(Setting setting);
  }

  @Override
  public String toString() {
    return name;
  }
}
