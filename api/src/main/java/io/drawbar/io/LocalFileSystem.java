package io.drawbar.io;

import io.drawbar.error.NearestName;
import io.drawbar.spi.FileSystem;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files of this machine, through {@code java.nio}. Paths are plain ({@code data/in.csv}) or
 * {@code file:} URIs; what {@link #list} finds has an absolute path, so that a task with another
 * working folder opens the same file.
 *
 * <p>What is not there is a {@link MissingFileException}, since another attempt will not find it
 * either; any other failure is an {@link IOException} that names the path.
 */
public final class LocalFileSystem implements FileSystem {
  private static final long serialVersionUID = 1;
  private static final int MOST_LISTED = 5;
  private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+):/.*");

  /** The files of this machine. */
  public LocalFileSystem() {}

  @Override
  public List<Status> list(String root) throws IOException {
    return walk(root).files();
  }

  @Override
  public Listing walk(String root) throws IOException {
    Path start = path(root).toAbsolutePath().normalize();
    if (!Files.exists(start)) {
      throw missing(root);
    }
    if (!Files.isDirectory(start)) {
      Status file = new Status(start.toString(), start.getFileName().toString(), Files.size(start));
      return new Listing(List.of(file), List.of());
    }
    List<Status> found = new ArrayList<>();
    List<String> hidden = new ArrayList<>();
    try {
      Files.walkFileTree(
          start,
          EnumSet.of(FileVisitOption.FOLLOW_LINKS),
          Integer.MAX_VALUE,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
              if (folder.equals(start) || !isHidden(folder)) {
                return FileVisitResult.CONTINUE;
              }
              if (folder.getFileName().toString().startsWith(".")) {
                hidden.add(relative(start, folder));
              }
              return FileVisitResult.SKIP_SUBTREE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              if (attributes.isRegularFile() && !isHidden(file)) {
                found.add(new Status(file.toString(), relative(start, file), attributes.size()));
              }
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
              if (isHidden(file)) {
                return FileVisitResult.CONTINUE;
              }
              throw e;
            }
          });
    } catch (IOException e) {
      throw failed("list", root, e);
    }
    return new Listing(found, hidden);
  }

  private static String relative(Path start, Path path) {
    return start.relativize(path).toString().replace(File.separatorChar, '/');
  }

  @Override
  public List<String> entries(String folder) throws IOException {
    try (Stream<Path> paths = Files.list(path(folder))) {
      return paths.map(path -> path.getFileName().toString()).toList();
    } catch (NoSuchFileException e) {
      throw missing(folder);
    } catch (IOException e) {
      throw failed("list", folder, e);
    } catch (UncheckedIOException e) {
      throw failed("list", folder, e.getCause());
    }
  }

  @Override
  public boolean isFolder(String path) {
    return Files.isDirectory(path(path));
  }

  @Override
  public boolean deleteEmptyFolder(String path) throws IOException {
    try {
      if (exists(path) && !isFolder(path)) {
        return false;
      }
      Files.deleteIfExists(path(path));
      return true;
    } catch (DirectoryNotEmptyException e) {
      return false;
    } catch (IOException e) {
      throw failed("delete the folder", path, e);
    }
  }

  @Override
  public InputStream open(String path, long offset) throws IOException {
    FileChannel channel = null;
    try {
      channel = FileChannel.open(path(path), StandardOpenOption.READ);
      return Channels.newInputStream(channel.position(offset));
    } catch (NoSuchFileException e) {
      throw missing(path);
    } catch (IOException e) {
      if (channel != null) {
        channel.close();
      }
      throw failed("open", path, e);
    }
  }

  @Override
  public OutputStream create(String path) throws IOException {
    Path file = path(path).toAbsolutePath();
    try {
      Files.createDirectories(file.getParent());
      return Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw failed("create", path, e);
    }
  }

  @Override
  public void createFolder(String path) throws IOException {
    try {
      Files.createDirectories(path(path));
    } catch (IOException e) {
      Path above = path(path).toAbsolutePath().normalize();
      while (above != null && !Files.exists(above)) {
        above = above.getParent();
      }
      if (above != null && !Files.isDirectory(above)) {
        throw new IOException(
            "cannot create the folder %s: %s is a file, not a folder".formatted(path, above), e);
      }
      boolean isRefused =
          e instanceof NoSuchFileException
              || e instanceof AccessDeniedException
              || above != null && !Files.isWritable(above);
      if (above != null && isRefused) {
        throw new IOException("%s is no folder that may be written to".formatted(above), e);
      }
      throw failed("create the folder", path, e);
    }
  }

  @Override
  public boolean exists(String path) {
    return Files.exists(path(path), LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * {@inheritDoc}
   *
   * <p>A rename replaces a file that is there, so a file gets its new name as a hard link, which is
   * only ever made where nothing is, and then loses the old one. A folder is renamed: that replaces
   * no file, and no folder with something in it. Where the file system has no hard links (FAT, some
   * network shares), a file is renamed after a look at the target: what comes there between the two
   * is then replaced.
   */
  @Override
  public void rename(String from, String to) throws IOException {
    if (exists(to)) {
      throw taken(from, to);
    }
    if (Files.isRegularFile(path(from), LinkOption.NOFOLLOW_LINKS) && link(from, to)) {
      return;
    }
    move(from, to);
  }

  private static void move(String from, String to) throws IOException {
    try {
      Files.move(path(from), path(to), StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      throw new IOException(
          "cannot rename %s to %s in one step: they are on different devices".formatted(from, to),
          e);
    } catch (IOException e) {
      throw failed("rename", from + " to " + to, e);
    }
  }

  @Override
  public boolean replace(String from, String to) throws IOException {
    if (!exists(from)) {
      throw new IOException("cannot move %s to %s: nothing is there".formatted(from, to));
    }
    boolean areFiles =
        Files.isRegularFile(path(from), LinkOption.NOFOLLOW_LINKS)
            && Files.isRegularFile(path(to), LinkOption.NOFOLLOW_LINKS);
    // A rename of POSIX replaces a file; what others do is their business.
    if (!areFiles || File.separatorChar != '/') {
      return false;
    }
    move(from, to);
    return true;
  }

  /** Moves a file by links; gives false, having done nothing, if that cannot be done here. */
  private static boolean link(String from, String to) throws IOException {
    try {
      Files.createLink(path(to), path(from));
    } catch (FileAlreadyExistsException e) {
      throw taken(from, to);
    } catch (IOException | UnsupportedOperationException e) {
      return false; // a rename will do, or say what is wrong
    }
    try {
      Files.delete(path(from));
    } catch (NoSuchFileException e) {
      return true; // somebody else has taken the old name away, so the new one may be the last
    } catch (IOException e) {
      Files.delete(path(to));
      throw failed("rename", from + " to " + to, e);
    }
    return true;
  }

  private static IOException taken(String from, String to) {
    return new IOException(
        "cannot rename %s to %s: the target is already there".formatted(from, to));
  }

  @Override
  public void delete(String path) throws IOException {
    Path root = path(path);
    if (!exists(path)) {
      return;
    }
    try {
      Files.walkFileTree(
          root,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.deleteIfExists(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException e)
                throws IOException {
              if (e != null) {
                throw e;
              }
              Files.deleteIfExists(folder);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw failed("delete", path, e);
    }
  }

  private static boolean isHidden(Path path) {
    String name = path.getFileName().toString();
    return name.startsWith("_") || name.startsWith(".");
  }

  private static Path path(String path) {
    if (path.startsWith("file:/")) {
      // file:/a, file:///a: an authority other than this machine is not looked at.
      return plain(path.substring("file:".length()).replaceFirst("^/{2,}", "/"));
    }
    if (SCHEME.matcher(path).matches()) {
      throw new MissingFileException(
          "%s is not a path of this machine; without on(...) its scheme says which file system knows it"
              .formatted(path));
    }
    return plain(path);
  }

  private static Path plain(String path) {
    try {
      return Path.of(path);
    } catch (InvalidPathException e) {
      String shown = path.replace("\0", "\\0");
      throw new MissingFileException(
          "'%s' is no path: %s, at position %s"
              .formatted(
                  shown,
                  e.getReason(),
                  path.indexOf('\0') < 0 ? e.getIndex() : path.indexOf('\0')));
    }
  }

  @Override
  public String absolute(String path) {
    return path(path).toAbsolutePath().normalize().toString();
  }

  /**
   * What there is to say of a path below a home, with a blank before it: a shell knows {@code ~},
   * Java does not; empty if the path is none, or there is a folder of that name.
   */
  String home(String path) {
    boolean isHome = path.equals("~") || path.startsWith("~/");
    return isHome && !exists("~")
        ? " ~ is not expanded; say System.getProperty(\"user.home\")%s."
            .formatted(path.length() > 1 ? " + \"" + path.substring(1) + "\"" : "")
        : "";
  }

  private static MissingFileException missing(String path) {
    String home = new LocalFileSystem().home(path);
    if (!home.isEmpty()) {
      return new MissingFileException("nothing is at %s:%s".formatted(path, home));
    }
    Path absolute = path(path).toAbsolutePath().normalize();
    Path folder = absolute.getParent();
    while (folder != null && !Files.isDirectory(folder)) {
      folder = folder.getParent();
    }
    String hint = folder == null ? "" : nearest(absolute, folder);
    return new MissingFileException("nothing is at %s (%s).%s".formatted(path, absolute, hint));
  }

  /** What the name meant that is not in a folder where the path leads to. */
  private static String nearest(Path absolute, Path folder) {
    String wrong = absolute.getName(folder.getNameCount()).toString();
    List<String> known = List.of();
    try (Stream<Path> names = Files.list(folder)) {
      known = names.map(name -> name.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      // Then there is no hint: the error to tell is the missing file.
    }
    String inFolder =
        folder.equals(absolute.getParent())
            ? listed(known)
            : " In " + folder + " is no '" + wrong + "'.";
    return NearestName.of(wrong, known)
        .map(name -> " Did you mean '%s' in %s?".formatted(name, folder))
        .orElse(inFolder);
  }

  /** Some of the names that are there, as for columns. */
  private static String listed(List<String> known) {
    List<String> shown = known.stream().filter(name -> !name.matches("[._].*")).toList();
    if (shown.isEmpty()) {
      return "";
    }
    int others = shown.size() - MOST_LISTED;
    return " Its folder has: %s%s."
        .formatted(
            String.join(", ", shown.subList(0, Math.min(MOST_LISTED, shown.size()))),
            others > 0 ? " and " + others + " more" : "");
  }

  private static IOException failed(String doing, String path, IOException e) {
    String reason = e.toString();
    if (e instanceof AccessDeniedException) {
      reason = "access denied: " + e.getMessage();
    } else if (e instanceof FileAlreadyExistsException) {
      reason = "a file is already there: " + e.getMessage();
    } else if (e instanceof NotDirectoryException) {
      reason = "not a folder: " + e.getMessage();
    } else if (e instanceof NoSuchFileException) {
      reason = "nothing is at " + e.getMessage();
    }
    return new IOException("cannot %s %s: %s".formatted(doing, path, reason), e);
  }
}
