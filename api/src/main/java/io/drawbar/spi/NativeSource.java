package io.drawbar.spi;

import io.drawbar.error.DrawbarException;
import io.drawbar.type.Schema;
import java.util.List;

/**
 * The rows of a dataset of an engine's own, which the engine feeds to tasks where they are, as
 * {@link BatchSplit batches} or, where a row is none, as {@link #failed}. Nobody promises their
 * order, and nobody else can read them.
 */
public abstract class NativeSource implements Source {
  private static final long serialVersionUID = 1;

  private final Schema schema;
  private final String rows;
  private final String engine;

  /**
   * A source.
   *
   * @param rows what they are, in a message: "rows of a Spark DataFrame"
   * @param engine how to open a session that reads them: a call
   */
  protected NativeSource(Schema schema, String rows, String engine) {
    this.schema = schema;
    this.rows = rows;
    this.engine = engine;
  }

  /**
   * What is wrong with a row, in place of the batch that it would be in: raised where a task reads,
   * so that it is reported as any error in the data is, and not tried again.
   */
  public static Split failed(long unit, DrawbarException problem) {
    return new Failed(unit, problem);
  }

  private record Failed(long firstUnit, DrawbarException problem) implements Split {
    @Override
    public long bytes() {
      return 0;
    }
  }

  @Override
  public final Schema schema() {
    return schema;
  }

  @Override
  public final String describe() {
    return rows;
  }

  @Override
  public final boolean isOrdered() {
    return false;
  }

  @Override
  public final List<Split> splits(Layout layout, int desired, int alignment) {
    throw new EngineException(
        "%s can only be read by a session attached to their engine: %s; or write them to files and read those"
            .formatted(rows, engine));
  }

  @Override
  public final LeafReader open(Split split, Layout layout, List<String> columns) {
    if (split instanceof Failed failed) {
      throw failed.problem();
    }
    return ((BatchSplit) split).open(columns);
  }
}
