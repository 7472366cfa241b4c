package io.drawbar.iterate;

import io.drawbar.column.Batch;
import java.io.DataInput;
import java.io.IOException;
import java.util.List;

/**
 * A kernel that also takes the fingerprint of the columns it reads, in the same pass:
 *
 * <pre>{@code
 * Fingerprinted<Moments> found = training.reduce(new FingerprintedKernel<>(kernel));
 * Provenance.of(this, training, kernel.columns(), found.data());
 * }</pre>
 *
 * @param <P> the kernel's partial
 * @param kernel what is computed
 */
public record FingerprintedKernel<P extends Partial<P>>(LeafKernel<P> kernel)
    implements LeafKernel<Fingerprinted<P>> {
  private static final long serialVersionUID = 1;

  @Override
  public List<String> columns() {
    return kernel.columns();
  }

  @Override
  public Fingerprinted<P> identity() {
    return new Fingerprinted<>(kernel.identity(), new DataFingerprint());
  }

  @Override
  public BlockFold<Fingerprinted<P>> open() {
    BlockFold<P> fold = kernel.open();
    DataFingerprint data = new DataFingerprint();
    return new BlockFold<>() {
      @Override
      public void beginBlock(BlockMemory memory) {
        fold.beginBlock(memory);
      }

      @Override
      public void batch(Batch batch) {
        data.add(batch);
        fold.batch(batch);
      }

      @Override
      public void endBlock(Fingerprinted<P> into) {
        into.data().merge(data);
        data.clear();
        fold.endBlock(into.partial());
      }
    };
  }

  @Override
  public Fingerprinted<P> decode(DataInput in) throws IOException {
    DataFingerprint data = DataFingerprint.decode(in);
    return new Fingerprinted<>(kernel.decode(in), data);
  }
}
