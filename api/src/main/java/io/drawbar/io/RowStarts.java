package io.drawbar.io;

import io.drawbar.spi.Layout;
import io.drawbar.spi.Undeclared;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;

/**
 * In which state of a {@link RowAutomaton} each leaf of some files starts.
 *
 * @param files those of several leaves, by path: a run lists files again, and one that has come
 *     since moves the numbers of others
 */
record RowStarts(HashMap<String, Leaves> files) implements Serializable {
  private static final long serialVersionUID = 1;

  /**
   * The leaves of a file.
   *
   * @param stored how long it was when it was looked at
   * @param states a state for each leaf
   */
  record Leaves(long stored, byte[] states) implements Serializable {
    private static final long serialVersionUID = 1;
  }

  /** What has to be found out, in a line; empty if nothing has. */
  static String survey(InputFiles files, CsvDialect dialect) {
    return dialect.isMultiline()
        ? "see where leaves of 'csv %s' start in quotes that span lines".formatted(files.describe())
        : "";
  }

  /** Finds it out; null if there is no need, for files are whole in any case. */
  static RowStarts survey(
      InputFiles files, CsvDialect dialect, Layout layout, Undeclared.Pass pass) {
    if (!dialect.isMultiline()) {
      return null;
    }
    LeafFunctionSource source = LeafFunctionSource.of(files, dialect, layout);
    return source.wholes().isEmpty()
        ? null
        : of(source.wholes(), pass.over(source, new LeafFunctions.Kernel()));
  }

  /** How the first row of a split is found. */
  static RowEntry entry(TextSplit split, CsvDialect dialect, CsvHeader header, RowStarts starts) {
    return dialect.isMultiline()
        ? new RowEntry(
            header.rowsFrom(),
            new RowAutomaton(dialect),
            starts == null ? RowAutomaton.ROW_START : starts.state(split))
        : new RowEntry(header.rowsFrom(), null, RowAutomaton.ROW_START);
  }

  /**
   * Composes what all leaves do, from the start of each file.
   *
   * @param wholes the files, by the numbers that the functions have
   */
  static RowStarts of(List<TextSplit> wholes, LeafFunctions functions) {
    HashMap<String, Leaves> files = new HashMap<>();
    List<int[]> byFile = functions.byFile();
    for (TextSplit whole : wholes) {
      int[] leaves = byFile.get(whole.file());
      byte[] starts = new byte[leaves.length];
      int state = RowAutomaton.ROW_START;
      for (int leaf = 0; leaf < starts.length; leaf++) {
        starts[leaf] = (byte) state;
        state = RowAutomaton.apply(leaves[leaf], state);
      }
      files.put(whole.path(), new Leaves(whole.stored(), starts));
    }
    return new RowStarts(files);
  }

  /** The state in which a split starts. */
  int state(TextSplit split) {
    if (split.firstLeaf() == 0) {
      return RowAutomaton.ROW_START;
    }
    Leaves leaves = files.get(split.path());
    if (leaves == null || leaves.stored() != split.stored()) {
      throw split.changed(
          "%s when its quotes were looked for"
              .formatted(
                  leaves == null
                      ? "it was not there, or short,"
                      : "it had %s bytes, not %s,".formatted(leaves.stored(), split.stored())));
    }
    return leaves.states()[(int) split.firstLeaf()];
  }
}
