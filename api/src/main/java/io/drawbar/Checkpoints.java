package io.drawbar;

import io.drawbar.error.DrawbarException;
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

  String folder() {
    return folder;
  }

  /** The newest that is whole; what is damaged is told of. */
  Optional<Checkpoint> newest() {
    try {
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

  /** Puts a state down; it is there, whole, or not at all. */
  void write(Checkpoint checkpoint) {
    String name = "%019d%s".formatted(checkpoint.supersteps(), EXTENSION);
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
      List<FileSystem.Status> all = newestFirst();
      for (FileSystem.Status old : all.subList(Math.min(KEPT, all.size()), all.size())) {
        system.delete(old.path());
      }
    } catch (IOException e) {
      throw unusable(e);
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
