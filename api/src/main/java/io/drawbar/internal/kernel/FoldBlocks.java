package io.drawbar.internal.kernel;

import io.drawbar.column.Batch;
import io.drawbar.column.ColumnVector;
import io.drawbar.error.DrawbarException;
import io.drawbar.iterate.BlockFold;
import io.drawbar.iterate.BlockMemory;
import io.drawbar.iterate.Partial;
import io.drawbar.iterate.Superstep;
import io.drawbar.spi.EngineException;
import io.drawbar.spi.FrameMerger;
import io.drawbar.spi.HeldBlocks;
import io.drawbar.spi.SuperstepProgram;
import io.drawbar.type.Schema;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;

/**
 * The program of a trainer's superstep over held rows.
 *
 * @param iteration a number that no other iteration over the same rows has
 */
public record FoldBlocks<S, P extends Partial<P>>(Superstep<S, P> superstep, long iteration)
    implements SuperstepProgram {
  @Override
  public String describe() {
    return superstep.describe();
  }

  @Override
  public Worker open(byte[] state) throws IOException {
    S decoded = superstep.decodeState(new DataInputStream(new ByteArrayInputStream(state)));
    return new Work(superstep.open(decoded));
  }

  @Override
  public FrameMerger merger() {
    return new FoldedFrame.Merger<>(superstep);
  }

  private final class Work implements Worker {
    private final BlockFold<P> fold;
    private final P total = superstep.identity();
    private BlockSet done = BlockSet.EMPTY;
    private TaskFailure failure;
    private Schema held;
    private Schema wanted;
    private int[] positions;

    Work(BlockFold<P> fold) {
      this.fold = fold;
    }

    @Override
    public void fold(HeldBlocks blocks, int index) throws IOException {
      HeldRows rows = (HeldRows) blocks;
      HeldBlock block = rows.block(index);
      done = done.with(block.unit(), block.block());
      try {
        fold.beginBlock(new Memory(rows, block));
        for (Batch batch : block.batches(rows.schema())) {
          fold.batch(columns(batch));
        }
        fold.endBlock(total);
      } catch (EngineException e) {
        throw e;
      } catch (DrawbarException e) {
        // The first in the data is reported, so that the rest is folded all the same.
        failure = TaskFailure.first(failure, TaskFailure.of(block, e));
      }
    }

    /** Those that the superstep reads, of those that are held. */
    private Batch columns(Batch batch) {
      if (batch.schema() != held) {
        held = batch.schema();
        wanted = new Schema(superstep.columns().stream().map(held::field).toList());
        positions = superstep.columns().stream().mapToInt(held::indexOf).toArray();
      }
      ColumnVector[] some = new ColumnVector[positions.length];
      for (int c = 0; c < some.length; c++) {
        some[c] = batch.column(positions[c]);
      }
      return batch.withColumns(wanted, some);
    }

    @Override
    public byte[] end() {
      return new FoldedFrame<>(done, failure, total).toBytes();
    }
  }

  /** A slot of the block, and the share of memory that it counts against. */
  private final class Memory implements BlockMemory {
    private final HeldRows rows;
    private final HeldBlock block;

    Memory(HeldRows rows, HeldBlock block) {
      this.rows = rows;
      this.block = block;
    }

    @Override
    public Object take() {
      HeldBlock.Left left = block.left.getAndSet(null);
      if (left == null) {
        return null;
      }
      rows.release(left.bytes());
      return left.iteration() == iteration ? left.value() : null;
    }

    @Override
    public void leave(Object value, long bytes) {
      if (!rows.reserve(bytes)) {
        return;
      }
      HeldBlock.Left before = block.left.getAndSet(new HeldBlock.Left(iteration, value, bytes));
      if (before != null) {
        rows.release(before.bytes());
      }
    }
  }
}
