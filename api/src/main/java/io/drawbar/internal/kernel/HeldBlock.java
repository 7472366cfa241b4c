package io.drawbar.internal.kernel;

import io.drawbar.column.Batch;
import io.drawbar.column.BatchCodec;
import io.drawbar.spi.SpillFile;
import io.drawbar.type.Schema;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** A block that stays with its task: in memory, or in a file of the task's. */
final class HeldBlock {
  /** What an iteration has left with it. */
  record Left(long iteration, Object value, long bytes) {}

  /** Where a batch is in a file. */
  record Stored(SpillFile file, SpillFile.Piece piece) {}

  private final long unit;
  private final long block;
  private final List<Batch> batches;
  private final List<Stored> stored;
  final AtomicReference<Left> left = new AtomicReference<>();

  private HeldBlock(long unit, long block, List<Batch> batches, List<Stored> stored) {
    this.unit = unit;
    this.block = block;
    this.batches = batches;
    this.stored = stored;
  }

  static HeldBlock inMemory(long unit, long block, List<Batch> batches) {
    return new HeldBlock(unit, block, List.copyOf(batches), List.of());
  }

  static HeldBlock onDisk(long unit, long block, List<Stored> stored) {
    return new HeldBlock(unit, block, List.of(), List.copyOf(stored));
  }

  long unit() {
    return unit;
  }

  long block() {
    return block;
  }

  /** Its rows, in order. */
  List<Batch> batches(Schema schema) throws IOException {
    if (stored.isEmpty()) {
      return batches;
    }
    Batch[] read = new Batch[stored.size()];
    for (int i = 0; i < read.length; i++) {
      read[i] = read(schema, stored.get(i));
    }
    return List.of(read);
  }

  private static Batch read(Schema schema, Stored place) throws IOException {
    return BatchCodec.decode(schema, place.file().read(place.piece()), 0);
  }
}
