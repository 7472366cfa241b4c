package io.drawbar.internal.kernel;

import io.drawbar.iterate.DataFingerprint;
import io.drawbar.iterate.Partial;
import io.drawbar.iterate.PartialForm;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Which rows, in which blocks, are held by some tasks. */
public final class HeldSet implements Partial<HeldSet> {
  private final DataFingerprint data;
  private BlockSet blocks;

  private HeldSet(DataFingerprint data, BlockSet blocks) {
    this.data = data;
    this.blocks = blocks;
  }

  /** The same, of rows whose fingerprint is known. */
  public HeldSet withData(DataFingerprint known) {
    return new HeldSet(known, blocks);
  }

  /** The fingerprint of the rows. */
  public DataFingerprint data() {
    return data;
  }

  BlockSet blocks() {
    return blocks;
  }

  void blocks(BlockSet more) {
    blocks = blocks.and(more);
  }

  @Override
  public void merge(HeldSet other) {
    data.merge(other.data);
    blocks = blocks.and(other.blocks);
  }

  @Override
  public void encode(DataOutput out) throws IOException {
    data.encode(out);
    blocks.encode(out);
  }

  /** How sets of what is held meet. */
  public record Form() implements PartialForm<HeldSet> {
    private static final long serialVersionUID = 1;

    @Override
    public HeldSet identity() {
      return new HeldSet(new DataFingerprint(), BlockSet.EMPTY);
    }

    @Override
    public HeldSet decode(DataInput in) throws IOException {
      return new HeldSet(DataFingerprint.decode(in), BlockSet.decode(in));
    }
  }
}
