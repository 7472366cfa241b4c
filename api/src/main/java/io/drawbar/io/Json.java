package io.drawbar.io;

import io.drawbar.type.Schema;
import java.util.ArrayList;
import java.util.List;

/**
 * JSON lines: files with one object a line; see the package page for what is read as what.
 *
 * <pre>{@code
 * session.read(Json.of(Event.class).at("events/*.jsonl.gz"))
 * session.read(Json.of(schema).path("city", "address.city").at("people.jsonl"))
 * session.infer(Json.at("people.jsonl"))            // prints as the record to declare
 * dataset.write(Json.to("out/events"))
 * }</pre>
 */
public final class Json {
  private Json() {}

  /**
   * Files with the columns of a record: primitive components are required, others may be missing.
   *
   * @throws io.drawbar.type.RecordBindingException if a component's type is none of {@link
   *     Schema#of}
   */
  public static JsonSource of(Class<? extends Record> recordClass) {
    return of(Schema.of(recordClass));
  }

  /**
   * Files with the given columns, of any type: vectors and lists are arrays.
   *
   * @throws UnsupportedColumnException if there are none
   */
  public static JsonSource of(Schema schema) {
    ArrayList<ArrayList<String>> paths = new ArrayList<>();
    schema.names().forEach(name -> paths.add(new ArrayList<>(List.of(name))));
    return new JsonSource(
        schema,
        new InputFiles(new UriFileSystem(), List.of()),
        paths,
        BadRows.failFast(),
        TextReader.LONGEST_ROW);
  }

  /**
   * Files whose fields nobody has declared yet, for {@code session.infer(...)} to find out. To read
   * rows, declare them: see {@link #of(Class)}.
   *
   * @param paths files; folders, with all that is below them but what starts with {@code _} or
   *     {@code .}; or patterns, see the package page
   */
  public static JsonFiles at(String... paths) {
    return new JsonFiles(
        new InputFiles(new UriFileSystem(), List.of(paths)), TextReader.LONGEST_ROW);
  }

  /**
   * Writes into a new folder, or, with {@link JsonSink#singleFile}, a new file.
   *
   * @param path must not exist yet, unless {@link JsonSink#overwrite} or {@link JsonSink#append} is
   *     said
   */
  public static JsonSink to(String path) {
    return JsonSink.to(path);
  }
}
