package io.drawbar.spi;

import io.drawbar.config.Config;
import io.drawbar.type.Schema;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;

/**
 * Where rows come from. A source is shipped to the tasks and describes the data; it holds none
 * beyond what its {@link Split splits} carry.
 */
public interface Source extends Serializable {
  /**
   * The same source as a session's configuration has it, with the file systems of its paths say;
   * called on the driver before anything else.
   *
   * @throws io.drawbar.error.DrawbarException if that lacks something
   */
  default Source configured(Config config) {
    return this;
  }

  /** The columns of its rows. */
  Schema schema();

  /** The source in a line, for {@code explain()}: its kind and where it is. */
  String describe();

  /**
   * Whether rows come in the same order, in the same units, each time they are read. Where that is
   * not so (rows of an engine's own dataset, of a table without ORDER BY), the planner puts an
   * exchange by content wherever order is observed, so that results are the same all the same.
   */
  default boolean isOrdered() {
    return true;
  }

  /** How many rows may be bad without ending a run, and where those go. */
  default Tolerance tolerance() {
    return Tolerance.ANY;
  }

  /**
   * Where a row is, for people. Runs on the driver, and may look into the file to count lines.
   *
   * @param file the position of its file in the source
   * @param offset its first byte
   */
  default String place(int file, long offset) {
    return "file %s of %s, byte %s".formatted(file, describe(), offset);
  }

  /**
   * Lists the data and cuts it into ranges of whole leaves, in the order of the leaves. Runs on the
   * driver; looks at names and sizes, never into a leaf.
   *
   * @param layout how long leaves are
   * @param desired how many ranges would be useful; there may be fewer or more
   * @param alignment ranges start at leaves of a file whose ordinal is a multiple of this
   * @throws io.drawbar.error.DrawbarException if the data is not there
   */
  List<Split> splits(Layout layout, int desired, int alignment);

  /**
   * Opens a range in a task.
   *
   * @param columns the columns wanted, in the order wanted; every declared column is checked all
   *     the same, so that what is bad does not depend on the query
   * @throws IOException if reading fails for a reason that another attempt may not meet
   */
  LeafReader open(Split split, Layout layout, List<String> columns) throws IOException;
}
