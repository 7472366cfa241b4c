package io.drawbar.spi;

import io.drawbar.column.Batch;
import io.drawbar.type.Schema;
import java.io.Serializable;
import java.util.Optional;

/** Reads rows out of the frames of a graph that collects, in tasks or on the driver. */
public interface FrameReader extends Serializable {
  /** The columns of the rows. */
  Schema schema();

  /**
   * The rows of a frame.
   *
   * @return empty for the frames in which tasks only report
   * @throws io.drawbar.error.DrawbarException if the frame says that its task met an error in the
   *     data: that error
   * @throws EngineException if the frame is damaged
   */
  Optional<Batch> read(byte[] frame);
}
