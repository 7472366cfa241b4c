package io.drawbar.spi;

import io.drawbar.config.Config;
import io.drawbar.type.Schema;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;

/** Where rows go: a format at a place. */
public interface Sink extends Serializable {
  /**
   * The same sink as a session's configuration has it; called on the driver before anything else.
   *
   * @throws io.drawbar.error.DrawbarException if that lacks something
   */
  default Sink configured(Config config) {
    return this;
  }

  /** What a person may not expect of the output, once it is there; empty if there is nothing. */
  default String notice() {
    return "";
  }

  /**
   * Columns whose values are not written into files, but name the folders that files are in: see
   * {@link PartitionFolders}. Who writes sees to the folders; {@link #open} is then given the
   * schema of the other columns.
   */
  default List<String> partitionColumns() {
    return List.of();
  }

  /** The sink in a line, for {@code explain()} and messages. */
  String describe();

  /**
   * Checks that rows of a schema can be written.
   *
   * @throws io.drawbar.error.DrawbarException if a column cannot
   */
  void check(Schema schema);

  /**
   * How output gets to its place: all of it or nothing.
   *
   * @param schema of the rows, which has been {@link #check checked}
   */
  CommitProtocol commitProtocol(Schema schema);

  /**
   * Opens a part in a task.
   *
   * @param file what {@link CommitProtocol#create} gave; closed by the writer
   * @param schema of the columns that are in the file
   */
  PartWriter open(PartFile file, Schema schema) throws IOException;

  /** What the names of its parts end with, for instance {@code .csv.gz}. */
  String extension();
}
