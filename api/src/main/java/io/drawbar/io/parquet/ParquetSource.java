package io.drawbar.io.parquet;

import io.drawbar.config.Config;
import io.drawbar.error.DrawbarException;
import io.drawbar.io.InputFiles;
import io.drawbar.io.UnsupportedColumnException;
import io.drawbar.spi.FileSystem;
import io.drawbar.spi.Layout;
import io.drawbar.spi.LeafReader;
import io.drawbar.spi.Source;
import io.drawbar.spi.Split;
import io.drawbar.type.Schema;
import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows of Parquet files with declared columns; made by {@link Parquet#of(Class)}. See the package
 * page for what is read as what.
 *
 * <p>A column is the field of its name, or of the path said with {@link #path}. Only those that a
 * query uses are read.
 */
public final class ParquetSource implements Source {
  private static final long serialVersionUID = 1;

  private final Schema schema;
  private final InputFiles files;
  private final ArrayList<ArrayList<String>> paths;
  private final ChronoUnit unit;

  ParquetSource(
      Schema schema, InputFiles files, ArrayList<ArrayList<String>> paths, ChronoUnit unit) {
    this.schema = schema;
    this.files = files;
    this.paths = paths;
    this.unit = unit;
    if (schema.size() == 0) {
      throw new UnsupportedColumnException(
          "Parquet is read into at least one column, not into none");
    }
  }

  /**
   * Where the files are.
   *
   * @param paths files; folders, with all that is below them but what starts with {@code _} or
   *     {@code .}; or patterns, see the page of {@code io.drawbar.io}
   */
  public ParquetSource at(String... paths) {
    return new ParquetSource(
        schema, new InputFiles(files.system(), List.of(paths)), this.paths, unit);
  }

  /** The same paths on another file system. */
  public ParquetSource on(FileSystem system) {
    return new ParquetSource(schema, new InputFiles(system, files.roots()), paths, unit);
  }

  /**
   * Takes a column from within groups.
   *
   * @param column the name of a declared column
   * @param path names of fields with dots between: {@code address.city} is the field {@code city}
   *     of the group {@code address}
   * @throws io.drawbar.type.UnknownColumnException if no such column is declared
   * @throws DrawbarException if the path has an empty name
   */
  public ParquetSource path(String column, String path) {
    int index = schema.indexOf(column);
    ArrayList<String> names = new ArrayList<>(List.of(path.split("\\.", -1)));
    if (names.contains("")) {
      throw new DrawbarException(
          "'%s' is not a path to column '%s': names of fields with dots between, address.city say"
              .formatted(path, column));
    }
    ArrayList<ArrayList<String>> others = new ArrayList<>(paths);
    others.set(index, names);
    return new ParquetSource(schema, files, others, unit);
  }

  /**
   * The unit in which times and timestamps are read into LONG columns, whatever that of a file is;
   * {@code MICROS} if nothing is said. Coarser ones are multiplied; finer ones, which would have to
   * be rounded, are refused.
   *
   * @param unit {@code MILLIS}, {@code MICROS} or {@code NANOS}
   * @throws DrawbarException if it is another
   */
  public ParquetSource timesIn(ChronoUnit unit) {
    if (unit != ChronoUnit.MILLIS && unit != ChronoUnit.MICROS && unit != ChronoUnit.NANOS) {
      throw new DrawbarException(
          "times are read in MILLIS, MICROS or NANOS, not in " + unit.name());
    }
    return new ParquetSource(schema, files, paths, unit);
  }

  @Override
  public ParquetSource configured(Config config) {
    return new ParquetSource(schema, files.configured(config), paths, unit);
  }

  @Override
  public Schema schema() {
    return schema;
  }

  @Override
  public String describe() {
    return "parquet " + files.describe();
  }

  /**
   * {@inheritDoc}
   *
   * @throws io.drawbar.io.MissingFileException if nothing is there
   * @throws io.drawbar.spi.DamagedFileException if a file is no Parquet file
   */
  @Override
  public List<Split> splits(Layout layout, int desired, int alignment) {
    return new ParquetSplits(files, desired, alignment).splits();
  }

  @Override
  public LeafReader open(Split split, Layout layout, List<String> columns) throws IOException {
    Libraries.check();
    ParquetSplit range = (ParquetSplit) split;
    Footer footer = Footer.read(files.system(), range.path(), range.shown(), range.stored());
    List<ColumnBinding> bindings = new ArrayList<>();
    for (int c = 0; c < schema.size(); c++) {
      bindings.add(
          ColumnBinding.of(schema.field(c), paths.get(c), footer.schema(), unit, range.shown()));
    }
    Schema wanted = new Schema(columns.stream().map(schema::field).toList());
    return new ParquetReader(range, files.system(), layout, footer, bindings, wanted);
  }
}
