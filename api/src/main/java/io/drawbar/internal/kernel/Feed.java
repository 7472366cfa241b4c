package io.drawbar.internal.kernel;

import io.drawbar.spi.Layout;
import io.drawbar.spi.Source;
import io.drawbar.type.Schema;
import java.io.Serializable;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

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
   * @param schemas by stage that sends them, their columns
   */
  record FromFrames(SortedMap<Integer, Schema> schemas) implements Feed {
    /** Frames of stages that all send the same columns. */
    public static FromFrames of(List<Integer> from, Schema schema) {
      SortedMap<Integer, Schema> schemas = new TreeMap<>();
      from.forEach(stage -> schemas.put(stage, schema));
      return new FromFrames(schemas);
    }

    /** The stages that send. */
    List<Integer> from() {
      return List.copyOf(schemas.keySet());
    }

    /** The columns of a stage's frames. */
    Schema schema(int stage) {
      return schemas.get(stage);
    }
  }
}
