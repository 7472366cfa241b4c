package io.drawbar.internal.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A model as a folder. Files whose names start with a dot are a file system's own affair. */
final class ModelFolder extends ModelStore {
  private static final int CHECKSUM_BYTES = 64 + 2 + MANIFEST.length() + 1;

  private final Path folder;

  ModelFolder(Path folder) {
    this.folder = folder;
  }

  /** Writes all files into an empty folder, through to the disk. */
  static void write(Path folder, List<StoredPart> files) throws IOException {
    for (StoredPart file : files) {
      write(folder.resolve(file.file()), ByteBuffer.wrap(file.bytes()));
    }
  }

  static void write(Path path, ByteBuffer... buffers) throws IOException {
    try (FileChannel channel =
        FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      for (ByteBuffer buffer : buffers) {
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
      }
      channel.force(true);
    }
  }

  @Override
  byte[] readManifest() throws IOException {
    long length = length(MANIFEST);
    if (length > MOST_MANIFEST_BYTES) {
      throw new Damage("%s has %s bytes, which no manifest has".formatted(MANIFEST, length));
    }
    return read(MANIFEST, length);
  }

  @Override
  byte[] readChecksum() throws IOException {
    return read(CHECKSUM, CHECKSUM_BYTES);
  }

  @Override
  void checkExtent(List<StoredPart.Declared> declared) throws IOException {
    Set<String> known = new HashSet<>(Set.of(MANIFEST, CHECKSUM));
    for (StoredPart.Declared part : declared) {
      known.add(part.file());
      checkLength(part.file(), part.length());
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        if (!name.startsWith(".") && !known.contains(name)) {
          throw new Damage("%s is in the folder, but not in its manifest".formatted(name));
        }
      }
    }
  }

  private long length(String file) throws IOException {
    try {
      return Files.size(folder.resolve(file));
    } catch (NoSuchFileException e) {
      throw new Damage(file + " is missing");
    }
  }

  private void checkLength(String file, long wanted) throws IOException {
    long found = length(file);
    if (found != wanted) {
      throw new Damage("%s has %s bytes, not %s".formatted(file, found, wanted));
    }
  }

  private byte[] read(String file, long length) throws IOException {
    checkLength(file, length);
    try (InputStream in = Files.newInputStream(folder.resolve(file))) {
      byte[] bytes = in.readNBytes((int) length);
      if (bytes.length < length || in.read() >= 0) {
        throw new Damage(file + " changes while it is read");
      }
      return bytes;
    }
  }

  @Override
  byte[] readPart(StoredPart.Declared part) throws IOException {
    return read(part.file(), part.length());
  }

  @Override
  void checkRest() {}

  @Override
  public void close() {}
}
