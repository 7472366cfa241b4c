package io.drawbar.internal.kernel;

import io.drawbar.spi.EngineException;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.zip.CRC32C;

/**
 * The header of a frame: who sent it, as which of how many, and where in the data its rows belong.
 * It is what lets a receiver order frames that came in any order, and notice one that is missing,
 * came twice or was damaged on the way: a CRC-32C over the whole frame is part of it.
 *
 * @param kind what follows the header
 * @param stage the sender's stage
 * @param producer the sender's number in its stage
 * @param producers how many tasks that stage has
 * @param sequence data: the frame's number among the sender's to this receiver, from 0; end: how
 *     many there were
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
    REDUCED,
    /** What a worker has folded of held blocks: see {@link FoldedFrame}. */
    FOLDED
  }

  /** The order of the data. */
  static final Comparator<Envelope> IN_ORDER =
      Comparator.comparingInt(Envelope::stage)
          .thenComparingLong(Envelope::unit)
          .thenComparingInt(Envelope::producer)
          .thenComparingLong(Envelope::ordinal);

  /** The length of the header in bytes. */
  static final int BYTES = 1 + 4 * 4 + 2 * 8 + 4;

  private static final int CHECKSUM_AT = BYTES - 4;

  /** Writes the header into the first {@link #BYTES} of a frame. */
  void writeTo(byte[] frame) {
    ByteBuffer.wrap(frame)
        .put((byte) kind.ordinal())
        .putInt(stage)
        .putInt(producer)
        .putInt(producers)
        .putInt(sequence)
        .putLong(unit)
        .putLong(ordinal)
        .putInt(checksum(frame));
  }

  private static int checksum(byte[] frame) {
    CRC32C crc = new CRC32C();
    crc.update(frame, 0, CHECKSUM_AT);
    crc.update(frame, BYTES, frame.length - BYTES);
    return (int) crc.getValue();
  }

  /**
   * Reads the header of a frame.
   *
   * @throws EngineException if the frame is not as it was sent
   */
  static Envelope of(byte[] frame) {
    boolean whole = frame.length >= BYTES && frame[0] >= 0 && frame[0] < Kind.values().length;
    if (!whole || ByteBuffer.wrap(frame).getInt(CHECKSUM_AT) != checksum(frame)) {
      throw new EngineException(
          "a frame of %s bytes was damaged on its way through the engine; run again, and report it"
              .formatted(frame.length));
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
