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
 * @param training where rows are that are trained on
 */
record Variant(long leafBytes, int blockRows, int parallelism, Packing packing, Training training) {
  /** Where rows are that are gone over again and again. */
  enum Training {
    /** With the engine's workers, however few they are. */
    HELD("0"),
    /** In the program's process: those of the contract are few. */
    GATHERED("1048576");

    private final String bytes;

    Training(String bytes) {
      this.bytes = bytes;
    }
  }

  private static final long[] LEAF_BYTES = {1, 64, 4096};
  private static final int[] BLOCK_ROWS = {1, 3, 4096};

  /** The length of a leaf of records in memory that goes with a length of leaves of files. */
  int leafRows() {
    return leafBytes == 1 ? 1 : leafBytes == 64 ? 7 : 100;
  }

  /** The units of determinism, as configuration. */
  Config layout(Config base) {
    return base.with("drawbar.gather.bytes", training.bytes)
        .with("drawbar.leaf.bytes", Long.toString(leafBytes))
        .with("drawbar.leaf.rows", Integer.toString(leafRows()))
        .with("drawbar.block.rows", Integer.toString(blockRows));
  }

  /** The same, and with blocks of some length tasks hold a few rows before they put them down. */
  Config little(Config base) {
    return layout(base).with("drawbar.spill.bytes", blockRows == 3 ? "1500" : "0");
  }

  @Override
  public String toString() {
    return "leaves of %d bytes, blocks of %d, parallelism %d, %s, %s"
        .formatted(leafBytes, blockRows, parallelism, packing, training)
        .toLowerCase(Locale.ROOT);
  }

  /** All combinations. */
  private static List<Variant> product(int... parallelisms) {
    List<Variant> all = new ArrayList<>();
    for (int parallelism : parallelisms) {
      for (long leafBytes : LEAF_BYTES) {
        for (int blockRows : BLOCK_ROWS) {
          for (Packing packing : Packing.values()) {
            for (Training training : Training.values()) {
              all.add(new Variant(leafBytes, blockRows, parallelism, packing, training));
            }
          }
        }
      }
    }
    return all;
  }

  /**
   * The {@link #pairwise} ones, and of all other leaves, blocks, parallelisms and packings one
   * each: most behaviours train nothing.
   */
  static List<Variant> layouts(int... parallelisms) {
    List<Variant> chosen = pairwise(parallelisms);
    Set<Variant> met = new HashSet<>();
    chosen.forEach(variant -> met.add(variant.trained(Training.HELD)));
    for (Variant variant : product(parallelisms)) {
      if (met.add(variant.trained(Training.HELD))) {
        chosen.add(variant);
      }
    }
    chosen.sort(Comparator.comparingInt(Variant::parallelism));
    return chosen;
  }

  /** The same with rows that are trained on elsewhere. */
  private Variant trained(Training where) {
    return new Variant(leafBytes, blockRows, parallelism, packing, where);
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
            "leaf " + leafBytes,
            "block " + blockRows,
            "parallelism " + parallelism,
            "" + packing,
            "" + training);
    List<String> pairs = new ArrayList<>();
    for (int i = 0; i < choices.size(); i++) {
      for (int j = i + 1; j < choices.size(); j++) {
        pairs.add(choices.get(i) + " with " + choices.get(j));
      }
    }
    return pairs;
  }
}
