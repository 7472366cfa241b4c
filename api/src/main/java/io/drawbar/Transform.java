package io.drawbar;

import java.io.Serializable;

/** A reusable step from one dataset to another. */
@FunctionalInterface
public non-sealed interface Transform extends PipelineStage, Serializable {
  /**
   * The transformed dataset.
   *
   * @throws io.drawbar.error.DrawbarException if the columns it needs are not there, or of another
   *     type
   */
  Dataset transform(Dataset input);
}
