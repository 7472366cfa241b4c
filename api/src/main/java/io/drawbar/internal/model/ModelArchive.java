package io.drawbar.internal.model;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A model as a zip. Everything but the entries' content is made again and compared. */
final class ModelArchive extends ModelStore {
  private static final int CHECKSUM_BYTES = 64 + 2 + MANIFEST.length() + 1;
  private static final long MOST_BYTES = 0xFFFF_FFFEL;

  private final FileChannel channel;
  private final long size;
  private final ByteArrayOutputStream directory = new ByteArrayOutputStream();
  private int entries;
  private long position;

  ModelArchive(Path file) throws IOException {
    channel = FileChannel.open(file, StandardOpenOption.READ);
    size = channel.size();
  }

  /** Writes all files as one, through to the disk. */
  static void write(Path path, List<StoredPart> files) throws IOException {
    List<ByteBuffer> buffers = new ArrayList<>();
    ByteArrayOutputStream directory = new ByteArrayOutputStream();
    long offset = 0;
    for (StoredPart file : files) {
      byte[] header = ZipLayout.header(file.file(), file.bytes());
      directory.write(ZipLayout.directory(file.file(), file.bytes(), offset));
      buffers.add(ByteBuffer.wrap(header));
      buffers.add(ByteBuffer.wrap(file.bytes()));
      offset += header.length + file.bytes().length;
    }
    if (files.size() > ZipLayout.MOST_ENTRIES || offset + directory.size() > MOST_BYTES) {
      throw new IOException(
          "%s files of %s bytes do not fit a zip; save to a path without .zip, as a folder"
              .formatted(files.size(), offset));
    }
    buffers.add(ByteBuffer.wrap(directory.toByteArray()));
    buffers.add(ByteBuffer.wrap(ZipLayout.end(files.size(), directory.size(), offset)));
    ModelFolder.write(path, buffers.toArray(ByteBuffer[]::new));
  }

  private Damage otherLayout(String where) {
    return new Damage(
        "%s is not laid out as it was saved; if another program packed it, unpack it and load the"
                .formatted(where)
            + " folder");
  }

  @Override
  byte[] readManifest() throws IOException {
    byte[] header = bytes(0, ZipLayout.HEADER_BYTES);
    long length =
        ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).getInt(ZipLayout.LENGTH_AT)
            & 0xFFFF_FFFFL;
    if (length > MOST_MANIFEST_BYTES) {
      throw otherLayout(MANIFEST);
    }
    return entry(MANIFEST, (int) length);
  }

  @Override
  byte[] readChecksum() throws IOException {
    return entry(CHECKSUM, CHECKSUM_BYTES);
  }

  @Override
  void checkExtent(List<StoredPart.Declared> declared) throws Damage {
    long wanted = position + directory.size() + ZipLayout.END_BYTES;
    for (StoredPart.Declared part : declared) {
      wanted += ZipLayout.HEADER_BYTES + ZipLayout.DIRECTORY_BYTES;
      wanted += 2L * part.file().length() + part.length();
    }
    if (declared.size() + entries > ZipLayout.MOST_ENTRIES || wanted != size) {
      throw new Damage(
          "the zip has %s bytes, but by its manifest it has %s".formatted(size, wanted));
    }
  }

  @Override
  byte[] readPart(StoredPart.Declared part) throws IOException {
    return entry(part.file(), (int) part.length());
  }

  private byte[] entry(String file, int length) throws IOException {
    long from = position;
    int headerBytes = ZipLayout.HEADER_BYTES + file.length();
    byte[] header = bytes(from, headerBytes);
    byte[] content = bytes(from + headerBytes, length);
    if (!Arrays.equals(header, ZipLayout.header(file, content))) {
      throw otherLayout(file);
    }
    directory.write(ZipLayout.directory(file, content, from));
    position = from + headerBytes + length;
    entries++;
    return content;
  }

  /** Reads bytes that are there: the length is checked before anything is allocated. */
  private byte[] bytes(long from, int length) throws IOException {
    if (length > size - from) {
      throw new Damage("the zip ends after %s bytes".formatted(size));
    }
    ByteBuffer buffer = ByteBuffer.allocate(length);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, from + buffer.position()) < 0) {
        throw new Damage("the zip changes while it is read");
      }
    }
    return buffer.array();
  }

  @Override
  void checkRest() throws IOException {
    byte[] wanted = directory.toByteArray();
    byte[] end = ZipLayout.end(entries, wanted.length, position);
    if (!Arrays.equals(bytes(position, wanted.length), wanted)
        || !Arrays.equals(bytes(position + wanted.length, end.length), end)) {
      throw otherLayout("the directory of the zip");
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
