package io.drawbar.testkit;

import io.drawbar.Dataset;
import io.drawbar.Session;
import io.drawbar.io.Csv;
import io.drawbar.io.Json;
import io.drawbar.io.JsonSource;
import io.drawbar.io.LibSvm;
import io.drawbar.io.Records;
import io.drawbar.io.TextFiles;
import io.drawbar.type.Schema;
import java.nio.file.Path;

/**
 * Where a behaviour is tried: a session on an engine, files, and a folder of its own to write in.
 *
 * @param scratch an empty folder
 */
record Setting(Session session, ContractData data, Packing packing, Path scratch) {
  /** Some hundred readings. */
  Dataset readings() {
    return csv("readings.csv");
  }

  /** Readings of one file. */
  Dataset csv(String file) {
    return session.read(Csv.of(ContractData.READING).at(data.file(file, packing)));
  }

  /** Readings of the files of a folder, one of which is stored in another way. */
  Dataset csvFolder(String folder) {
    return session.read(Csv.of(ContractData.READING).at(data.folder(folder, packing)));
  }

  /** Some columns of a file with a header. */
  Dataset headed(Schema schema) {
    return session.read(Csv.of(schema).at(data.file("headed.csv", packing)).header());
  }

  /** Notes over several lines, with comments between them. */
  Dataset notes() {
    return session.read(
        Csv.of(ContractData.NOTE)
            .header()
            .comments('#')
            .multiline()
            .at(data.folder("notes", packing)));
  }

  /** Lines of words. */
  Dataset lines() {
    return session.read(TextFiles.at(data.file("words.txt", packing)));
  }

  /** Events of a file of JSON lines. */
  Dataset events() {
    return session.read(json().at(data.file("events.jsonl", packing)));
  }

  /** Events, one of them bad, of the files of a folder. */
  Dataset badEvents() {
    return session.read(json().at(data.folder("bad-events", packing)));
  }

  /** Events, of no file yet. */
  static JsonSource json() {
    return Json.of(ContractData.EVENT).path("city", "address.city");
  }

  /** Labels and sparse vectors. */
  Dataset sparse() {
    return sparse(data.file("sparse.libsvm", packing));
  }

  /** Labels and sparse vectors, one of them bad, of the files of a folder. */
  Dataset badSparse() {
    return sparse(data.folder("bad-sparse", packing));
  }

  private Dataset sparse(String path) {
    return session.read(LibSvm.at(path).features(ContractData.FEATURES));
  }

  /** Readings of files and folders like a pattern, one of which is stored in another way. */
  Dataset csvLike(String pattern) {
    return session.read(Csv.of(ContractData.READING).at(data.folder(pattern, packing)));
  }

  /** Rows in memory with keys of all kinds. */
  Dataset keyed() {
    return session.read(Records.of(ContractData.KEYED, data.keyed()));
  }

  /** A path to write to. */
  Path target() {
    return scratch.resolve("result");
  }
}
