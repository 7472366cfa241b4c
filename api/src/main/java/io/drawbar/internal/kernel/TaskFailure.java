package io.drawbar.internal.kernel;

import io.drawbar.error.DrawbarException;
import io.drawbar.expr.EvaluationException;
import io.drawbar.spi.BadRowException;
import io.drawbar.spi.DamagedFileException;
import io.drawbar.spi.MemoryLimitException;
import io.drawbar.spi.UnwritableValueException;
import io.drawbar.type.DuplicateColumnException;
import io.drawbar.type.UnknownColumnException;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Comparator;

/**
 * An error in the data, as it travels to the driver: as data. Of several the one that comes first
 * in the data is reported, so that every engine reports the same.
 *
 * @param stage where it happened
 * @param unit the leaf or hash unit it happened in
 * @param block the block in that unit
 * @param kind which exception the driver is to throw
 * @param message what it says
 */
record TaskFailure(int stage, long unit, long block, Kind kind, String message) {
  /** The exceptions that a task can raise over data; no class name travels. */
  enum Kind {
    BAD_ROW,
    EVALUATION,
    UNWRITABLE_VALUE,
    DAMAGED_FILE,
    UNKNOWN_COLUMN,
    DUPLICATE_COLUMN,
    MEMORY_LIMIT,
    OTHER;

    private static Kind of(DrawbarException error) {
      if (error instanceof BadRowException) {
        return BAD_ROW;
      }
      if (error instanceof EvaluationException) {
        return EVALUATION;
      }
      if (error instanceof UnwritableValueException) {
        return UNWRITABLE_VALUE;
      }
      if (error instanceof DamagedFileException) {
        return DAMAGED_FILE;
      }
      if (error instanceof MemoryLimitException) {
        return MEMORY_LIMIT;
      }
      if (error instanceof DuplicateColumnException) {
        return DUPLICATE_COLUMN;
      }
      return error instanceof UnknownColumnException ? UNKNOWN_COLUMN : OTHER;
    }
  }

  static final Comparator<TaskFailure> FIRST_IN_DATA =
      Comparator.comparingInt(TaskFailure::stage)
          .thenComparingLong(TaskFailure::unit)
          .thenComparingLong(TaskFailure::block)
          .thenComparing(TaskFailure::message);

  static TaskFailure of(TaskScope scope, DrawbarException error) {
    return new TaskFailure(
        scope.stage, scope.unit, scope.block, Kind.of(error), error.getMessage());
  }

  /** An error that a superstep met in a held block. */
  static TaskFailure of(HeldBlock block, DrawbarException error) {
    return new TaskFailure(0, block.unit(), block.block(), Kind.of(error), error.getMessage());
  }

  static TaskFailure first(TaskFailure a, TaskFailure b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return FIRST_IN_DATA.compare(a, b) <= 0 ? a : b;
  }

  DrawbarException exception() {
    return switch (kind) {
      case BAD_ROW -> new BadRowException(message);
      case EVALUATION -> new EvaluationException(message);
      case UNWRITABLE_VALUE -> new UnwritableValueException(message);
      case DAMAGED_FILE -> new DamagedFileException(message);
      case UNKNOWN_COLUMN -> new UnknownColumnException(message);
      case DUPLICATE_COLUMN -> new DuplicateColumnException(message);
      case MEMORY_LIMIT -> new MemoryLimitException(message);
      case OTHER -> new DrawbarException(message);
    };
  }

  void encode(DataOutput out) throws IOException {
    out.writeInt(stage);
    out.writeLong(unit);
    out.writeLong(block);
    out.writeByte(kind.ordinal());
    out.writeUTF(message.length() > 10_000 ? message.substring(0, 10_000) : message);
  }

  static TaskFailure decode(DataInput in) throws IOException {
    int stage = in.readInt();
    long unit = in.readLong();
    long block = in.readLong();
    int kind = in.readByte();
    if (kind < 0 || kind >= Kind.values().length) {
      throw new IOException("no failure is of kind " + kind);
    }
    return new TaskFailure(stage, unit, block, Kind.values()[kind], in.readUTF());
  }
}
