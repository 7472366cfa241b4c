package io.drawbar.io;

import io.drawbar.config.Config;
import io.drawbar.error.DrawbarException;
import io.drawbar.spi.FileSystem;
import io.drawbar.spi.Layout;
import io.drawbar.spi.LeafReader;
import io.drawbar.spi.PartitionFolders;
import io.drawbar.spi.Source;
import io.drawbar.spi.Split;
import io.drawbar.spi.Tolerance;
import io.drawbar.type.Schema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows of JSON lines with declared columns; made by {@link Json#of(Class)}. See the package page
 * for what is read as what.
 *
 * <p>A column is the field of its name, or of the path said with {@link #path}. Fields that no
 * column is taken from are not looked at, beyond that they have to be JSON.
 */
public final class JsonSource implements Source {
  private static final long serialVersionUID = 1;

  private final Schema schema;
  private final InputFiles files;
  private final ArrayList<ArrayList<String>> paths;
  private final BadRows badRows;
  private final int longestRow;

  JsonSource(
      Schema schema,
      InputFiles files,
      ArrayList<ArrayList<String>> paths,
      BadRows badRows,
      int longestRow) {
    this.badRows = badRows;
    this.longestRow = longestRow;
    TextReader.checkLongestRow(longestRow);
    this.schema = schema;
    this.files = files;
    this.paths = paths;
    if (schema.size() == 0) {
      throw new UnsupportedColumnException("JSON is read into at least one column, not into none");
    }
  }

  /**
   * Where the files are.
   *
   * @param paths files; folders, with all that is below them but what starts with {@code _} or
   *     {@code .}; or patterns, see the package page
   */
  public JsonSource at(String... paths) {
    return new JsonSource(
        schema, new InputFiles(files.system(), List.of(paths)), this.paths, badRows, longestRow);
  }

  /** The same paths on another file system. */
  public JsonSource on(FileSystem system) {
    return new JsonSource(
        schema, new InputFiles(system, files.roots()), paths, badRows, longestRow);
  }

  /**
   * Takes a column from within objects.
   *
   * @param column the name of a declared column
   * @param path names of fields with dots between: {@code address.city} is the field {@code city}
   *     of the object that is the field {@code address}
   * @throws io.drawbar.type.UnknownColumnException if no such column is declared
   * @throws DrawbarException if the path has an empty name, or more than 999 names
   */
  public JsonSource path(String column, String path) {
    int index = schema.indexOf(column);
    ArrayList<String> names = new ArrayList<>(List.of(path.split("\\.", -1)));
    if (names.contains("") || names.size() >= JsonScanner.DEEPEST) {
      throw new DrawbarException(
          "'%s' is not a path to column '%s': names of fields with dots between, address.city say"
              .formatted(path, column));
    }
    ArrayList<ArrayList<String>> others = new ArrayList<>(paths);
    others.set(index, names);
    return new JsonSource(schema, files, others, badRows, longestRow);
  }

  /** What becomes of rows that do not fit; the first one ends the run if nothing is said. */
  public JsonSource badRows(BadRows policy) {
    return new JsonSource(schema, files, paths, policy, longestRow);
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
   * Some of the declared columns are not in the files, but in the names of the folders that these
   * are in: see {@link CsvSource#partitionedBy}. Comes last.
   *
   * @throws DrawbarException if such a column is not declared, or is not LONG, STRING or BOOLEAN
   */
  public PartitionedFiles partitionedBy(String... columns) {
    List<String> partitions = List.of(columns);
    partitions.forEach(schema::indexOf);
    Schema inFiles = PartitionFolders.inFiles(schema, partitions);
    ArrayList<ArrayList<String>> others = new ArrayList<>();
    inFiles.names().forEach(name -> others.add(paths.get(schema.indexOf(name))));
    return PartitionedFiles.of(
        new JsonSource(inFiles, files, others, badRows, longestRow), schema, partitions);
  }

  @Override
  public JsonSource configured(Config config) {
    return new JsonSource(
        schema, files.configured(config), paths, badRows.configured(config), longestRow);
  }

  /**
   * The most bytes that a row may have, 64 MiB if nothing is said; up to 2^30. A task needs up to
   * twice as much memory to read one.
   */
  public JsonSource longestRow(int bytes) {
    return new JsonSource(schema, files, paths, badRows, bytes);
  }

  /**
   * {@inheritDoc}
   *
   * @throws UnsupportedColumnException if two columns are taken from the same field, or one from
   *     within the other
   */
  @Override
  public Schema schema() {
    JsonTree.of(schema, List.copyOf(paths));
    return schema;
  }

  @Override
  public String describe() {
    return "json " + files.describe();
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
    JsonParser parser = new JsonParser(schema, List.copyOf(paths), columns);
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
