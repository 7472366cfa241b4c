package io.drawbar.internal.model;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A saved model, open for reading: its manifest first, then its parts. */
public abstract sealed class ModelStore implements AutoCloseable permits ModelFolder, ModelArchive {
  static final String MANIFEST = "manifest.json";
  static final String CHECKSUM = "manifest.sha256";

  /** More than any manifest takes: large content is in parts. */
  static final int MOST_MANIFEST_BYTES = 1 << 24;

  /** A part is an array of bytes. */
  static final long MOST_PART_BYTES = Integer.MAX_VALUE - 16;

  /**
   * Opens what is at a path: a folder, or a file, which then is a zip.
   *
   * @throws NoSuchFileException if nothing is there
   */
  public static ModelStore open(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      return new ModelFolder(path);
    }
    if (!Files.exists(path)) {
      throw new NoSuchFileException(path.toString());
    }
    return new ModelArchive(path);
  }

  /** The manifest; its checksum holds. Called first. */
  public final byte[] manifest() throws IOException {
    byte[] manifest = readManifest();
    if (!new String(readChecksum(), StandardCharsets.ISO_8859_1).equals(checksum(manifest))) {
      throw new Damage("%s does not have the SHA-256 in %s".formatted(MANIFEST, CHECKSUM));
    }
    return manifest;
  }

  /** The parts, in the order that the manifest declares them in; and there is nothing else. */
  public final List<byte[]> parts(List<StoredPart.Declared> declared) throws IOException {
    for (StoredPart.Declared part : declared) {
      if (part.length() < 0 || part.length() > MOST_PART_BYTES) {
        throw new Damage("%s cannot have %s bytes".formatted(part.file(), part.length()));
      }
    }
    checkExtent(declared);
    List<byte[]> parts = new ArrayList<>();
    for (StoredPart.Declared part : declared) {
      byte[] bytes = readPart(part);
      part.check(bytes);
      parts.add(bytes);
    }
    checkRest();
    return parts;
  }

  abstract byte[] readManifest() throws IOException;

  abstract byte[] readChecksum() throws IOException;

  /** Checks all lengths and that there is nothing else, before a part is read. */
  abstract void checkExtent(List<StoredPart.Declared> declared) throws IOException;

  abstract byte[] readPart(StoredPart.Declared part) throws IOException;

  /** Checks what is left when all parts have been read. */
  abstract void checkRest() throws IOException;

  @Override
  public abstract void close() throws IOException;

  /** The content of the checksum file, as sha256sum has it. */
  static String checksum(byte[] manifest) {
    return StoredPart.sha256(manifest) + "  " + MANIFEST + "\n";
  }

  /** The manifest, its checksum, and the parts: all files, in order. */
  static List<StoredPart> files(byte[] manifest, List<StoredPart> parts) {
    List<StoredPart> files = new ArrayList<>();
    files.add(new StoredPart(MANIFEST, manifest));
    byte[] checksum = checksum(manifest).getBytes(StandardCharsets.ISO_8859_1);
    files.add(new StoredPart(CHECKSUM, checksum));
    files.addAll(parts);
    return files;
  }
}
