package io.drawbar.io;

import io.drawbar.column.Batch;
import io.drawbar.column.BatchCodec;
import io.drawbar.spi.DamagedFileException;
import io.drawbar.spi.LeafReader;
import io.drawbar.type.Schema;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32C;

/** Reads a file of {@link Blocks}. */
final class BlockReader implements LeafReader {
  private static final int HEADER_BYTES = 16;
  private static final int BUFFER_BYTES = 1 << 16;

  private final DataInputStream in;
  private final Blocks.BlockSplit file;
  private final Schema schema;
  private final KeptBlockReader.Columns columns;
  private final KeptBlocks.Draft draft;
  private long left;

  /** The unit of the block that comes next; -1 at the end of the file. */
  private long nextUnit;

  private int nextLength;
  private int nextChecksum;
  private long unit = -1;

  /**
   * A reader of all of a file's blocks.
   *
   * @param draft where they are put down in memory
   */
  BlockReader(
      InputStream in,
      Blocks.BlockSplit file,
      Schema schema,
      KeptBlockReader.Columns columns,
      KeptBlocks.Draft draft)
      throws IOException {
    this.in = new DataInputStream(new BufferedInputStream(in, BUFFER_BYTES));
    this.file = file;
    this.schema = schema;
    this.columns = columns;
    this.draft = draft;
    left = file.bytes();
    boolean opened = false;
    try {
      header();
      opened = true;
    } finally {
      if (!opened) {
        this.in.close();
      }
    }
  }

  private void header() throws IOException {
    if (left == 0) {
      nextUnit = -1;
      return;
    }
    if (left < HEADER_BYTES) {
      throw damaged("it ends in the header of a block");
    }
    nextLength = in.readInt();
    nextUnit = in.readLong();
    nextChecksum = in.readInt();
    left -= HEADER_BYTES;
    if (nextLength < 0 || nextLength > left || nextUnit < 0) {
      throw damaged("a block of %s bytes where %s are left".formatted(nextLength, left));
    }
  }

  private DamagedFileException damaged(String how) {
    return new DamagedFileException("%s is damaged: %s".formatted(file.path(), how));
  }

  @Override
  public boolean nextLeaf() throws IOException {
    while (nextUnit >= 0 && nextUnit == unit) {
      nextBlock();
    }
    unit = nextUnit;
    return unit >= 0;
  }

  @Override
  public long unit() {
    return unit;
  }

  @Override
  public Batch nextBlock() throws IOException {
    if (nextUnit < 0 || nextUnit != unit) {
      return null;
    }
    byte[] block = new byte[nextLength]; // no longer than what is left of the file
    try {
      in.readFully(block);
    } catch (EOFException e) {
      throw damaged("it is shorter than it was");
    }
    CRC32C checksum = new CRC32C();
    checksum.update(block);
    if ((int) checksum.getValue() != nextChecksum) {
      throw damaged("a block of unit %s is not as it was written".formatted(unit));
    }
    left -= nextLength;
    Batch all;
    try {
      all = BatchCodec.decode(schema, block, 0).lasting();
    } catch (IllegalArgumentException e) {
      throw damaged(e.getMessage());
    }
    draft.add(new KeptBlocks.Block(unit, all));
    header();
    if (nextUnit < 0) {
      draft.end();
    }
    return columns.of(all);
  }

  @Override
  public long bytesRead() {
    return file.bytes() - left;
  }

  @Override
  public void close() throws IOException {
    draft.drop();
    in.close();
  }
}
