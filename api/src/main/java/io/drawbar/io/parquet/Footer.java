package io.drawbar.io.parquet;

import io.drawbar.io.InputFiles;
import io.drawbar.spi.DamagedFileException;
import io.drawbar.spi.FileSystem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.format.converter.ParquetMetadataConverter;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.schema.MessageType;
import shaded.parquet.org.apache.thrift.TException;

/**
 * What the end of a file says of it.
 *
 * @param shown the file, for messages
 * @param bytesRead what it took to read it
 */
record Footer(String shown, MessageType schema, List<BlockMetaData> groups, long bytesRead) {
  /** {@code PAR1} in front; the length of the footer and {@code PAR1} at the end. */
  private static final int LEAST_BYTES = 12;

  /** Most footers are shorter, and are then read in one go. */
  private static final int FIRST_BYTES = 1 << 16;

  private static final int LONGEST = 256 << 20;

  /**
   * Reads it.
   *
   * @throws DamagedFileException if it is not that of a Parquet file
   */
  static Footer read(FileSystem system, InputFiles.Found file) throws IOException {
    return read(system, file.path(), file.shown(), file.bytes());
  }

  static Footer read(FileSystem system, String path, String shown, long length) throws IOException {
    if (length < LEAST_BYTES) {
      throw damaged(shown, "it has %s bytes, fewer than any".formatted(length));
    }
    byte[] tail = bytes(system, path, shown, length, (int) Math.min(FIRST_BYTES, length));
    String magic = new String(tail, tail.length - 4, 4, StandardCharsets.US_ASCII);
    if (magic.equals("PARE")) {
      throw new DamagedFileException(
          shown + " is encrypted, which is not read. Decrypt it where its keys are.");
    }
    if (!magic.equals("PAR1")) {
      throw damaged(shown, "it does not end as one does, with PAR1; is it Parquet, and all of it?");
    }
    int size = (int) LittleEndian.INT.get(tail, tail.length - 8);
    if (size < 0 || size > length - LEAST_BYTES || size > LONGEST) {
      throw damaged(
          shown,
          "its footer is said to be of %s bytes, in a file of %s"
              .formatted(Integer.toUnsignedString(size), length));
    }
    if (size + 8 > tail.length) {
      tail = bytes(system, path, shown, length, size + 8);
    }
    try {
      ParquetMetadata metadata =
          new ParquetMetadataConverter()
              .fromParquetMetadata(
                  Structures.footer(tail, tail.length - 8 - size, tail.length - 8));
      Footer footer =
          new Footer(
              shown, metadata.getFileMetaData().getSchema(), metadata.getBlocks(), tail.length);
      footer.check(length - 8 - size);
      return footer;
    } catch (TException | IOException | RuntimeException | StackOverflowError e) {
      throw e instanceof DamagedFileException damaged
          ? damaged
          : damaged(shown, "its footer cannot be read (%s)".formatted(e.getMessage()));
    }
  }

  private static byte[] bytes(FileSystem system, String path, String shown, long length, int count)
      throws IOException {
    byte[] bytes = new byte[count];
    try (InputStream in = system.open(path, length - count)) {
      if (in.readNBytes(bytes, 0, count) < count) {
        throw damaged(shown, "it is shorter than it was");
      }
    }
    return bytes;
  }

  /** Holds what is said of row groups against the schema and the bytes before the footer. */
  private void check(long end) {
    List<ColumnDescriptor> leaves = schema.getColumns();
    for (int g = 0; g < groups.size(); g++) {
      BlockMetaData group = groups.get(g);
      if (group.getRowCount() < 0 || group.getColumns().size() != leaves.size()) {
        throw damaged(
            shown,
            "row group %s has %s rows and %s columns, the schema has %s columns"
                .formatted(g, group.getRowCount(), group.getColumns().size(), leaves.size()));
      }
      for (int c = 0; c < leaves.size(); c++) {
        check(g, group, leaves.get(c), group.getColumns().get(c), end);
      }
    }
  }

  private void check(
      int g, BlockMetaData group, ColumnDescriptor leaf, ColumnChunkMetaData chunk, long end) {
    String name = String.join(".", leaf.getPath());
    long start = chunk.getStartingPos();
    long size = chunk.getTotalSize();
    if (start < 4 || size < 0 || size > end - start) {
      throw damaged(
          shown,
          "column '%s' of row group %s is said to be %s bytes from byte %s on, of %s there are"
              .formatted(name, g, size, start, end));
    }
    boolean isWrong =
        leaf.getMaxRepetitionLevel() == 0
            ? chunk.getValueCount() != group.getRowCount()
            : chunk.getValueCount() < group.getRowCount();
    if (isWrong || !chunk.getPath().toDotString().equals(name)) {
      throw damaged(
          shown,
          "row group %s has %s rows, and %s values of column '%s' where those of '%s' should be"
              .formatted(
                  g,
                  group.getRowCount(),
                  chunk.getValueCount(),
                  chunk.getPath().toDotString(),
                  name));
    }
  }

  /** The number of the first row of a row group in its file, from 0. */
  long firstRow(int group) {
    long rows = 0;
    for (int g = 0; g < group; g++) {
      rows += groups.get(g).getRowCount();
    }
    return rows;
  }

  static DamagedFileException damaged(String shown, String how) {
    return new DamagedFileException(
        "%s is damaged, or no Parquet file: %s. Write it again, or fetch it again."
            .formatted(shown, how));
  }
}
