package io.drawbar.io;

import io.drawbar.config.Config;
import io.drawbar.spi.FileSystem;
import io.drawbar.spi.Layout;
import io.drawbar.spi.LeafReader;
import io.drawbar.spi.Split;
import io.drawbar.spi.Undeclared;
import io.drawbar.type.InferredSchema;
import java.io.IOException;
import java.util.List;

/**
 * Files of JSON lines whose fields are not declared, made by {@link Json#at}: {@code
 * session.infer(...)} finds out which there are. See the package page for the rules.
 *
 * <pre>{@code
 * System.out.println(session.infer(Json.at("events/*.jsonl.gz")));
 * }</pre>
 */
public final class JsonFiles implements Undeclared {
  private final InputFiles files;
  private final int longestRow;

  JsonFiles(InputFiles files, int longestRow) {
    this.files = files;
    this.longestRow = longestRow;
    TextReader.checkLongestRow(longestRow);
  }

  /** The same paths on another file system. */
  public JsonFiles on(FileSystem system) {
    return new JsonFiles(new InputFiles(system, files.roots()), longestRow);
  }

  /** The most bytes that a row may have, 64 MiB if nothing is said; up to 2^30. */
  public JsonFiles longestRow(int bytes) {
    return new JsonFiles(files, bytes);
  }

  @Override
  public JsonFiles configured(Config config) {
    return new JsonFiles(files.configured(config), longestRow);
  }

  /**
   * {@inheritDoc}
   *
   * @throws MissingFileException if nothing is there
   * @throws InferenceException if no row can be read, no field can be a column, or there are more
   *     than {@value Sightings#MOST_COLUMNS} fields
   */
  @Override
  public InferredSchema infer(Pass pass) {
    Sightings seen = pass.over(new Look(files, longestRow), new SightingKernel());
    return new JsonInference(files, seen).schema();
  }

  @Override
  public String toString() {
    return "json " + files.describe();
  }

  private record Look(InputFiles files, int longestRow) implements SightingSource {
    @Override
    public String format() {
      return "json";
    }

    @Override
    public LeafReader open(Split split, Layout layout, List<String> columns) throws IOException {
      TextSplit range = (TextSplit) split;
      RowParser parser = new JsonSightingParser(range.file());
      return new TextReader(range, files.system(), layout, parser, RowEntry.TOP, longestRow);
    }
  }
}
