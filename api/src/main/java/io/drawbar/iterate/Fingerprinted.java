package io.drawbar.iterate;

import java.io.DataOutput;
import java.io.IOException;

/**
 * A partial, and the fingerprint of the rows that it was made of.
 *
 * @param <P> the partial
 * @param partial what is known of the rows
 * @param data which rows they are
 */
public record Fingerprinted<P extends Partial<P>>(P partial, DataFingerprint data)
    implements Partial<Fingerprinted<P>> {
  @Override
  public void merge(Fingerprinted<P> other) {
    partial.merge(other.partial);
    data.merge(other.data);
  }

  @Override
  public void encode(DataOutput out) throws IOException {
    data.encode(out);
    partial.encode(out);
  }
}
