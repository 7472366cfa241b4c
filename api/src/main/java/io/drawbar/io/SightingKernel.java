package io.drawbar.io;

import io.drawbar.column.Batch;
import io.drawbar.iterate.BlockFold;
import io.drawbar.iterate.LeafKernel;
import java.io.DataInput;
import java.io.IOException;
import java.util.List;

/** Gathers what {@link SightingRows} tell. */
record SightingKernel() implements LeafKernel<Sightings> {
  private static final long serialVersionUID = 1;

  @Override
  public List<String> columns() {
    return SightingRows.SCHEMA.names();
  }

  @Override
  public Sightings identity() {
    return new Sightings();
  }

  @Override
  public BlockFold<Sightings> open() {
    Sightings[] block = {new Sightings()};
    return new BlockFold<>() {
      @Override
      public void batch(Batch batch) {
        SightingRows.addTo(block[0], batch);
      }

      @Override
      public void endBlock(Sightings into) {
        into.merge(block[0]);
        block[0] = new Sightings();
      }
    };
  }

  @Override
  public Sightings decode(DataInput in) throws IOException {
    return Sightings.decode(in);
  }
}
