package io.drawbar.internal.kernel;

import io.drawbar.column.Batch;
import io.drawbar.spi.EngineException;
import io.drawbar.spi.HeldBlocks;
import io.drawbar.spi.SpillFolder;
import io.drawbar.type.Schema;
import java.io.IOException;
import java.util.List;

/**
 * Blocks that have come to the driver, and which they are.
 *
 * @param blocks closed by whoever has this
 */
public record GatheredRows(HeldBlocks blocks, HeldSet held) {
  /**
   * Holds blocks.
   *
   * @param batches a block each, in any order
   * @param mostBytes how many bytes of heap they may take; the rest is kept in a file
   * @param spilling says where
   */
  public static GatheredRows of(
      Schema schema, List<Batch> batches, long mostBytes, Spilling spilling) {
    HeldRows rows = new HeldRows(schema, mostBytes, spilling.folder(SpillFolder.ofSystem()));
    HeldSet held = new HeldSet.Form().identity();
    try {
      long block = 0;
      for (Batch batch : batches) {
        rows.add(batch);
        held.data().add(batch);
        rows.endBlock(0, block++);
      }
    } catch (IOException e) {
      rows.close();
      throw new EngineException("rows cannot be held on disk: " + e.getMessage(), e);
    }
    held.blocks(rows.all());
    return new GatheredRows(rows, held);
  }
}
