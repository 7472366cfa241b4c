package io.drawbar.config;

import java.util.List;

/** The keys of the library itself; an engine declares its own. */
public final class CoreKeys {

  /** The engine that runs pipelines, {@code local} by default. */
  public static final ConfigKey<String> ENGINE =
      ConfigKey.string(
          "drawbar.engine", "local", "The engine that runs pipelines, by the name it is found by.");

  /** How many tasks run at once; 0, the default, leaves it to the engine. No result changes. */
  public static final ConfigKey<Integer> PARALLELISM =
      ConfigKey.integer(
          "drawbar.parallelism",
          0,
          0,
          Integer.MAX_VALUE,
          "How many tasks run at once; 0 is all cores, or what the engine gives.");

  /** The size of a leaf of a file, in decompressed bytes; 4 MiB by default. */
  public static final ConfigKey<Long> LEAF_BYTES =
      ConfigKey.bytes(
          "drawbar.leaf.bytes",
          4L << 20,
          1,
          Long.MAX_VALUE,
          "The size of a leaf of a file, in decompressed bytes.");

  /** The size of a leaf of records in memory, in rows; 65,536 by default. */
  public static final ConfigKey<Integer> LEAF_ROWS =
      ConfigKey.integer(
          "drawbar.leaf.rows",
          65_536,
          1,
          Integer.MAX_VALUE,
          "The size of a leaf of records in memory, in rows.");

  /** The size of a block, in rows as read; 4,096 by default. */
  public static final ConfigKey<Integer> BLOCK_ROWS =
      ConfigKey.integer(
          "drawbar.block.rows",
          4_096,
          1,
          Integer.MAX_VALUE,
          "The size of a block, in rows as read.");

  private static final List<ConfigKey<?>> ALL =
      List.of(ENGINE, PARALLELISM, LEAF_BYTES, LEAF_ROWS, BLOCK_ROWS);

  private CoreKeys() {}

  /** All of them. */
  public static List<ConfigKey<?>> all() {
    return ALL;
  }
}
