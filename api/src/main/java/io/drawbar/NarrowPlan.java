package io.drawbar;

import io.drawbar.config.Config;
import io.drawbar.internal.kernel.NarrowChain;
import io.drawbar.internal.kernel.StageChain;
import io.drawbar.internal.planner.Observation;
import io.drawbar.internal.planner.Planner;
import io.drawbar.spi.Capabilities;
import io.drawbar.spi.Engine;
import io.drawbar.spi.Layout;
import io.drawbar.spi.LeafReader;
import io.drawbar.spi.Run;
import io.drawbar.spi.Source;
import io.drawbar.spi.Split;
import io.drawbar.spi.Stage;
import io.drawbar.spi.StageGraph;
import io.drawbar.type.Schema;
import java.util.List;

/**
 * A transform planned over rows of a schema that are not there yet: nothing is read, nothing run.
 */
final class NarrowPlan {
  private final StageGraph graph;
  private final Schema output;

  private NarrowPlan(Dataset rows) {
    graph = Planner.plan(rows.plan(), new Observation.Collect()).graph();
    output = rows.schema();
  }

  /** Rows of a schema, to transform. */
  static Dataset rows(Schema schema) {
    return Session.attach(new Absent(), Config.of()).read(new Stub(schema));
  }

  /** The plan of what {@link #rows} have become. */
  static NarrowPlan of(Dataset rows) {
    return new NarrowPlan(rows);
  }

  /** The columns that the plan gives. */
  Schema output() {
    return output;
  }

  /** Whether rows meet no other rows. */
  boolean isNarrow() {
    return graph.stages().size() == 1 && NarrowChain.isNarrow(chain());
  }

  /** The names of the stages, for people. */
  List<String> stages() {
    return graph.stages().stream().map(Stage::name).toList();
  }

  private StageChain chain() {
    return (StageChain) graph.stages().get(0).program();
  }

  /** The columns that are read, in the order that {@link #open} wants them in. */
  List<String> columns() {
    return NarrowChain.columns(chain());
  }

  /** Compiles the steps of a plan that is narrow. */
  NarrowChain open() {
    return NarrowChain.of(chain());
  }

  /** Rows that nobody reads. */
  private record Stub(Schema schema) implements Source {
    private static final long serialVersionUID = 1;

    @Override
    public String describe() {
      return "one row";
    }

    @Override
    public List<Split> splits(Layout layout, int desired, int alignment) {
      throw new UnsupportedModelException("a transform that is planned has no rows yet");
    }

    @Override
    public LeafReader open(Split split, Layout layout, List<String> columns) {
      throw new UnsupportedModelException("a transform that is planned has no rows yet");
    }
  }

  /** The engine of a transform that wants to run something while it is planned. */
  private static final class Absent implements Engine {
    @Override
    public Capabilities capabilities() {
      return new Capabilities("none", 1, Capabilities.Reach.THIS_MACHINE);
    }

    @Override
    public Run run(StageGraph graph) {
      throw new UnsupportedModelException(
          "this transform looks at its rows ('%s'), so it cannot work on one at a time"
              .formatted(graph.name()));
    }

    @Override
    public void close() {}
  }
}
