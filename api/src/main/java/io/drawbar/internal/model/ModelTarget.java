package io.drawbar.internal.model;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Writes a model under a hidden name beside its target, and renames it when it is whole: whoever
 * looks at the target sees nothing or all of it.
 */
public final class ModelTarget {
  private static final String ZIP = ".zip";

  private ModelTarget() {}

  /**
   * Writes a model; a zip if the path ends in {@code .zip}, else a folder.
   *
   * @throws FileAlreadyExistsException if something is there; it stays as it is
   */
  public static void write(Path path, byte[] manifest, List<StoredPart> parts) throws IOException {
    Path target = path.toAbsolutePath().normalize();
    refuseExisting(target);
    for (StoredPart part : parts) {
      if (part.bytes().length > ModelStore.MOST_PART_BYTES) {
        throw new IOException(part.file() + " is larger than 2 GiB");
      }
    }
    List<StoredPart> files = ModelStore.files(manifest, parts);
    Path folder = target.getParent();
    String name = target.getFileName().toString();
    try {
      Files.createDirectories(folder);
    } catch (FileAlreadyExistsException e) {
      throw new IOException(e.getMessage() + " is not a folder", e);
    }
    Path temporary = folder.resolve(".%s.drawbar-%s".formatted(name, UUID.randomUUID()));
    boolean isThere = false;
    try {
      if (name.endsWith(ZIP)) {
        ModelArchive.write(temporary, files);
      } else {
        ModelFolder.write(Files.createDirectory(temporary), files);
      }
      move(temporary, target);
      isThere = true;
    } finally {
      delete(temporary, isThere);
    }
  }

  /** A model that is in its place is saved, whatever becomes of the temporary name. */
  private static void delete(Path temporary, boolean isSaved) throws IOException {
    try {
      delete(temporary);
    } catch (IOException e) {
      if (!isSaved) {
        throw e;
      }
    }
  }

  /**
   * A rename replaces a file that is there, but no folder with something in it; a link replaces
   * nothing. Where there are no links, what comes between the look and the rename is replaced.
   */
  private static void move(Path temporary, Path target) throws IOException {
    refuseExisting(target);
    if (Files.isRegularFile(temporary)) {
      try {
        Files.createLink(target, temporary);
        return; // the temporary name is removed in any case
      } catch (FileAlreadyExistsException e) {
        throw e;
      } catch (IOException | UnsupportedOperationException e) {
        // Renamed, then.
      }
    }
    try {
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      refuseExisting(target); // somebody else was first: say so
      throw e;
    }
  }

  private static void refuseExisting(Path target) throws IOException {
    if (target.getFileName() == null || Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileAlreadyExistsException(target.toString());
    }
  }

  /** Removes what was not renamed. */
  private static void delete(Path temporary) throws IOException {
    if (!Files.exists(temporary)) {
      return;
    }
    try (Stream<Path> files = Files.walk(temporary)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
