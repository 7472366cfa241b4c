package io.drawbar.spi;

import io.drawbar.config.Config;
import io.drawbar.iterate.LeafKernel;
import io.drawbar.iterate.Partial;
import io.drawbar.type.InferredSchema;

/** Files whose columns are not declared, and can be found out by going over all rows once. */
public interface Undeclared {
  /** One distributed pass over all rows of a source, which a session provides. */
  interface Pass {
    /** Folds all rows with a kernel, and merges exactly. */
    <P extends Partial<P>> P over(Source source, LeafKernel<P> kernel);
  }

  /** The same files as a session's configuration has them; called before anything else. */
  default Undeclared configured(Config config) {
    return this;
  }

  /**
   * Finds out the columns.
   *
   * @param pass is made once; once more where the source is {@link Surveyed}
   * @throws io.drawbar.error.DrawbarException if there is nothing that columns could be made of
   */
  InferredSchema infer(Pass pass);
}
