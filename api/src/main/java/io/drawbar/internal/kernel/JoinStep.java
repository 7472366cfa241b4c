package io.drawbar.internal.kernel;

import io.drawbar.column.Batch;
import io.drawbar.column.ColumnVector;
import io.drawbar.expr.JoinKind;
import io.drawbar.spi.Unit;
import io.drawbar.type.Schema;
import java.io.IOException;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The start of a stage: rows of two sides with the same keys. All rows of the receiver's hash range
 * are there when it begins.
 *
 * @param leftStages the stages that send the left side; all others send the right
 * @param kind which rows come out
 * @param output the left's columns and, if the kind adds columns, those of the right but its keys
 * @param order whether the order of the rows is looked at: then it is (hash, key, rest of the row),
 *     a unit for each value of the hash's top bits
 * @param blockRows the rows of a block
 */
public record JoinStep(
    List<Integer> leftStages,
    Side left,
    Side right,
    JoinKind kind,
    Schema output,
    OutputOrder order,
    int blockRows)
    implements Step {
  private static final int FIRST_ROWS = 4096;

  /**
   * One of the inputs.
   *
   * @param keys its key columns, by position, in the order of the join's keys
   */
  public record Side(Schema schema, int[] keys) implements Serializable {
    /** The positions of the columns of this side that come out behind all those of the left. */
    int[] addedTo(Side left, Schema output) {
      return output.fields().subList(left.schema.size(), output.size()).stream()
          .mapToInt(f -> schema.indexOf(f.name()))
          .toArray();
    }
  }

  @Override
  public Operator open(TaskScope scope, Operator next) {
    return new Work(scope, next);
  }

  @Override
  public String describe() {
    return "%s join by %s%s"
        .formatted(
            kind.name().toLowerCase(Locale.ROOT),
            ColumnNames.of(left.schema, left.keys),
            order == OutputOrder.OBSERVED ? ", in order of (hash, key, row)" : "");
  }

  private final class Work extends Receiving {
    private final SortedRows leftRows;
    private final SortedRows rightRows;
    private final Units units;
    private final int[] added;

    /** Rows of the left that have been put down as they came, to be looked up one by one. */
    private SpilledRun waiting;

    /** The block at hand: rows of the left, and of the right or -1. */
    private int[] lefts = new int[Math.min(blockRows, FIRST_ROWS)];

    private int[] rights = new int[lefts.length];
    private int count;
    private long unit;

    Work(TaskScope scope, Operator next) {
      super(scope, next);
      units = new Units(scope, next);
      leftRows = rows(left);
      rightRows = rows(right);
      added = right.addedTo(left, output);
    }

    private SortedRows rows(Side side) {
      return new SortedRows(scope, side.schema, HashRank.of(side.keys), Integer.MAX_VALUE);
    }

    @Override
    public void batch(Batch batch) throws IOException {
      boolean isLeft = leftStages.contains(scope.frame.stage());
      for (Batch some : scope.memory.pieces(batch, scope.frameBytes)) {
        SortedRows side = isLeft ? leftRows : rightRows;
        side.keep(some);
        if (scope.memory.isFull() || side.buffer().isLong()) {
          makeRoom();
        }
      }
    }

    /**
     * Where no order is looked at, rows of the left only wait, which costs little; those of the
     * right, too, have to be put in order once they are put down.
     */
    private void makeRoom() throws IOException {
      long leftBytes = leftRows.buffer().heapBytes();
      long rightBytes = rightRows.buffer().heapBytes();
      if (rightRows.buffer().isLong()) {
        rightRows.spill();
      } else if (order == OutputOrder.OBSERVED || !rightRows.areInMemory()) {
        (leftBytes >= rightBytes ? leftRows : rightRows).spill();
      } else if (leftBytes >= rightBytes / 4) {
        if (waiting == null) {
          waiting = new SpilledRun(scope, scope.spillFile());
        }
        leftRows.spillUnsorted(waiting);
      } else {
        rightRows.spill();
      }
    }

    @Override
    public void endInput() throws IOException {
      if (order == OutputOrder.OBSERVED) {
        if (leftRows.areInMemory() && rightRows.areInMemory()) {
          merge();
        } else {
          mergeRuns();
        }
      } else if (rightRows.areInMemory() && hasRoomForTable()) {
        probe();
      } else {
        for (int number = 0; waiting != null && number < waiting.batches(); number++) {
          leftRows.add(waiting.batch(left.schema, number), waiting.bytes(number));
        }
        mergeRuns();
      }
      units.end();
    }

    private void mergeRuns() throws IOException {
      new SpilledJoin(scope, JoinStep.this, units).join(leftRows.merge(), rightRows.merge());
    }

    private boolean hasRoomForTable() {
      return scope.memory.hasRoomFor(RightTable.heapBytes(rightRows.buffer().rows()));
    }

    /** Looks all left rows up in a table of the right ones. */
    private void probe() throws IOException {
      RightTable table = new RightTable(rightRows.buffer(), right);
      scope.memory.keep(table.heapBytes());
      RowBuffer buffer = leftRows.buffer();
      probe(table, buffer);
      for (int number = 0; waiting != null && number < waiting.batches(); number++) {
        buffer.clear();
        buffer.add(waiting.batch(left.schema, number));
        probe(table, buffer);
      }
    }

    private void probe(RightTable table, RowBuffer rows) throws IOException {
      ColumnVector[] keys = keyColumns(rows, left);
      for (int row = 0; row < rows.rows(); row++) {
        int group = table.find(keys, row, rows.rank(row));
        if (kind == JoinKind.SEMI || kind == JoinKind.ANTI) {
          if (group >= 0 == (kind == JoinKind.SEMI)) {
            emit(row, -1);
          }
        } else if (group < 0) {
          if (kind == JoinKind.LEFT) {
            emit(row, -1);
          }
        } else {
          for (int i = table.start(group); i < table.start(group + 1); i++) {
            emit(row, table.row(i));
          }
        }
      }
      flush();
    }

    /** Walks both sides in their order. */
    private void merge() throws IOException {
      int[] leftOrder = leftRows.sorted();
      int[] rightOrder = rightRows.sorted();
      ColumnVector[] leftKeys = keyColumns(leftRows.buffer(), left);
      ColumnVector[] rightKeys = keyColumns(rightRows.buffer(), right);
      int r = 0;
      int end = 0;
      for (int l = 0; l < leftOrder.length; ) {
        // Rows of the left with the key of those before have the same partners, found once.
        if (r == end || compareKeys(leftKeys, leftOrder[l], rightKeys, rightOrder[r]) != 0) {
          r = end;
          while (r < rightOrder.length
              && compareKeys(leftKeys, leftOrder[l], rightKeys, rightOrder[r]) > 0) {
            r++;
          }
          end = r;
          while (end < rightOrder.length
              && compareKeys(leftKeys, leftOrder[l], rightKeys, rightOrder[end]) == 0) {
            end++;
          }
        }
        int same = l + 1;
        while (same < leftOrder.length && equalRows(leftOrder[l], leftOrder[same])) {
          same++;
        }
        emitAll(leftOrder, l, same, rightOrder, r, end);
        l = same;
      }
      flush();
    }

    /** Equal rows of the left with all their partners: each pair of equals side by side. */
    private void emitAll(int[] leftOrder, int l, int same, int[] rightOrder, int r, int end)
        throws IOException {
      long here = Unit.ofHash(leftRows.buffer().rank(leftOrder[l]));
      if (here != unit) {
        flush();
        unit = here;
      }
      boolean found = end > r;
      boolean alone = kind == JoinKind.SEMI ? found : !found && kind != JoinKind.INNER;
      if (alone) {
        for (int i = l; i < same; i++) {
          emit(leftOrder[i], -1);
        }
      } else if (found && (kind == JoinKind.INNER || kind == JoinKind.LEFT)) {
        for (int k = r; k < end; k++) {
          for (int i = l; i < same; i++) {
            emit(leftOrder[i], rightOrder[k]);
          }
        }
      }
    }

    private boolean equalRows(int a, int b) {
      RowBuffer rows = leftRows.buffer();
      ColumnVector[] columns = rows.columns();
      return rows.rank(a) == rows.rank(b) && RowOrder.compareWhole(columns, a, columns, b) == 0;
    }

    /** By hash, then by key; a null of the left is after all, for it equals nothing. */
    private int compareKeys(ColumnVector[] leftKeys, int l, ColumnVector[] rightKeys, int r) {
      int result = Long.compareUnsigned(leftRows.buffer().rank(l), rightRows.buffer().rank(r));
      for (int k = 0; k < leftKeys.length && result == 0; k++) {
        result = ColumnOrder.compare(leftKeys[k], l, rightKeys[k], r);
      }
      return result;
    }

    private void emit(int leftRow, int rightRow) throws IOException {
      if (count == lefts.length) {
        int length = (int) Math.min(blockRows, 2L * count);
        lefts = Arrays.copyOf(lefts, length);
        rights = Arrays.copyOf(rights, length);
      }
      lefts[count] = leftRow;
      rights[count++] = rightRow;
      if (count == blockRows) {
        flush();
      }
    }

    private void flush() throws IOException {
      if (count == 0) {
        return;
      }
      ColumnVector[] columns = new ColumnVector[output.size()];
      ColumnVector[] own = leftRows.buffer().columns();
      for (int c = 0; c < own.length; c++) {
        columns[c] = Gather.gather(own[c], lefts, count);
      }
      for (int c = own.length; c < columns.length; c++) {
        ColumnVector from = rightRows.buffer().columns()[added[c - own.length]];
        columns[c] = Gather.gatherOrNull(from, rights, count);
      }
      int rows = count;
      count = 0;
      units.block(unit, Batch.of(output, rows, columns));
    }
  }

  static ColumnVector[] keyColumns(RowBuffer rows, Side side) {
    ColumnVector[] all = rows.columns();
    return Arrays.stream(side.keys).mapToObj(k -> all[k]).toArray(ColumnVector[]::new);
  }
}
