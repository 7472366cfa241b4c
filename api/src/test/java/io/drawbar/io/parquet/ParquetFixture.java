package io.drawbar.io.parquet;

import io.drawbar.column.Batch;
import io.drawbar.column.BatchBuilder;
import io.drawbar.spi.CommitProtocol;
import io.drawbar.spi.Layout;
import io.drawbar.spi.LeafReader;
import io.drawbar.spi.PartFile;
import io.drawbar.spi.PartReceipt;
import io.drawbar.spi.PartWriter;
import io.drawbar.spi.Sink;
import io.drawbar.spi.Source;
import io.drawbar.spi.Split;
import io.drawbar.spi.Unit;
import io.drawbar.type.Row;
import io.drawbar.type.Schema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;

/** Files made by the library itself, row by row, and rows as they come from sources. */
final class ParquetFixture {
  static final Layout LAYOUT = new Layout(4 << 20, 65_536, 4_096);

  /** How the library writes. */
  record Manner(
      WriterVersion version,
      CompressionCodecName codec,
      boolean hasDictionaries,
      int pageRows,
      int groupRows) {
    static final Manner USUAL =
        new Manner(WriterVersion.PARQUET_1_0, CompressionCodecName.SNAPPY, true, 20_000, 1 << 20);
  }

  /** A row, and where it was. */
  record Seen(int file, long leaf, int block, List<Object> values) {}

  private ParquetFixture() {}

  static void write(Path file, MessageType type, Manner manner, List<Group> rows)
      throws IOException {
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new LocalOutputFile(file))
            .withType(type)
            .withWriterVersion(manner.version)
            .withCompressionCodec(manner.codec)
            .withDictionaryEncoding(manner.hasDictionaries)
            .withPageRowCountLimit(manner.pageRows)
            .withMinRowCountForPageSizeCheck(1)
            .withRowGroupRowCountLimit(manner.groupRows)
            .build()) {
      for (Group row : rows) {
        writer.write(row);
      }
    }
  }

  static List<Seen> all(Source source, Layout layout, int desired, int alignment)
      throws IOException {
    List<Seen> seen = new ArrayList<>();
    for (Split split : source.splits(layout, desired, alignment)) {
      try (LeafReader reader = source.open(split, layout, source.schema().names())) {
        while (reader.nextLeaf()) {
          int block = 0;
          for (Batch batch = reader.nextBlock(); batch != null; batch = reader.nextBlock()) {
            for (int n = 0; n < batch.selected(); n++) {
              long unit = reader.unit();
              List<Object> values = values(batch, batch.row(n));
              seen.add(new Seen(Unit.file(unit), Unit.ordinal(unit), block, values));
            }
            block++;
          }
        }
      }
    }
    return seen;
  }

  static List<List<Object>> rows(Source source) throws IOException {
    return all(source, LAYOUT, 1, 1).stream().map(Seen::values).toList();
  }

  private static List<Object> values(Batch batch, int row) {
    Object[] values = new Object[batch.schema().size()];
    for (int c = 0; c < values.length; c++) {
      Object value = batch.column(c).value(row);
      values[c] = value instanceof double[] vector ? boxed(vector) : value;
    }
    return Arrays.asList(values);
  }

  private static List<Double> boxed(double[] vector) {
    return Arrays.stream(vector).boxed().toList();
  }

  static Batch batch(Schema schema, List<List<Object>> rows) {
    BatchBuilder builder = new BatchBuilder(schema);
    rows.forEach(row -> builder.append(Row.of(schema, row.toArray())));
    return builder.build();
  }

  /** Writes batches as the parts of an output. */
  static void write(Sink sink, Schema schema, List<List<Batch>> parts) throws IOException {
    sink.check(schema);
    CommitProtocol commit = sink.commitProtocol(schema);
    commit.begin();
    List<PartReceipt> receipts = new ArrayList<>();
    for (int p = 0; p < parts.size(); p++) {
      PartFile file = commit.create("attempt_" + p, "part-%05d%s".formatted(p, sink.extension()));
      long rows = 0;
      try (PartWriter writer = sink.open(file, schema)) {
        for (Batch batch : parts.get(p)) {
          writer.write(batch);
          rows += batch.selected();
        }
      }
      receipts.add(new PartReceipt(file.name(), file.path(), rows));
    }
    commit.commit(receipts);
  }
}
