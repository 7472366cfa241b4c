package io.drawbar.internal.kernel;

import io.drawbar.spi.CommitProtocol;
import io.drawbar.spi.Layout;
import io.drawbar.spi.Sink;
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
   * @param quarantine takes the bad ones; null if they are only counted
   */
  record FromSource(Source source, Layout layout, List<String> columns, Quarantine quarantine)
      implements Feed {
    /** Rows of which the bad ones are only counted, if they do not end the run. */
    public FromSource(Source source, Layout layout, List<String> columns) {
      this(source, layout, columns, null);
    }

    /** The same with a place for bad ones. */
    public FromSource with(Quarantine place) {
      return new FromSource(source, layout, columns, place);
    }
  }

  /**
   * Where bad rows go.
   *
   * @param name under which tasks tell the driver of what they have written
   * @param protocol the sink's, which the driver has begun
   */
  record Quarantine(String name, Sink sink, CommitProtocol protocol) implements Serializable {}

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
