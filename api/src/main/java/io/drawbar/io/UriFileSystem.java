package io.drawbar.io;

import io.drawbar.config.Config;
import io.drawbar.error.DrawbarException;
import io.drawbar.spi.FileSystem;
import io.drawbar.spi.FileSystemFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * All file systems there are, by the URIs of paths: plain paths and {@code file:} are {@link
 * LocalFileSystem}'s, others belong to what a {@link FileSystemFactory} on the class path finds for
 * their scheme, {@code hdfs} or {@code s3a} say. It is the file system of sources and sinks that
 * are not told another one with {@code on(...)}.
 */
public final class UriFileSystem implements FileSystem {
  private static final long serialVersionUID = 1;
  private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+):/.*");

  /** With a user's name and, up to an {@code @} or a slash, something that is no port. */
  private static final Pattern PASSWORD =
      Pattern.compile("[^:/]+://(?!\\[)[^/@]*:(?:[^/@]*@|[^/]*[^/0-9]).*");

  private static final String LOCAL = "file";

  /** By scheme; those of the paths that a session has configured it for. */
  private final TreeMap<String, FileSystem> systems;

  /** File systems as the configuration of this process has them. */
  public UriFileSystem() {
    this(new TreeMap<>());
  }

  private UriFileSystem(TreeMap<String, FileSystem> systems) {
    this.systems = systems;
  }

  /**
   * {@inheritDoc}
   *
   * @throws DrawbarException if no file system on the class path knows a path; names the jar to add
   */
  @Override
  public UriFileSystem configured(Config config, List<String> paths) {
    TreeMap<String, List<String>> byScheme = new TreeMap<>();
    for (String path : paths) {
      checkPassword(scheme(path), path);
      byScheme.computeIfAbsent(scheme(path), scheme -> new ArrayList<>()).add(path);
    }
    TreeMap<String, FileSystem> found = new TreeMap<>();
    byScheme.forEach(
        (scheme, some) ->
            found.put(scheme, find(scheme, some.get(0), config).configured(config, some)));
    return new UriFileSystem(found);
  }

  /** Whether a path is one of this machine. */
  static boolean isLocal(String path) {
    return scheme(path).equals(LOCAL);
  }

  private static String scheme(String path) {
    Matcher uri = SCHEME.matcher(path);
    return uri.matches() ? uri.group(1).toLowerCase(Locale.ROOT) : LOCAL;
  }

  private FileSystem of(String path) {
    String scheme = scheme(path);
    FileSystem known = systems.get(scheme);
    return known != null ? known : find(scheme, path, null);
  }

  private static void checkPassword(String scheme, String path) {
    if (!scheme.equals(LOCAL) && PASSWORD.matcher(path).matches()) {
      throw new DrawbarException(
          "a path of %s:// holds a password: put it into configuration, where it is never printed"
              .formatted(scheme));
    }
  }

  private static FileSystem find(String scheme, String path, Config config) {
    if (scheme.equals(LOCAL)) {
      return new LocalFileSystem();
    }
    checkPassword(scheme, path);
    Config known = config == null ? Config.load() : config;
    FileSystem found = null;
    String finder = "";
    for (FileSystemFactory factory : factories()) {
      FileSystem next = factory.find(scheme, known).orElse(null);
      String name = factory.getClass().getName();
      if (found != null && next != null && !finder.equals(name)) {
        throw new DrawbarException(
            "%s: both %s and %s know files of %s://; take one off the class path, or name the file system with on(...)"
                .formatted(path, finder, name, scheme));
      }
      found = next == null ? found : next;
      finder = next == null ? finder : name;
    }
    if (found == null) {
      throw new DrawbarException(
          "%s: no file system on the class path knows %s://. %s"
              .formatted(path, scheme, FileSystemJars.advice(scheme)));
    }
    return found;
  }

  /** Those on the class path. */
  public static List<FileSystemFactory> factories() {
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    ClassLoader loader = context == null ? UriFileSystem.class.getClassLoader() : context;
    List<FileSystemFactory> factories = new ArrayList<>();
    ServiceLoader.load(FileSystemFactory.class, loader).forEach(factories::add);
    return factories;
  }

  @Override
  public String absolute(String path) {
    return of(path).absolute(path);
  }

  @Override
  public boolean isRenameAtomic(String path) {
    return of(path).isRenameAtomic(path);
  }

  @Override
  public List<Status> list(String root) throws IOException {
    return of(root).list(root);
  }

  @Override
  public Listing walk(String root) throws IOException {
    return of(root).walk(root);
  }

  @Override
  public List<String> entries(String folder) throws IOException {
    return of(folder).entries(folder);
  }

  @Override
  public boolean isFolder(String path) throws IOException {
    return of(path).isFolder(path);
  }

  @Override
  public boolean deleteEmptyFolder(String path) throws IOException {
    return of(path).deleteEmptyFolder(path);
  }

  @Override
  public InputStream open(String path, long offset) throws IOException {
    return of(path).open(path, offset);
  }

  @Override
  public OutputStream create(String path) throws IOException {
    return of(path).create(path);
  }

  @Override
  public void createFolder(String path) throws IOException {
    of(path).createFolder(path);
  }

  @Override
  public boolean exists(String path) throws IOException {
    return of(path).exists(path);
  }

  @Override
  public void rename(String from, String to) throws IOException {
    if (!scheme(from).equals(scheme(to))) {
      throw new IOException(
          "cannot rename %s to %s: they are on different file systems".formatted(from, to));
    }
    of(from).rename(from, to);
  }

  @Override
  public boolean replace(String from, String to) throws IOException {
    return scheme(from).equals(scheme(to)) && of(from).replace(from, to);
  }

  @Override
  public void delete(String path) throws IOException {
    of(path).delete(path);
  }
}
