package io.drawbar.testkit;

import io.drawbar.config.Config;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * One choice of everything that must not matter, or matters in the same way everywhere.
 *
 * @param leafBytes the length of a leaf of a file
 * @param blockRows the rows of a block
 * @param parallelism how many tasks run at once
 * @param packing how files are stored
 */
record Variant(long leafBytes, int blockRows, int parallelism, Packing packing) {
  private static final long[] LEAF_BYTES = {1, 64, 4096};
  private static final int[] BLOCK_ROWS = {1, 3, 4096};

  /** The length of a leaf of records in memory that goes with a length of leaves of files. */
  int leafRows() {
    return leafBytes == 1 ? 1 : leafBytes == 64 ? 7 : 100;
  }

  /** The units of determinism, as configuration. */
  Config layout(Config base) {
    // Rows are trained on with the engine's workers, and, as likely, in the program's process.
    String gather = packing == Packing.PLAIN ? "0" : Integer.toString(1 << 20);
    return base.with("drawbar.gather.bytes", gather)
        .with("drawbar.leaf.bytes", Long.toString(leafBytes))
        .with("drawbar.leaf.rows", Integer.toString(leafRows()))
        .with("drawbar.block.rows", Integer.toString(blockRows));
  }

  @Override
  public String toString() {
    return "leaves of %d bytes, blocks of %d, parallelism %d, %s"
        .formatted(leafBytes, blockRows, parallelism, packing.name().toLowerCase(Locale.ROOT));
  }

  /** All combinations. */
  static List<Variant> product(int... parallelisms) {
    List<Variant> all = new ArrayList<>();
    for (int parallelism : parallelisms) {
      for (long leafBytes : LEAF_BYTES) {
        for (int blockRows : BLOCK_ROWS) {
          for (Packing packing : Packing.values()) {
            all.add(new Variant(leafBytes, blockRows, parallelism, packing));
          }
        }
      }
    }
    return all;
  }

  /**
   * Few combinations in which every two choices meet: the next is always the first of those with
   * most pairs that have not met. Sorted by parallelism, so that an engine starts once for each.
   */
  static List<Variant> pairwise(int... parallelisms) {
    List<Variant> candidates = product(parallelisms);
    Set<String> waiting = new HashSet<>();
    candidates.forEach(candidate -> waiting.addAll(candidate.pairs()));
    List<Variant> chosen = new ArrayList<>();
    while (!waiting.isEmpty()) {
      Variant best = candidates.get(0);
      for (Variant candidate : candidates) {
        if (candidate.met(waiting) > best.met(waiting)) {
          best = candidate;
        }
      }
      chosen.add(best);
      waiting.removeAll(best.pairs());
    }
    chosen.sort(Comparator.comparingInt(Variant::parallelism));
    return chosen;
  }

  private long met(Set<String> waiting) {
    return pairs().stream().filter(waiting::contains).count();
  }

  private List<String> pairs() {
    List<String> choices =
        List.of(
            "leaf " + leafBytes, "block " + blockRows, "parallelism " + parallelism, "" + packing);
    List<String> pairs = new ArrayList<>();
    for (int i = 0; i < choices.size(); i++) {
      for (int j = i + 1; j < choices.size(); j++) {
        pairs.add(choices.get(i) + " with " + choices.get(j));
      }
    }
    return pairs;
  }
}
