package io.drawbar.io;

import io.drawbar.type.Schema;
import java.util.List;

/**
 * Comma-separated files; see the package page for the dialect.
 *
 * <pre>{@code
 * session.read(Csv.of(Customer.class).at("customers.csv"))
 * session.read(Csv.of(schema).at("in/2024", "in/2025").header().separator(';').nullText("NA", "?"))
 * session.read(Csv.of(Note.class).at("notes.csv").comments('#').multiline())
 * session.infer(Csv.at("customers.csv").header())   // prints as the record to declare
 * dataset.write(Csv.to("out/customers").header())
 * }</pre>
 */
public final class Csv {
  private Csv() {}

  /**
   * Files with the columns of a record: primitive components are required, others may be empty.
   *
   * @throws io.drawbar.type.RecordBindingException if a component's type is none of {@link
   *     Schema#of}
   */
  public static CsvSource of(Class<? extends Record> recordClass) {
    return of(Schema.of(recordClass));
  }

  /**
   * Files with the given columns.
   *
   * @throws UnsupportedColumnException if there are none, or one is a vector or list
   */
  public static CsvSource of(Schema schema) {
    return new CsvSource(
        schema,
        new InputFiles(new UriFileSystem(), List.of()),
        CsvDialect.STANDARD,
        schema.names(),
        BadRows.failFast());
  }

  /**
   * Files whose columns nobody has declared yet, for {@code session.infer(...)} to find out. To
   * read rows, declare them: see {@link #of(Class)}.
   *
   * @param paths files; folders, with all that is below them but what starts with {@code _} or
   *     {@code .}; or patterns, see the package page
   */
  public static CsvFiles at(String... paths) {
    return new CsvFiles(new InputFiles(new UriFileSystem(), List.of(paths)), CsvDialect.STANDARD);
  }

  /**
   * Writes into a new folder, or, with {@link CsvSink#singleFile}, a new file.
   *
   * @param path must not exist yet, unless {@link CsvSink#overwrite} or {@link CsvSink#append} is
   *     said
   */
  public static CsvSink to(String path) {
    return CsvSink.to(path);
  }
}
