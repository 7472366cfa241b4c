package io.drawbar;

import io.drawbar.iterate.BlockFold;
import io.drawbar.iterate.LeafKernel;
import io.drawbar.iterate.Partial;
import io.drawbar.iterate.Superstep;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/** A kernel as a superstep that needs no state. */
record OnePass<P extends Partial<P>>(LeafKernel<P> kernel) implements Superstep<Boolean, P> {
  @Override
  public String describe() {
    return kernel.toString();
  }

  @Override
  public List<String> columns() {
    return kernel.columns();
  }

  @Override
  public P identity() {
    return kernel.identity();
  }

  @Override
  public BlockFold<P> open(Boolean state) {
    return kernel.open();
  }

  @Override
  public P decode(DataInput in) throws IOException {
    return kernel.decode(in);
  }

  @Override
  public Boolean next(Boolean state, P total) {
    return true;
  }

  @Override
  public boolean isDone(Boolean state) {
    return state;
  }

  @Override
  public void encodeState(Boolean state, DataOutput out) {
    // It is the same for all.
  }

  @Override
  public Boolean decodeState(DataInput in) {
    return false;
  }
}
