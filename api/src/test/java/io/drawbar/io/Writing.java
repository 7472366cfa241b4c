package io.drawbar.io;

import io.drawbar.column.Batch;
import io.drawbar.column.BatchBuilder;
import io.drawbar.spi.CommitProtocol;
import io.drawbar.spi.PartFile;
import io.drawbar.spi.PartReceipt;
import io.drawbar.spi.PartWriter;
import io.drawbar.spi.Sink;
import io.drawbar.type.Row;
import io.drawbar.type.Schema;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Writes to sinks in tests, as a driver and its tasks do. */
final class Writing {
  private Writing() {}

  static Batch batch(Schema schema, List<List<Object>> rows) {
    BatchBuilder builder = new BatchBuilder(schema);
    rows.forEach(row -> builder.append(Row.of(schema, row.toArray())));
    return builder.build();
  }

  /** Writes a part of some text. */
  static PartReceipt part(CommitProtocol commit, String name, String text) throws IOException {
    PartFile file = Reading.shipped(commit).create("attempt", name);
    try (OutputStream out = file.stream()) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return new PartReceipt(file.name(), file.path(), 1);
  }

  /** Has all runs be over that were killed in a test. */
  static void endRuns() {
    System.getProperties()
        .stringPropertyNames()
        .forEach(
            name -> {
              if (name.startsWith("io.drawbar.run.")) {
                System.clearProperty(name);
              }
            });
  }

  static void write(Sink sink, Schema schema, List<Batch> parts) throws IOException {
    sink.check(schema);
    CommitProtocol commit = sink.commitProtocol(schema);
    commit.begin();
    try {
      List<PartReceipt> receipts = new ArrayList<>();
      for (int p = 0; p < parts.size(); p++) {
        String name = "part-%05d%s".formatted(p, sink.extension());
        PartFile file = Reading.shipped(commit).create("attempt_" + p, name);
        try (PartWriter writer = Reading.shipped(sink).open(file, schema)) {
          writer.write(parts.get(p));
        }
        receipts.add(new PartReceipt(file.name(), file.path(), parts.get(p).selected()));
      }
      commit.commit(receipts);
    } catch (IOException | RuntimeException e) {
      commit.abort();
      throw e;
    }
  }
}
