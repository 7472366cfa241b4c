package io.drawbar.io;

import io.drawbar.column.Batch;
import io.drawbar.column.SparseVectorColumn;
import io.drawbar.config.Config;
import io.drawbar.error.DrawbarException;
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
 * Rows of files in the text format of LIBSVM and SVMlight: a column {@code label}, DOUBLE, and a
 * column {@code features}, a vector of which only what is in the file is stored.
 *
 * <pre>{@code
 * session.read(LibSvm.at("agaricus.txt").features(126))
 * }</pre>
 *
 * <p>A line is {@code label index:value index:value ...}, with indices that start at 1 and ascend;
 * blanks and tabs separate, {@code #} starts a comment. What is not there is 0.0. Empty lines and
 * lines that start with {@code #} are no rows. See the package page for what is a bad row.
 */
public final class LibSvm implements Source {
  private static final long serialVersionUID = 1;

  /** The name of the column of labels. */
  static final String LABEL = "label";

  /** The name of the column of vectors. */
  static final String FEATURES = "features";

  private final InputFiles files;
  private final int features;
  private final BadRows badRows;
  private final int longestRow;

  private LibSvm(InputFiles files, int features, BadRows badRows, int longestRow) {
    this.badRows = badRows;
    this.files = files;
    this.features = features;
    this.longestRow = longestRow;
    TextReader.checkLongestRow(longestRow);
  }

  /**
   * The rows of files; {@link #features} is needed, too.
   *
   * @param paths files; folders, with all that is below them but what starts with {@code _} or
   *     {@code .}; or patterns, see the package page
   */
  public static LibSvm at(String... paths) {
    InputFiles files = new InputFiles(new UriFileSystem(), List.of(paths));
    return new LibSvm(files, 0, BadRows.failFast(), TextReader.LONGEST_ROW);
  }

  /**
   * Writes a label and a vector a row, into a new folder, or, with {@link LibSvmSink#singleFile}, a
   * new file. Elements that are 0.0 are left out, indices start at 1.
   */
  public static LibSvmSink to(String path) {
    return new LibSvmSink(OutputPlace.folder(path));
  }

  /** The same paths on another file system. */
  public LibSvm on(FileSystem system) {
    return new LibSvm(new InputFiles(system, files.roots()), features, badRows, longestRow);
  }

  /**
   * How many elements the vectors have: the largest index there may be, at least 1.
   *
   * @throws DrawbarException if it is less
   */
  public LibSvm features(int count) {
    if (count < 1) {
      throw new DrawbarException(
          "%s: vectors have at least 1 element, not %s".formatted(describe(), count));
    }
    return new LibSvm(files, count, badRows, longestRow);
  }

  /**
   * The most bytes that a row may have, 64 MiB if nothing is said; up to 2^30. A task needs up to
   * twice as much memory to read one.
   */
  public LibSvm longestRow(int bytes) {
    return new LibSvm(files, features, badRows, bytes);
  }

  /** What becomes of rows that do not fit; the first one ends the run if nothing is said. */
  public LibSvm badRows(BadRows policy) {
    return new LibSvm(files, features, policy, longestRow);
  }

  @Override
  public Tolerance tolerance() {
    return badRows.tolerance();
  }

  @Override
  public String place(int file, long offset) {
    return files.place(file, offset);
  }

  /**
   * The largest index in the files, 0 if there is none. Reads all of them, in this thread, and
   * checks them on the way; so it is something to do once and write down in {@link #features}.
   *
   * @throws MissingFileException if nothing is there
   * @throws io.drawbar.spi.BadRowException if a row is bad
   * @throws IOException if reading fails
   */
  public int largestIndex() throws IOException {
    LibSvm all = features(Integer.MAX_VALUE);
    Layout layout = new Layout(Long.MAX_VALUE, 1, 4096);
    int largest = 0;
    for (Split split : all.splits(layout, 1, 1)) {
      try (LeafReader reader = all.open(split, layout, List.of(FEATURES))) {
        while (reader.nextLeaf()) {
          for (Batch block = reader.nextBlock(); block != null; block = reader.nextBlock()) {
            largest = Math.max(largest, largestIndex((SparseVectorColumn) block.column(0)));
          }
        }
      }
    }
    return largest;
  }

  private static int largestIndex(SparseVectorColumn vectors) {
    int largest = 0;
    for (int i = 0; i < vectors.size(); i++) {
      if (vectors.ends()[i] > vectors.starts()[i]) {
        largest = Math.max(largest, vectors.indices()[vectors.ends()[i] - 1] + 1);
      }
    }
    return largest;
  }

  @Override
  public LibSvm configured(Config config) {
    return new LibSvm(files.configured(config), features, badRows.configured(config), longestRow);
  }

  /**
   * {@inheritDoc}
   *
   * @throws DrawbarException if {@link #features} has not been called
   */
  @Override
  public Schema schema() {
    if (features == 0) {
      throw new DrawbarException(
          ("%s: the number of features is not known, since a file need not have the last of them."
                  + " Say it with features(n); LibSvm.at(...).largestIndex() reads the files and"
                  + " tells the largest index in them, which is the least that n can be.")
              .formatted(describe()));
    }
    return new Schema(
        List.of(
            Field.required(LABEL, DataType.DOUBLE),
            Field.required(FEATURES, DataType.vector(features))));
  }

  @Override
  public String describe() {
    return "libsvm " + files.describe();
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
    LibSvmParser parser = new LibSvmParser(schema(), features, columns);
    return new TextReader(
        (TextSplit) split,
        files.system(),
        layout,
        parser,
        RowEntry.TOP,
        new Misfits(badRows),
        longestRow);
  }
}
