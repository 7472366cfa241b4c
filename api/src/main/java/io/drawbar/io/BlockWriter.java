package io.drawbar.io;

import io.drawbar.column.Batch;
import io.drawbar.column.BatchBuilder;
import io.drawbar.column.BatchCodec;
import io.drawbar.spi.PartWriter;
import io.drawbar.type.Schema;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.CRC32C;

/** Writes a file of {@link Blocks}. */
final class BlockWriter implements PartWriter {
  private final DataOutputStream out;
  private final Schema schema;
  private long unit;

  /** The block at hand; null while it has no rows. */
  private byte[] block;

  BlockWriter(OutputStream out, Schema schema) {
    this.out = new DataOutputStream(out);
    this.schema = schema;
  }

  @Override
  public void beginUnit(long begun) {
    unit = begun;
  }

  @Override
  public void write(Batch batch) {
    if (block == null) {
      block = BatchCodec.encode(batch, 0);
      return;
    }
    BatchBuilder both = new BatchBuilder(schema);
    Batch before = BatchCodec.decode(schema, block, 0);
    for (int row = 0; row < before.rows(); row++) {
      both.append(before, row);
    }
    for (int n = 0; n < batch.selected(); n++) {
      both.append(batch, batch.row(n));
    }
    block = BatchCodec.encode(both.build(), 0);
  }

  @Override
  public void endBlock() throws IOException {
    if (block == null) {
      return;
    }
    CRC32C checksum = new CRC32C();
    checksum.update(block);
    out.writeInt(block.length);
    out.writeLong(unit);
    out.writeInt((int) checksum.getValue());
    out.write(block);
    block = null;
  }

  @Override
  public void close() throws IOException {
    try (out) {
      endBlock();
    }
  }
}
