package io.drawbar.io;

import io.drawbar.spi.FileSystem;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/** The local files; subclasses get in the way. */
abstract class Delegating implements FileSystem {
  private static final long serialVersionUID = 1;

  private final FileSystem real = new LocalFileSystem();

  /** Comes before everything but reading. */
  void step() throws IOException {}

  @Override
  public List<Status> list(String root) throws IOException {
    return real.list(root);
  }

  @Override
  public Listing walk(String root) throws IOException {
    List<Status> files = list(root);
    return new Listing(files, real.exists(root) ? real.walk(root).hidden() : List.of());
  }

  @Override
  public List<String> entries(String folder) throws IOException {
    step();
    return real.entries(folder);
  }

  @Override
  public boolean isFolder(String path) throws IOException {
    step();
    return real.isFolder(path);
  }

  @Override
  public boolean deleteEmptyFolder(String path) throws IOException {
    step();
    return real.deleteEmptyFolder(path);
  }

  @Override
  public InputStream open(String path, long offset) throws IOException {
    return real.open(path, offset);
  }

  @Override
  public OutputStream create(String path) throws IOException {
    step();
    OutputStream out = real.create(path);
    return new FilterOutputStream(out) {
      @Override
      public void write(byte[] bytes, int from, int length) throws IOException {
        step();
        out.write(bytes, from, length);
      }

      @Override
      public void close() throws IOException {
        try {
          step();
        } finally {
          out.close();
        }
      }
    };
  }

  @Override
  public void createFolder(String path) throws IOException {
    step();
    real.createFolder(path);
  }

  @Override
  public boolean exists(String path) throws IOException {
    step();
    return real.exists(path);
  }

  @Override
  public void rename(String from, String to) throws IOException {
    step();
    real.rename(from, to);
  }

  @Override
  public boolean replace(String from, String to) throws IOException {
    step();
    return real.replace(from, to);
  }

  @Override
  public void delete(String path) throws IOException {
    step();
    real.delete(path);
  }
}
