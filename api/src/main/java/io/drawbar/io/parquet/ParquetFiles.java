package io.drawbar.io.parquet;

import io.drawbar.config.Config;
import io.drawbar.io.InputFiles;
import io.drawbar.spi.FileSystem;
import io.drawbar.spi.Undeclared;
import io.drawbar.type.InferredSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * Parquet files whose columns are not declared, made by {@link Parquet#at}: {@code
 * session.infer(...)} finds out which there are. Footers say it, so no rows are read.
 *
 * <pre>{@code
 * System.out.println(session.infer(Parquet.at("people.parquet")));
 * }</pre>
 */
public final class ParquetFiles implements Undeclared {
  private final InputFiles files;

  ParquetFiles(InputFiles files) {
    this.files = files;
  }

  /** The same paths on another file system. */
  public ParquetFiles on(FileSystem system) {
    return new ParquetFiles(new InputFiles(system, files.roots()));
  }

  @Override
  public ParquetFiles configured(Config config) {
    return new ParquetFiles(files.configured(config));
  }

  /**
   * {@inheritDoc}
   *
   * @throws io.drawbar.io.MissingFileException if nothing is there
   * @throws io.drawbar.io.InferenceException if no field can be a column
   * @throws io.drawbar.spi.DamagedFileException if a file is no Parquet file
   */
  @Override
  public InferredSchema infer(Pass pass) {
    List<Callable<Footer>> work = new ArrayList<>();
    for (InputFiles.Found file : files.list()) {
      work.add(() -> Footer.read(files.system(), file));
    }
    return new ParquetInference(files, ParquetSplits.inOrder(work)).schema();
  }

  @Override
  public String toString() {
    return "parquet " + files.describe();
  }
}
