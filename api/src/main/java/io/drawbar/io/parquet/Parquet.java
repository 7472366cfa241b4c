package io.drawbar.io.parquet;

import io.drawbar.io.InputFiles;
import io.drawbar.io.UriFileSystem;
import io.drawbar.type.Schema;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * Parquet files; see the package page for what is read as what.
 *
 * <pre>{@code
 * session.read(Parquet.of(Customer.class).at("customers"))
 * session.read(Parquet.of(schema).path("city", "address.city").at("people.parquet"))
 * session.infer(Parquet.at("people.parquet"))       // prints as the record to declare
 * dataset.write(Parquet.to("out/customers").zstd())
 * }</pre>
 */
public final class Parquet {
  private Parquet() {}

  /**
   * Files with the columns of a record: primitive components are required, others may be null.
   *
   * @throws io.drawbar.type.RecordBindingException if a component's type is none of {@link
   *     Schema#of}
   * @throws io.drawbar.error.DrawbarException if the jars of Parquet are not there
   */
  public static ParquetSource of(Class<? extends Record> recordClass) {
    return of(Schema.of(recordClass));
  }

  /**
   * Files with the given columns, of any type: lists and vectors are lists of theirs.
   *
   * @throws io.drawbar.io.UnsupportedColumnException if there are none
   * @throws io.drawbar.error.DrawbarException if the jars of Parquet are not there
   */
  public static ParquetSource of(Schema schema) {
    Libraries.check();
    ArrayList<ArrayList<String>> paths = new ArrayList<>();
    schema.names().forEach(name -> paths.add(new ArrayList<>(List.of(name))));
    return new ParquetSource(
        schema, new InputFiles(new UriFileSystem(), List.of()), paths, ChronoUnit.MICROS);
  }

  /**
   * Files whose columns nobody has declared yet, for {@code session.infer(...)} to take from their
   * footers. To read rows, declare them: see {@link #of(Class)}.
   *
   * @param paths files; folders, with all that is below them but what starts with {@code _} or
   *     {@code .}; or patterns, see the page of {@code io.drawbar.io}
   * @throws io.drawbar.error.DrawbarException if the jars of Parquet are not there
   */
  public static ParquetFiles at(String... paths) {
    Libraries.check();
    return new ParquetFiles(new InputFiles(new UriFileSystem(), List.of(paths)));
  }

  /**
   * Writes into a folder: a new one, unless {@link ParquetSink#overwrite} or {@link
   * ParquetSink#append} is said.
   *
   * @param path must not exist yet, if neither is
   * @throws io.drawbar.error.DrawbarException if the jars of Parquet are not there
   */
  public static ParquetSink to(String path) {
    Libraries.check();
    return ParquetSink.to(path);
  }
}
