package io.drawbar.internal.kernel;

import io.drawbar.column.Batch;
import io.drawbar.column.BatchCodec;
import io.drawbar.spi.EngineException;
import io.drawbar.spi.SpillFile;
import io.drawbar.type.Schema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Batches of rows in a file, one after the other. */
final class SpilledRun {
  private final TaskScope scope;
  private final SpillFile file;
  private final List<SpillFile.Piece> pieces = new ArrayList<>();

  /** An empty run; several may grow in one file. */
  SpilledRun(TaskScope scope, SpillFile file) {
    this.scope = scope;
    this.file = file;
    scope.report.runsSpilled++;
  }

  /** Adds the rows of a batch that count. */
  void add(Batch batch) throws IOException {
    stopIfInterrupted();
    SpillFile.Piece piece = file.append(BatchCodec.encode(batch, 0));
    scope.report.bytesSpilled += piece.length();
    pieces.add(piece);
  }

  /** How many batches there are. */
  int batches() {
    return pieces.size();
  }

  /** The bytes that a batch takes in the file. */
  int bytes(int number) {
    return pieces.get(number).length();
  }

  /** A batch, read. */
  Batch batch(Schema schema, int number) throws IOException {
    stopIfInterrupted();
    return BatchCodec.decode(schema, file.read(pieces.get(number)), 0);
  }

  /** Nothing else hears of it while a task works with its own files. */
  private static void stopIfInterrupted() {
    if (Thread.currentThread().isInterrupted()) {
      throw new EngineException("the run was cancelled");
    }
  }
}
