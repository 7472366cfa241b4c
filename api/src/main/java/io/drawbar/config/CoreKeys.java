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

  /** The heap that groups, joins, sorted and collected rows of a session may take together. */
  public static final ConfigKey<Long> MEMORY =
      ConfigKey.bytes(
          "drawbar.memory",
          0,
          0,
          Long.MAX_VALUE,
          "The heap that groups, joins, sorted and collected rows may take; 0 is half of it. Groups and"
              + " rows beyond it are put down on disk.");

  /** How much a task holds before it puts it down on disk. */
  public static final ConfigKey<Long> SPILL_BYTES =
      ConfigKey.bytes(
          "drawbar.spill.bytes",
          0,
          0,
          Long.MAX_VALUE,
          "How much a task holds in groups and rows before it puts them down on disk; 0 is its share"
              + " of memory, which it never exceeds. No result changes.");

  /** Where tasks put down what has no room in memory. */
  public static final ConfigKey<String> SPILL_FOLDER =
      ConfigKey.string(
          "drawbar.spill.folder",
          "",
          "The folder, of each machine, where tasks put down groups and rows that have no room in"
              + " memory; empty for the engine's, or that of the system for temporary files.");

  /** Where cached rows are kept. */
  public static final ConfigKey<String> SCRATCH_FOLDER =
      ConfigKey.string(
          "drawbar.scratch.folder",
          "",
          "Where cached rows are kept until the session is closed, seen by all tasks; empty for the"
              + " folder of the system for temporary files.");

  /** Up to which size rows that are trained on are gathered in the program's own process. */
  public static final ConfigKey<Long> GATHER_BYTES =
      ConfigKey.bytes(
          "drawbar.gather.bytes",
          32L << 20,
          0,
          Long.MAX_VALUE,
          "Rows read from no more bytes than these are gathered by one job and trained on in the"
              + " program's own process, whatever the engine; 0 for never. No result changes.");

  /** Where the state of a training is put down now and then; empty, the default, for nowhere. */
  public static final ConfigKey<String> CHECKPOINT_FOLDER =
      ConfigKey.string(
          "drawbar.checkpoint.folder",
          "",
          "Where the state of a training is put down, to be taken up by the next program that trains"
              + " the same, on any engine; empty for nowhere.");

  /** How many supersteps there are from one checkpoint to the next, at most. */
  public static final ConfigKey<Integer> CHECKPOINT_SUPERSTEPS =
      ConfigKey.integer(
          "drawbar.checkpoint.supersteps",
          10,
          1,
          Integer.MAX_VALUE,
          "How many supersteps there are from one checkpoint to the next, at most.");

  /** How many seconds there are from one checkpoint to the next, about. */
  public static final ConfigKey<Integer> CHECKPOINT_SECONDS =
      ConfigKey.integer(
          "drawbar.checkpoint.seconds",
          30,
          0,
          Integer.MAX_VALUE,
          "After how many seconds a superstep that ends is followed by a checkpoint.");

  /** Whether a bar shows the progress of runs. */
  public static final ConfigKey<String> PROGRESS =
      ConfigKey.choice(
          "drawbar.progress",
          "auto",
          List.of("auto", "bar", "none"),
          "Whether a bar shows the progress of runs: on a terminal, always, or never.");

  private static final List<ConfigKey<?>> ALL =
      List.of(
          ENGINE,
          PARALLELISM,
          LEAF_BYTES,
          LEAF_ROWS,
          BLOCK_ROWS,
          MEMORY,
          SPILL_BYTES,
          SPILL_FOLDER,
          SCRATCH_FOLDER,
          GATHER_BYTES,
          CHECKPOINT_FOLDER,
          CHECKPOINT_SUPERSTEPS,
          CHECKPOINT_SECONDS,
          PROGRESS);

  private CoreKeys() {}

  /** The bytes that {@link #MEMORY} comes to in this JVM. */
  public static long memoryBytes(Config config) {
    long wanted = config.value(MEMORY);
    return wanted > 0 ? wanted : Runtime.getRuntime().maxMemory() / 2;
  }

  /** All of them. */
  public static List<ConfigKey<?>> all() {
    return ALL;
  }
}
