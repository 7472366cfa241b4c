package io.drawbar;

import io.drawbar.config.CoreKeys;
import io.drawbar.error.DrawbarException;
import io.drawbar.io.LocalFileSystem;
import io.drawbar.spi.FileSystem;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/**
 * States of one training, in a folder of its own, so that the program that trains the same again,
 * on any engine, goes on where this one was broken off. The two newest are kept.
 *
 * <p>A file has, big-endian: {@value #MAGIC} (int), the number of supersteps done (long), the
 * length of the state (int), a CRC-32C of these and the state (int), the state.
 */
final class Checkpoints {
  private static final int MAGIC = 0x44424331; // DBC1
  private static final int HEADER_BYTES = 4 + 8 + 4 + 4;
  private static final String EXTENSION = ".state";
  private static final int KEPT = 2;

  private final FileSystem system;
  private final String folder;
  private final Consumer<String> notices;

  /**
   * A state that was put down.
   *
   * @param supersteps how many had been done
   */
  record Checkpoint(long supersteps, byte[] state) {}

  /**
   * The checkpoints of a training.
   *
   * @param notices told of what a person would want to know
   */
  Checkpoints(FileSystem system, String folder, Consumer<String> notices) {
    this.system = system;
    this.folder = folder;
    this.notices = notices;
  }

  /**
   * Those of a training, in a folder of this machine.
   *
   * @param folder the value of {@code drawbar.checkpoint.folder}
   * @param training a name that no other training has
   * @throws DrawbarException if the folder is elsewhere
   */
  static Checkpoints in(String folder, String training, Consumer<String> notices) {
    String place = LocalFolder.of(CoreKeys.CHECKPOINT_FOLDER, folder) + "/" + training;
    return new Checkpoints(new LocalFileSystem(), place, notices);
  }

  String folder() {
    return folder;
  }

  /**
   * Finds out whether states can be put down, before anything is computed.
   *
   * @return the newest that is whole; what is damaged is told of
   * @throws DrawbarException if the folder cannot be used
   */
  Optional<Checkpoint> open() {
    try {
      system.createFolder(folder);
      for (FileSystem.Status file : newestFirst()) {
        try (InputStream in = system.open(file.path(), 0)) {
          return Optional.of(read(in, file.bytes()));
        } catch (IOException e) {
          notices.accept("checkpoint %s is not used: %s".formatted(file.path(), e.getMessage()));
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  private List<FileSystem.Status> newestFirst() throws IOException {
    if (!system.exists(folder)) {
      return List.of();
    }
    List<FileSystem.Status> files = new ArrayList<>(system.list(folder));
    files.removeIf(file -> !file.relativePath().endsWith(EXTENSION));
    // Numbers have leading zeros.
    files.sort(Comparator.comparing(FileSystem.Status::relativePath).reversed());
    return files;
  }

  private static Checkpoint read(InputStream in, long bytes) throws IOException {
    DataInputStream data = new DataInputStream(in);
    if (bytes < HEADER_BYTES) {
      throw new IOException("it has %s bytes, less than its header".formatted(bytes));
    }
    if (data.readInt() != MAGIC) {
      throw new IOException("it does not begin as a checkpoint of this version does");
    }
    long supersteps = data.readLong();
    int length = data.readInt();
    int checksum = data.readInt();
    if (length != bytes - HEADER_BYTES) {
      throw new IOException(
          "it has %s bytes and should have %s".formatted(bytes, (long) HEADER_BYTES + length));
    }
    byte[] state = data.readNBytes(length);
    if (state.length != length || checksum != checksum(supersteps, state)) {
      throw new IOException("its bytes are not those that were written");
    }
    return new Checkpoint(supersteps, state);
  }

  private static int checksum(long supersteps, byte[] state) {
    CRC32C checksum = new CRC32C();
    for (int shift = 56; shift >= 0; shift -= 8) {
      checksum.update((int) (supersteps >>> shift));
    }
    checksum.update(state);
    return (int) checksum.getValue();
  }

  /**
   * Puts a state down; it is there, whole, or not at all. A training goes on where that fails: what
   * is wrong is told.
   *
   * @return whether it is there
   */
  boolean write(Checkpoint checkpoint) {
    String name = name(checkpoint.supersteps());
    String temporary = "%s/_%s-%s".formatted(folder, name, UUID.randomUUID());
    try {
      system.createFolder(folder);
      try (DataOutputStream out = new DataOutputStream(system.create(temporary))) {
        out.writeInt(MAGIC);
        out.writeLong(checkpoint.supersteps());
        out.writeInt(checkpoint.state().length);
        out.writeInt(checksum(checkpoint.supersteps(), checkpoint.state()));
        out.write(checkpoint.state());
      }
      String path = folder + "/" + name;
      system.delete(path); // one that was damaged
      system.rename(temporary, path);
    } catch (IOException e) {
      remove(temporary);
      notices.accept(
          "no checkpoint after %s supersteps: %s; the training goes on"
              .formatted(checkpoint.supersteps(), e.getMessage()));
      return false;
    }
    try {
      deleteOthers(name);
    } catch (IOException e) {
      notices.accept(
          "older checkpoints in %s cannot be removed: %s".formatted(folder, e.getMessage()));
    }
    return true;
  }

  private static String name(long supersteps) {
    return "%019d%s".formatted(supersteps, EXTENSION);
  }

  /** Keeps a state and the one before it. One that says it is newer was not used: it is damaged. */
  private void deleteOthers(String newest) throws IOException {
    int kept = 0;
    for (FileSystem.Status file : newestFirst()) {
      boolean isNewer = file.relativePath().compareTo(newest) > 0;
      if (isNewer || kept == KEPT) {
        system.delete(file.path());
      } else {
        kept++;
      }
    }
  }

  private void remove(String temporary) {
    try {
      system.delete(temporary);
    } catch (IOException e) {
      // It was told of what came before; a file with such a name is never looked at.
    }
  }

  /** Removes all of them: the training is done. */
  void clear() {
    try {
      system.delete(folder);
    } catch (IOException e) {
      notices.accept("checkpoints in %s cannot be removed: %s".formatted(folder, e.getMessage()));
    }
  }

  private DrawbarException unusable(IOException cause) {
    return new DrawbarException(
        "no checkpoint can be put down in %s: %s; set drawbar.checkpoint.folder to another, or to"
                .formatted(folder, cause.getMessage())
            + " nothing",
        cause);
  }
}
