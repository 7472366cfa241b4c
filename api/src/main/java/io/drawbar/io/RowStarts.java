package io.drawbar.io;

import io.drawbar.error.DrawbarException;
import io.drawbar.spi.Layout;
import io.drawbar.spi.Undeclared;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * In which state of a {@link RowAutomaton} each leaf of some files starts.
 *
 * @param states for each file, by its number, a state for each leaf; null for one that is read from
 *     its start
 */
record RowStarts(ArrayList<byte[]> states) implements Serializable {

  /** What has to be found out, in a line; empty if nothing has. */
  static String survey(InputFiles files, CsvDialect dialect) {
    return dialect.isMultiline()
        ? "see where leaves of 'csv %s' start in quotes that span lines".formatted(files.describe())
        : "";
  }

  /** Finds it out; null if there is no need, for files are whole in any case. */
  static RowStarts survey(
      InputFiles files, CsvDialect dialect, Layout layout, Undeclared.Pass pass) {
    LeafFunctionSource source = new LeafFunctionSource(files, dialect);
    boolean isNeeded =
        dialect.isMultiline()
            && source.splits(layout, 1, 1).stream().anyMatch(s -> s.bytes() > layout.leafBytes());
    return isNeeded ? of(pass.over(source, new LeafFunctions.Kernel())) : null;
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

  /** Composes what all leaves do, from the start of each file. */
  static RowStarts of(LeafFunctions functions) {
    ArrayList<byte[]> states = new ArrayList<>();
    for (int[] leaves : functions.byFile()) {
      byte[] starts = leaves == null ? null : new byte[leaves.length];
      int state = RowAutomaton.ROW_START;
      for (int leaf = 0; starts != null && leaf < starts.length; leaf++) {
        starts[leaf] = (byte) state;
        state = RowAutomaton.apply(leaves[leaf], state);
      }
      states.add(starts);
    }
    return new RowStarts(states);
  }

  /** The state in which a split starts. */
  int state(TextSplit split) {
    if (split.firstLeaf() == 0) {
      return RowAutomaton.ROW_START;
    }
    List<byte[]> files = states;
    byte[] leaves = split.file() < files.size() ? files.get(split.file()) : null;
    if (leaves == null || split.firstLeaf() >= leaves.length) {
      throw new DrawbarException(
          "%s has changed while it was read: it was shorter when its quotes were looked for"
              .formatted(split.shown()));
    }
    return leaves[(int) split.firstLeaf()];
  }
}
