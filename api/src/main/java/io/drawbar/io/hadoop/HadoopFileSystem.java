package io.drawbar.io.hadoop;

import io.drawbar.io.MissingFileException;
import io.drawbar.spi.FileSystem;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.BlockLocation;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.hadoop.hdfs.DistributedFileSystem;

/**
 * Hadoop's file systems. What is shipped to tasks are the settings that are not Hadoop's own
 * defaults: there, too, no *-site.xml need be on the class path. They may hold secrets, so nothing
 * here prints one.
 */
final class HadoopFileSystem implements FileSystem {
  private static final long serialVersionUID = 1;

  /** Those known to rename a file or folder in one step; object stores copy, and then delete. */
  private static final Set<String> RENAMING =
      Set.of("hdfs", "webhdfs", "swebhdfs", "viewfs", "abfs", "abfss", "o3fs", "ofs", "file");

  /** Hadoop opens them, but cannot say how long they are. */
  private static final Set<String> UNLISTED = Set.of("http", "https");

  /** What file systems say that know no machines. */
  private static final String NO_HOST = "localhost";

  /**
   * Has a store see to it that of several who create a file one does; older ones do not know it.
   */
  private static final String ONE_OF_SEVERAL = "fs.option.create.conditional.overwrite";

  private final TreeMap<String, String> settings;

  private HadoopFileSystem(TreeMap<String, String> settings) {
    this.settings = settings;
  }

  /**
   * The file system of a scheme; empty if this Hadoop has none.
   *
   * @param given settings that go before those of files on the class path
   */
  static Optional<HadoopFileSystem> find(String scheme, Map<String, String> given) {
    if (UNLISTED.contains(scheme)) {
      return Optional.empty();
    }
    Configuration conf = new Configuration();
    given.forEach(conf::set);
    try {
      org.apache.hadoop.fs.FileSystem.getFileSystemClass(scheme, conf);
    } catch (UnsupportedFileSystemException e) {
      return Optional.empty();
    } catch (IOException | RuntimeException e) {
      // A class that its setting names is not there: the jar that has it is asked for.
      return Optional.empty();
    }
    TreeMap<String, String> own = new TreeMap<>();
    for (Map.Entry<String, String> setting : conf) {
      String[] origins = conf.getPropertySources(setting.getKey());
      boolean isDefault = origins != null && origins[origins.length - 1].endsWith("-default.xml");
      String value = isDefault ? null : conf.get(setting.getKey());
      if (value != null) {
        own.put(setting.getKey(), value);
      }
    }
    return Optional.of(new HadoopFileSystem(own));
  }

  private static Path path(String path) {
    Path parsed;
    try {
      parsed = new Path(path);
    } catch (IllegalArgumentException e) {
      throw new MissingFileException("'%s' is no path: %s".formatted(path, e.getMessage()));
    }
    return parsed.toUri().getPath().isEmpty() ? new Path(path + "/") : parsed;
  }

  private org.apache.hadoop.fs.FileSystem of(Path path) throws IOException {
    URI uri = path.toUri();
    try {
      return Connections.to(uri, settings);
    } catch (LinkageError e) {
      throw HadoopFileSystemFactory.incomplete(uri.getScheme(), e);
    }
  }

  @Override
  public String absolute(String path) {
    try {
      Path parsed = path(path);
      return of(parsed).makeQualified(parsed).toString();
    } catch (IOException e) {
      return path; // whoever opens it will say what is wrong
    }
  }

  @Override
  public boolean isRenameAtomic(String path) {
    return RENAMING.contains(path(path).toUri().getScheme());
  }

  @Override
  public List<Status> list(String root) throws IOException {
    return walk(root).files();
  }

  @Override
  public Listing walk(String root) throws IOException {
    Path start = path(root);
    try {
      org.apache.hadoop.fs.FileSystem system = of(start);
      Path qualified = system.makeQualified(start);
      List<Status> found = new ArrayList<>();
      List<String> hidden = new ArrayList<>();
      if (system.getFileStatus(qualified).isDirectory()) {
        walk(system, qualified, "", found, hidden);
      } else {
        found.add(status(system.listLocatedStatus(qualified).next(), qualified.getName()));
      }
      return new Listing(found, hidden);
    } catch (FileNotFoundException e) {
      throw missing(root);
    } catch (IOException e) {
      throw failed("list", root, e);
    }
  }

  private static void walk(
      org.apache.hadoop.fs.FileSystem system,
      Path folder,
      String above,
      List<Status> found,
      List<String> hidden)
      throws IOException {
    RemoteIterator<LocatedFileStatus> below = system.listLocatedStatus(folder);
    while (below.hasNext()) {
      LocatedFileStatus file = below.next();
      String name = file.getPath().getName();
      if (name.startsWith("_") || name.startsWith(".")) {
        if (name.startsWith(".") && file.isDirectory()) {
          hidden.add(above + name);
        }
        continue;
      }
      if (file.isDirectory()) {
        walk(system, file.getPath(), above + name + "/", found, hidden);
      } else {
        found.add(status(file, above + name));
      }
    }
  }

  private static Status status(LocatedFileStatus file, String relativePath) throws IOException {
    List<Placement> placements = new ArrayList<>();
    for (BlockLocation block : file.getBlockLocations()) {
      List<String> hosts =
          Stream.of(block.getHosts()).filter(host -> !host.equals(NO_HOST)).toList();
      if (!hosts.isEmpty()) {
        placements.add(new Placement(block.getOffset(), block.getLength(), hosts));
      }
    }
    return new Status(file.getPath().toString(), relativePath, file.getLen(), placements);
  }

  @Override
  public InputStream open(String path, long offset) throws IOException {
    FSDataInputStream in = null;
    try {
      Path file = path(path);
      in = of(file).open(file);
      if (offset > 0) {
        in.seek(offset);
      }
      return in;
    } catch (FileNotFoundException e) {
      throw missing(path);
    } catch (IOException e) {
      if (in != null) {
        in.close();
      }
      throw failed("open", path, e);
    }
  }

  @Override
  public OutputStream create(String path) throws IOException {
    try {
      Path file = path(path);
      org.apache.hadoop.fs.FileSystem system = of(file);
      if (isRenameAtomic(path)) {
        return system.create(file, false);
      }
      FSDataOutputStreamBuilder<?, ?> created = system.createFile(file);
      created.overwrite(false).recursive().opt(ONE_OF_SEVERAL, true);
      return created.build();
    } catch (IOException e) {
      throw failed("create", path, e);
    }
  }

  @Override
  public void createFolder(String path) throws IOException {
    boolean isThere;
    try {
      Path folder = path(path);
      isThere = of(folder).mkdirs(folder);
    } catch (IOException e) {
      throw failed("create the folder", path, e);
    }
    if (!isThere) {
      throw new IOException("cannot create the folder %s".formatted(path));
    }
  }

  @Override
  public List<String> entries(String folder) throws IOException {
    try {
      Path path = path(folder);
      return Stream.of(of(path).listStatus(path)).map(found -> found.getPath().getName()).toList();
    } catch (FileNotFoundException e) {
      throw missing(folder);
    } catch (IOException e) {
      throw failed("list", folder, e);
    }
  }

  @Override
  public boolean isFolder(String path) throws IOException {
    try {
      Path any = path(path);
      return of(any).getFileStatus(any).isDirectory();
    } catch (FileNotFoundException e) {
      return false;
    } catch (IOException e) {
      throw failed("look at", path, e);
    }
  }

  @Override
  public boolean deleteEmptyFolder(String path) throws IOException {
    Path folder = path(path);
    org.apache.hadoop.fs.FileSystem system = of(folder);
    try {
      system.delete(folder, false);
      return true;
    } catch (FileNotFoundException e) {
      return true;
    } catch (IOException e) {
      if (!system.exists(folder)) {
        return true;
      }
      if (system.listStatus(folder).length > 0) {
        return false;
      }
      throw failed("delete the folder", path, e);
    }
  }

  /**
   * {@inheritDoc}
   *
   * <p>HDFS can.
   */
  @Override
  public boolean replace(String from, String to) throws IOException {
    Path source = path(from);
    Path target = path(to);
    try {
      boolean canReplace =
          of(source) instanceof DistributedFileSystem distributed
              && distributed.getFileStatus(source).isFile()
              && distributed.getFileStatus(target).isFile();
      if (canReplace) {
        ((DistributedFileSystem) of(source)).rename(source, target, Options.Rename.OVERWRITE);
      }
      return canReplace;
    } catch (IOException e) {
      throw failed("rename", from + " to " + to, e);
    }
  }

  @Override
  public boolean exists(String path) throws IOException {
    try {
      Path any = path(path);
      return of(any).exists(any);
    } catch (IOException e) {
      throw failed("look at", path, e);
    }
  }

  /**
   * {@inheritDoc}
   *
   * <p>HDFS does it in one step, which fails if something is at the target. Others have a rename
   * that moves a folder <em>into</em> one that is at the target; they are asked first whether there
   * is, and what comes there between the two is not noticed.
   */
  @Override
  public void rename(String from, String to) throws IOException {
    Path source = path(from);
    Path target = path(to);
    boolean isMoved;
    try {
      org.apache.hadoop.fs.FileSystem system = of(source);
      if (system instanceof DistributedFileSystem distributed) {
        distributed.rename(source, target, Options.Rename.NONE);
        return;
      }
      if (system.exists(target)) {
        throw new IOException("the target is already there");
      }
      isMoved = system.rename(source, target);
    } catch (IOException e) {
      throw failed("rename", from + " to " + to, e);
    }
    if (!isMoved) {
      throw new IOException("cannot rename %s to %s".formatted(from, to));
    }
  }

  @Override
  public void delete(String path) throws IOException {
    try {
      Path any = path(path);
      of(any).delete(any, true);
    } catch (FileNotFoundException e) {
      // It is not there.
    } catch (IOException e) {
      throw failed("delete", path, e);
    }
  }

  private static MissingFileException missing(String path) {
    return new MissingFileException("nothing is at %s".formatted(path));
  }

  private static IOException failed(String doing, String path, IOException e) {
    return new IOException("cannot %s %s: %s".formatted(doing, path, e), e);
  }

  @Override
  public String toString() {
    return "Hadoop's file systems";
  }
}
