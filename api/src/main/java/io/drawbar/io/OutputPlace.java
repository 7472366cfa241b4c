package io.drawbar.io;

import io.drawbar.config.Config;
import io.drawbar.io.compression.Compression;
import io.drawbar.spi.CommitProtocol;
import io.drawbar.spi.FileSystem;
import io.drawbar.spi.PartFile;
import io.drawbar.spi.PartitionFolders;
import io.drawbar.type.Schema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;

/**
 * Where rows are written.
 *
 * @param path the folder or file
 * @param compression how files are compressed
 * @param isFile whether it is one file
 * @param mode what becomes of what is there
 * @param partitions the columns that folders are named after
 */
public record OutputPlace(
    String path,
    FileSystem system,
    Compression compression,
    boolean isFile,
    OutputMode mode,
    List<String> partitions)
    implements Serializable {
  private static final List<String> FILES = List.of(".csv", ".json", ".jsonl", ".libsvm", ".txt");

  /** Writes what is before the rows of a file. */
  @FunctionalInterface
  public interface Start {
    void write(OutputStream out) throws IOException;
  }

  /** A new folder. */
  public static OutputPlace folder(String path) {
    return new OutputPlace(
        path, new UriFileSystem(), Compression.NONE, false, OutputMode.CREATE, List.of());
  }

  OutputPlace compressed(Compression other) {
    return new OutputPlace(path, system, other, isFile, mode, partitions);
  }

  OutputPlace singleFile() {
    return new OutputPlace(path, system, compression, true, mode, partitions);
  }

  /** The same where something is, or may be. */
  public OutputPlace mode(OutputMode other) {
    return new OutputPlace(path, system, compression, isFile, other, partitions);
  }

  /** The same with folders that are named after the values of columns. */
  public OutputPlace partitionedBy(String... columns) {
    return new OutputPlace(path, system, compression, isFile, mode, List.of(columns));
  }

  /** The same path on another file system. */
  public OutputPlace on(FileSystem other) {
    return new OutputPlace(path, other, compression, isFile, mode, partitions);
  }

  /** The same with the file systems of a session's configuration. */
  public OutputPlace configured(Config config) {
    return new OutputPlace(
        path, system.configured(config, List.of(path)), compression, isFile, mode, partitions);
  }

  /**
   * Checks that a reader will know a single file for what it is: it goes by the name; that a single
   * file is not to be added to; and that folders can be named after columns.
   *
   * @return the columns that are in the files
   */
  public Schema check(String sink, Schema schema) {
    if (isFile && !partitions.isEmpty()) {
      throw new CommitException(
          "%s: rows go into several folders by the values of columns; leave singleFile() or partitionedBy(...) out"
              .formatted(sink));
    }
    PartitionFolders.check(schema, partitions, sink);
    if (isFile && mode == OutputMode.APPEND) {
      throw new CommitException(
          "%s: a single file is not added to, which would be to write it anew; write a folder of parts"
              .formatted(sink));
    }
    compression.check(sink);
    Compression named = Compression.ofName(path);
    if (isFile && named != compression) {
      throw new CommitException(
          named == Compression.NONE
              ? "%s: readers know a compressed file by its name; call it %s"
                  .formatted(sink, path + compression.suffix())
              : "%s: readers take a file of this name for one compressed with %s; add compressed(Compression.%s), or leave %s out"
                  .formatted(sink, named, named.name(), named.suffix()));
    }
    return PartitionFolders.inFiles(schema, partitions);
  }

  /** Says of a folder that is called like a file that it is one; empty of others. */
  public String notice() {
    String name = path.toLowerCase(Locale.ROOT);
    boolean isLikeFile =
        Compression.ofName(name) != Compression.NONE || FILES.stream().anyMatch(name::endsWith);
    return isFile || !isLikeFile
        ? ""
        : "%s is a folder of parts, though it is called like a file; singleFile() writes one file"
            .formatted(path);
  }

  /**
   * How output gets there.
   *
   * @param start what a single file starts with
   */
  public CommitProtocol protocol(Start start) {
    if (path.isBlank()) {
      throw new CommitException("'" + path + "' does not name a file or folder to write");
    }
    if (UriFileSystem.isLocal(path)) {
      String home = new LocalFileSystem().home(path);
      if (!home.isEmpty()) {
        throw new CommitException("cannot write %s:%s".formatted(path, home));
      }
    }
    // Tasks may run in another working folder.
    String target = system.absolute(path);
    if (!system.isRenameAtomic(target)) {
      return onStore(target);
    }
    if (!isFile) {
      return new FolderCommit(system, target, mode);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = compressed(bytes)) {
      start.write(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new FileCommit(system, target, mode, bytes.toByteArray());
  }

  private CommitProtocol onStore(String target) {
    if (isFile || mode != OutputMode.CREATE) {
      throw new CommitException(
          ("%s is on an object store, which has no renames in one step: a new folder of parts can be"
                  + " written there, and neither a single file nor over or beside what is there")
              .formatted(target));
    }
    return new StoreCommit(system, target.replaceFirst("(?<=[^/])/+$", ""));
  }

  /** The stream that takes the bytes of a part. */
  OutputStream open(PartFile file) throws IOException {
    try {
      return compressed(file.stream());
    } catch (IOException e) {
      file.stream().close();
      throw e;
    }
  }

  private OutputStream compressed(OutputStream out) throws IOException {
    return compression.compressed(out);
  }

  /** The place in a line, after the name of a format, for plans and messages. */
  public String describe() {
    String by =
        partitions.isEmpty() ? "" : " (partitioned by " + String.join(", ", partitions) + ")";
    return switch (mode) {
      case CREATE -> path + by;
      case OVERWRITE -> path + by + " (overwrite)";
      case APPEND -> path + by + " (append)";
    };
  }

  /** What the names of parts end with. */
  String extension(String format) {
    return format + compression.suffix();
  }
}
