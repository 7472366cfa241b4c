package io.drawbar.internal.kernel;

import java.nio.ByteBuffer;

/**
 * The header of a frame: who sent it, as which of how many, and where in the data its rows belong. It is
 * what lets a receiver order frames that came in any order, and notice one that is missing or came twice.
 *
 * @param kind what follows the header
 * @param stage the sender's stage
 * @param producer the sender's number in its stage
 * @param producers how many tasks that stage has
 * @param sequence data: the frame's number among the sender's to this receiver, from 0; end: how many
 *     there were
 * @param unit data: the first unit that the rows are of
 * @param ordinal data: orders frames of one unit
 */
record Envelope(
    Kind kind, int stage, int producer, int producers, int sequence, long unit, long ordinal) {
  /** The kinds of frames. */
  enum Kind {
    /** A batch, or a receipt. */
    DATA,
    /** The sender's last frame to this receiver, with its summary. */
    END,
    /** The one frame of a task that reduces: see {@link ReducedFrame}. */
    REDUCED
  }

  /** The length of the header in bytes. */
  static final int BYTES = 1 + 4 * 4 + 2 * 8;

  /** Writes the header into the first {@link #BYTES} of a frame. */
  void writeTo(byte[] frame) {
    ByteBuffer.wrap(frame)
        .put((byte) kind.ordinal())
        .putInt(stage)
        .putInt(producer)
        .putInt(producers)
        .putInt(sequence)
        .putLong(unit)
        .putLong(ordinal);
  }

  /** Reads the header of a frame. */
  static Envelope of(byte[] frame) {
    if (frame.length < BYTES || frame[0] < 0 || frame[0] >= Kind.values().length) {
      throw new IllegalArgumentException("a frame of " + frame.length + " bytes without a header");
    }
    ByteBuffer header = ByteBuffer.wrap(frame);
    return new Envelope(
        Kind.values()[header.get()],
        header.getInt(),
        header.getInt(),
        header.getInt(),
        header.getInt(),
        header.getLong(),
        header.getLong());
  }
}
