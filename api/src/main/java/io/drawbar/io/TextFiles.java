package io.drawbar.io;

import io.drawbar.config.Config;
import io.drawbar.spi.FileSystem;
import io.drawbar.spi.Layout;
import io.drawbar.spi.LeafReader;
import io.drawbar.spi.Source;
import io.drawbar.spi.Split;
import io.drawbar.spi.Tolerance;
import io.drawbar.type.DataType;
import io.drawbar.type.Field;
import io.drawbar.type.Schema;
import java.io.IOException;
import java.util.List;

/**
 * Lines of text: one STRING column, {@code line}, never null.
 *
 * <pre>{@code
 * session.read(TextFiles.at("books/*.txt"))
 * }</pre>
 *
 * <p>A line ends with {@code \n} or {@code \r\n}, which is not part of it; an empty line is the
 * empty string. Files are UTF-8, a byte order mark at their start is skipped, a line that is not
 * valid is a bad row. Files are decompressed by their names, see {@link io.drawbar.io.compression}.
 */
public final class TextFiles implements Source {
  private static final long serialVersionUID = 1;

  /** The name of the column. */
  static final String LINE = "line";

  private static final Schema LINES = new Schema(List.of(Field.required(LINE, DataType.STRING)));

  private final InputFiles files;
  private final BadRows badRows;
  private final int longestRow;

  private TextFiles(InputFiles files, BadRows badRows, int longestRow) {
    this.badRows = badRows;
    this.files = files;
    this.longestRow = longestRow;
    TextReader.checkLongestRow(longestRow);
  }

  /**
   * The lines of files.
   *
   * @param paths files; folders, with all that is below them but what starts with {@code _} or
   *     {@code .}; or patterns, see the package page
   */
  public static TextFiles at(String... paths) {
    InputFiles files = new InputFiles(new UriFileSystem(), List.of(paths));
    return new TextFiles(files, BadRows.failFast(), TextReader.LONGEST_ROW);
  }

  /**
   * Writes the texts of one column as lines, into a new folder, or, with {@link
   * TextSink#singleFile}, a new file. What could not be read back is refused: null, a line feed, a
   * carriage return at the end, a byte order mark at the start.
   */
  public static TextSink to(String path) {
    return new TextSink(OutputPlace.folder(path));
  }

  /** The same paths on another file system. */
  public TextFiles on(FileSystem system) {
    return new TextFiles(new InputFiles(system, files.roots()), badRows, longestRow);
  }

  /**
   * The most bytes that a line may have, 64 MiB if nothing is said; up to 2^30. A task needs up to
   * twice as much memory to read one.
   */
  public TextFiles longestRow(int bytes) {
    return new TextFiles(files, badRows, bytes);
  }

  /** What becomes of rows that do not fit; the first one ends the run if nothing is said. */
  public TextFiles badRows(BadRows policy) {
    return new TextFiles(files, policy, longestRow);
  }

  @Override
  public Tolerance tolerance() {
    return badRows.tolerance();
  }

  @Override
  public String place(int file, long offset) {
    return files.place(file, offset);
  }

  @Override
  public TextFiles configured(Config config) {
    return new TextFiles(files.configured(config), badRows.configured(config), longestRow);
  }

  @Override
  public Schema schema() {
    return LINES;
  }

  @Override
  public String describe() {
    return "text " + files.describe();
  }

  /**
   * {@inheritDoc}
   *
   * @throws MissingFileException if nothing is there
   */
  @Override
  public List<Split> splits(Layout layout, int desired, int alignment) {
    return files.splits(layout, desired, alignment);
  }

  @Override
  public LeafReader open(Split split, Layout layout, List<String> columns) throws IOException {
    columns.forEach(LINES::indexOf);
    Schema wanted = columns.isEmpty() ? Schema.empty() : LINES;
    return new TextReader(
        (TextSplit) split,
        files.system(),
        layout,
        new LineParser(wanted),
        RowEntry.TOP,
        new Misfits(badRows),
        longestRow);
  }
}
