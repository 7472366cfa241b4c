package io.drawbar.engine.mapreduce;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.apache.hadoop.io.Writable;

/**
 * A frame on its way.
 *
 * <p>Not a {@code BytesWritable}: that one grows its buffer by half and is reused, so that a
 * receiver must copy once more. Here each frame read is an array of its own and of its exact
 * length, which the receiver may keep.
 */
final class Frame implements Writable {

  private byte[] bytes = new byte[0];

  byte[] bytes() {
    return bytes;
  }

  void set(byte[] frame) {
    bytes = frame;
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  @Override
  public void readFields(DataInput in) throws IOException {
    byte[] read = new byte[in.readInt()];
    in.readFully(read);
    bytes = read;
  }
}
