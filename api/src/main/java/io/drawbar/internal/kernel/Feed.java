package io.drawbar.internal.kernel;

import io.drawbar.spi.Layout;
import io.drawbar.spi.Source;
import io.drawbar.type.Schema;
import java.io.Serializable;
import java.util.List;

/** What a stage's first operator is fed with. */
public sealed interface Feed extends Serializable {
  /**
   * Rows read from a source.
   *
   * @param columns those read, in order
   */
  record FromSource(Source source, Layout layout, List<String> columns) implements Feed {}

  /**
   * Rows decoded from frames.
   *
   * @param from the stages that send them
   * @param schema their columns
   */
  record FromFrames(List<Integer> from, Schema schema) implements Feed {}
}
