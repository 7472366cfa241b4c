package io.drawbar.internal.kernel;

import io.drawbar.column.Batch;
import io.drawbar.spi.CommitProtocol;
import io.drawbar.spi.PartFile;
import io.drawbar.spi.PartReceipt;
import io.drawbar.spi.PartWriter;
import io.drawbar.spi.Sink;
import io.drawbar.type.Schema;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * Writes rows into parts under temporary names and sends a receipt for each part to the driver,
 * which commits those of the attempts that counted. A part without rows is not written.
 *
 * @param branch which branch of a union writes, part of the names; {@link #THE_ONLY_BRANCH} for all
 *     rows
 */
public record WriteStep(
    Sink sink, CommitProtocol protocol, PartNames parts, int branch, Schema schema)
    implements Step {
  /** Rows that are not of a union: names of parts say nothing of branches. */
  public static final int THE_ONLY_BRANCH = -1;

  @Override
  public Operator open(TaskScope scope, Operator next) {
    return sink.partitionColumns().isEmpty() ? new Work(scope) : new PartitionedWork(scope);
  }

  @Override
  public String describe() {
    return "write " + sink.describe();
  }

  static byte[] frame(PartReceipt receipt) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(new byte[Envelope.BYTES]);
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeUTF(receipt.name());
    out.writeUTF(receipt.path());
    out.writeLong(receipt.rows());
    return bytes.toByteArray();
  }

  static PartReceipt receipt(byte[] frame) throws IOException {
    DataInputStream in =
        new DataInputStream(
            new ByteArrayInputStream(frame, Envelope.BYTES, frame.length - Envelope.BYTES));
    return new PartReceipt(in.readUTF(), in.readUTF(), in.readLong());
  }

  private PartFile create(TaskScope scope, String folder, long part, String suffix)
      throws IOException {
    String name = folder + parts.name(branch, part) + suffix + sink.extension();
    return protocol.create(scope.context.attempt(), name);
  }

  private static void send(TaskScope scope, ExchangeOutbox outbox, long part, PartReceipt receipt)
      throws IOException {
    outbox.send(0, part, frame(receipt));
    scope.report.rowsOut += receipt.rows();
  }

  /** Writes each part into as many files as its rows have values of the partition columns. */
  private final class PartitionedWork extends Ending {
    private final TaskScope scope;
    private final ExchangeOutbox outbox;
    private long part = -1;
    private PartitionedPart files;

    PartitionedWork(TaskScope scope) {
      this.scope = scope;
      outbox = scope.rowOutbox();
    }

    @Override
    public void beginUnit(long unit) throws IOException {
      long begun = parts.part(unit);
      if (begun != part) {
        finishPart();
        part = begun;
      }
      if (files != null) {
        files.beginUnit(unit);
      }
    }

    @Override
    public void batch(Batch batch) throws IOException {
      if (batch.selected() == 0) {
        return;
      }
      if (files == null) {
        files = new PartitionedPart(schema, sink.partitionColumns(), new Files());
      }
      files.write(batch, scope.unit);
    }

    @Override
    public void endBlock() throws IOException {
      if (files != null) {
        files.endBlock();
      }
    }

    @Override
    public void endInput() throws IOException {
      finishPart();
    }

    private void finishPart() throws IOException {
      if (files != null) {
        files.finish(scope.unit);
        files = null;
      }
    }

    @Override
    public void close() throws IOException {
      if (files != null) {
        files.close();
      }
    }

    private final class Files implements PartitionedPart.Files {
      @Override
      public PartFile create(String folder, String suffix) throws IOException {
        return WriteStep.this.create(scope, folder, part, suffix);
      }

      @Override
      public PartWriter open(PartFile file, Schema inFiles) throws IOException {
        return sink.open(file, inFiles);
      }

      @Override
      public void finished(PartReceipt receipt) throws IOException {
        send(scope, outbox, part, receipt);
      }
    }
  }

  private final class Work extends Ending {
    private final TaskScope scope;
    private final ExchangeOutbox outbox;
    private long part = -1;
    private PartFile file;
    private PartWriter writer;
    private long rows;

    Work(TaskScope scope) {
      this.scope = scope;
      outbox = scope.rowOutbox();
    }

    @Override
    public void beginUnit(long unit) throws IOException {
      long begun = parts.part(unit);
      if (begun != part) {
        finishPart();
        part = begun;
      }
      if (writer != null) {
        writer.beginUnit(unit);
      }
    }

    @Override
    public void batch(Batch batch) throws IOException {
      if (batch.selected() == 0) {
        return;
      }
      if (writer == null) {
        file = create(scope, "", part, "");
        writer = sink.open(file, schema);
        writer.beginUnit(scope.unit);
      }
      writer.write(batch);
      rows += batch.selected();
    }

    @Override
    public void endBlock() throws IOException {
      if (writer != null) {
        writer.endBlock();
      }
    }

    @Override
    public void endInput() throws IOException {
      finishPart();
    }

    private void finishPart() throws IOException {
      if (writer != null) {
        PartWriter finished = writer;
        writer = null;
        finished.close();
        send(scope, outbox, part, new PartReceipt(file.name(), file.path(), rows));
        rows = 0;
      }
    }

    @Override
    public void close() throws IOException {
      if (writer != null) {
        writer.close();
      }
    }
  }
}
