package io.drawbar.engine.mapreduce;

import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.security.UserGroupInformation;

/**
 * The local file system, with owners and permissions through java.nio and without checksum files.
 */
final class NioLocalFileSystem extends LocalFileSystem {

  /*
   * Without Hadoop's native library, which Maven does not bring, the stock local file system forks
   * a chmod for each permission set and an ls for each one read. Most of the time of a small local
   * job goes there. It must extend LocalFileSystem, because MapTask casts to that.
   */

  NioLocalFileSystem() {
    super(new Raw());
  }

  /** Whether permissions are known to java.nio here. */
  static boolean isSupported() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
  }

  @Override
  public void initialize(URI name, Configuration conf) throws IOException {
    super.initialize(name, conf);
    // What is written here lives as long as a run.
    setWriteChecksum(false);
  }

  private static final class Raw extends RawLocalFileSystem {

    private static final String SYSTEM_USER = System.getProperty("user.name");

    @Override
    public void setPermission(Path path, FsPermission permission) throws IOException {
      String symbols =
          permission.getUserAction().SYMBOL
              + permission.getGroupAction().SYMBOL
              + permission.getOtherAction().SYMBOL;
      Files.setPosixFilePermissions(
          pathToFile(path).toPath(), PosixFilePermissions.fromString(symbols));
    }

    @Override
    public FileStatus getFileStatus(Path path) throws IOException {
      File file = pathToFile(path);
      PosixFileAttributes found;
      try {
        found = Files.readAttributes(file.toPath(), PosixFileAttributes.class);
      } catch (NoSuchFileException e) {
        FileNotFoundException missing = new FileNotFoundException("there is no " + path);
        missing.initCause(e);
        throw missing;
      }
      boolean folder = found.isDirectory();
      return new FileStatus(
          folder ? 0 : found.size(),
          folder,
          1,
          getDefaultBlockSize(path),
          found.lastModifiedTime().toMillis(),
          found.lastAccessTime().toMillis(),
          FsPermission.valueOf("-" + PosixFilePermissions.toString(found.permissions())),
          owner(found.owner().getName()),
          found.group().getName(),
          makeQualified(new Path(file.getPath())));
    }

    /** Submission insists that the user by Hadoop's name (HADOOP_USER_NAME) owns its folders. */
    private static String owner(String name) throws IOException {
      return name.equals(SYSTEM_USER)
          ? UserGroupInformation.getCurrentUser().getShortUserName()
          : name;
    }
  }
}
