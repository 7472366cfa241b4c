package io.drawbar.io;

import io.drawbar.column.Batch;
import io.drawbar.spi.Layout;
import io.drawbar.spi.LeafReader;
import io.drawbar.spi.Source;
import io.drawbar.spi.Split;
import io.drawbar.spi.Unit;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Reads sources in tests, as rows that can be compared. */
final class Reading {
  /** A row, where it stood, and the number of its block in its leaf. */
  record Seen(int file, long leaf, int block, List<Object> values) {}

  private Reading() {}

  static List<Seen> all(Source source, Layout layout, int desired, int alignment)
      throws IOException {
    List<Seen> seen = new ArrayList<>();
    for (Split split : source.splits(layout, desired, alignment)) {
      try (LeafReader reader = source.open(split, layout, source.schema().names())) {
        drain(reader, seen);
      }
    }
    return seen;
  }

  static void drain(LeafReader reader, List<Seen> seen) throws IOException {
    while (reader.nextLeaf()) {
      int block = 0;
      for (Batch batch = reader.nextBlock(); batch != null; batch = reader.nextBlock()) {
        for (List<Object> values : values(batch)) {
          seen.add(new Seen(Unit.file(reader.unit()), Unit.ordinal(reader.unit()), block, values));
        }
        block++;
      }
    }
  }

  static List<List<Object>> values(Batch batch) {
    List<List<Object>> rows = new ArrayList<>();
    for (int n = 0; n < batch.selected(); n++) {
      Object[] values = new Object[batch.schema().size()];
      for (int c = 0; c < values.length; c++) {
        values[c] = batch.column(c).value(batch.row(n));
      }
      rows.add(Arrays.asList(values));
    }
    return rows;
  }

  /** The rows of a source, read in one go. */
  static List<List<Object>> rows(Source source) throws IOException {
    return all(source, new Layout(4 << 20, 65_536, 4_096), 1, 1).stream()
        .map(Seen::values)
        .toList();
  }

  static Path write(Path file, byte[] bytes) throws IOException {
    Files.createDirectories(file.getParent());
    return Files.write(file, bytes);
  }

  static Path write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  @SuppressWarnings("unchecked")
  static <T> T shipped(T object) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
        out.writeObject(object);
      }
      try (ObjectInputStream in =
          new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
        return (T) in.readObject();
      }
    } catch (IOException | ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }
}
