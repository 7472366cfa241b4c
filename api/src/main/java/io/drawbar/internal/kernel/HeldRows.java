package io.drawbar.internal.kernel;

import io.drawbar.column.Batch;
import io.drawbar.column.BatchCodec;
import io.drawbar.column.ListColumn;
import io.drawbar.column.StringColumn;
import io.drawbar.spi.HeldBlocks;
import io.drawbar.spi.SpillFile;
import io.drawbar.spi.SpillFolder;
import io.drawbar.type.Schema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The blocks that a task holds: decoded in memory while its share lasts, then encoded in a file
 * that goes with it, also when the process ends.
 */
final class HeldRows implements HeldBlocks {
  private final Schema schema;
  private final long mostBytes;
  private final SpillFolder folder;
  private final AtomicLong bytes = new AtomicLong();
  private final List<HeldBlock> blocks = new ArrayList<>();
  private final List<Batch> open = new ArrayList<>();
  private BlockSet all = BlockSet.EMPTY;
  private SpillFile file;

  /**
   * No blocks yet.
   *
   * @param mostBytes how many bytes of heap they may take
   * @param folder where the others are put down
   */
  HeldRows(Schema schema, long mostBytes, SpillFolder folder) {
    this.schema = schema;
    this.mostBytes = mostBytes;
    this.folder = folder;
  }

  Schema schema() {
    return schema;
  }

  /** Adds rows to the current block; copies them, unless they are kept by somebody else, too. */
  void add(Batch batch) {
    if (batch.selected() > 0) {
      open.add(stays(batch) ? batch : BatchCopy.of(batch));
    }
  }

  /** Texts may have more than themselves in their array of bytes: those of other columns. */
  private static boolean stays(Batch batch) {
    return batch.isLasting()
        && batch.selection() == null
        && Arrays.stream(batch.columns())
            .noneMatch(c -> c instanceof StringColumn || c instanceof ListColumn);
  }

  /** Ends the current block; one without rows is none. */
  void endBlock(long unit, long block) throws IOException {
    if (open.isEmpty()) {
      return;
    }
    long more = open.stream().mapToLong(Batch::heapBytes).sum();
    if (reserve(more)) {
      blocks.add(HeldBlock.inMemory(unit, block, open));
    } else {
      blocks.add(HeldBlock.onDisk(unit, block, store()));
    }
    all = all.with(unit, block);
    open.clear();
  }

  private List<HeldBlock.Stored> store() throws IOException {
    if (file == null) {
      file = folder.create();
    }
    List<HeldBlock.Stored> stored = new ArrayList<>();
    for (Batch batch : open) {
      stored.add(new HeldBlock.Stored(file, file.append(BatchCodec.encode(batch, 0))));
    }
    return stored;
  }

  /** Takes more of the heap, unless it would be more than it may. */
  boolean reserve(long more) {
    if (bytes.addAndGet(more) <= mostBytes) {
      return true;
    }
    bytes.addAndGet(-more);
    return false;
  }

  void release(long less) {
    bytes.addAndGet(-less);
  }

  HeldBlock block(int index) {
    return blocks.get(index);
  }

  /** Which blocks these are. */
  BlockSet all() {
    return all;
  }

  @Override
  public int count() {
    return blocks.size();
  }

  @Override
  public long heapBytes() {
    return bytes.get();
  }

  @Override
  public void close() {
    blocks.clear();
    open.clear();
    bytes.set(0);
    if (file != null) {
      try {
        file.close();
      } catch (IOException e) {
        // It has no name any more, and goes with the process.
      }
      file = null;
    }
  }
}
