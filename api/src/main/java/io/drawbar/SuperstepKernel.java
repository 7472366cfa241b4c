package io.drawbar;

import io.drawbar.iterate.BlockFold;
import io.drawbar.iterate.LeafKernel;
import io.drawbar.iterate.Partial;
import io.drawbar.iterate.Superstep;
import java.io.ByteArrayInputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * A superstep from one state as a kernel: how it runs on an engine that keeps nothing between runs.
 *
 * @param state as the superstep encodes it
 */
record SuperstepKernel<S, P extends Partial<P>>(Superstep<S, P> superstep, byte[] state)
    implements LeafKernel<P> {
  @Override
  public List<String> columns() {
    return superstep.columns();
  }

  @Override
  public P identity() {
    return superstep.identity();
  }

  @Override
  public BlockFold<P> open() {
    try {
      return superstep.open(
          superstep.decodeState(new DataInputStream(new ByteArrayInputStream(state))));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // of bytes that it has encoded itself
    }
  }

  @Override
  public P decode(DataInput in) throws IOException {
    return superstep.decode(in);
  }
}
