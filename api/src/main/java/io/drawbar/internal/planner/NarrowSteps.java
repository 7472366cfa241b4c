package io.drawbar.internal.planner;

import io.drawbar.expr.Alias;
import io.drawbar.expr.Explode;
import io.drawbar.expr.Expr;
import io.drawbar.expr.ExprTypes;
import io.drawbar.internal.kernel.DrawStep;
import io.drawbar.internal.kernel.ExpectStep;
import io.drawbar.internal.kernel.FilterStep;
import io.drawbar.internal.kernel.IdentifyStep;
import io.drawbar.internal.kernel.JoinStep;
import io.drawbar.internal.kernel.LookupStep;
import io.drawbar.internal.kernel.ProjectStep;
import io.drawbar.internal.kernel.RecordStep;
import io.drawbar.internal.kernel.SaltStep;
import io.drawbar.internal.kernel.SampleStep;
import io.drawbar.internal.kernel.Step;
import io.drawbar.internal.kernel.UnnestStep;
import io.drawbar.internal.plan.Draw;
import io.drawbar.internal.plan.Expect;
import io.drawbar.internal.plan.Filter;
import io.drawbar.internal.plan.Identify;
import io.drawbar.internal.plan.Keyed;
import io.drawbar.internal.plan.Lookup;
import io.drawbar.internal.plan.MapRecords;
import io.drawbar.internal.plan.Narrow;
import io.drawbar.internal.plan.Outputs;
import io.drawbar.internal.plan.Project;
import io.drawbar.internal.plan.Salt;
import io.drawbar.internal.plan.Sample;
import io.drawbar.internal.plan.Sort;
import io.drawbar.internal.plan.Unnest;
import io.drawbar.spi.Layout;
import io.drawbar.type.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Narrow steps of a plan as steps of the kernel: those that need none but the row at hand. */
final class NarrowSteps {
  /** A lookup that is explained has no table yet. */
  private static final byte[] NO_ROWS = new byte[0];

  private NarrowSteps() {}

  /**
   * Whether a step may fail on a row, or tell of it, so that the first such row has to be found.
   */
  static boolean mayFail(Narrow plan) {
    Schema input = plan.inputs().get(0).schema();
    return plan instanceof MapRecords
        || plan instanceof Expect
        || expressions(plan).stream().anyMatch(e -> ExprTypes.canFail(e, input));
  }

  private static List<Expr> expressions(Narrow plan) {
    if (plan instanceof Filter filter) {
      return List.of(filter.condition());
    }
    if (plan instanceof Project project) {
      return project.outputs();
    }
    return plan instanceof Unnest unnest ? unnest.outputs() : List.of();
  }

  /**
   * The kernel's step.
   *
   * @param layout how the rows that come have been cut
   */
  static Step of(Narrow plan, Layout layout) {
    Schema input = plan.inputs().get(0).schema();
    if (plan instanceof Filter filter) {
      return new FilterStep(filter.condition(), input);
    }
    if (plan instanceof Expect expect) {
      return new ExpectStep(expect.number(), expect.expectations(), input);
    }
    if (plan instanceof Project project) {
      return new ProjectStep(project.outputs(), input, plan.schema());
    }
    if (plan instanceof Unnest unnest) {
      return unnest(unnest);
    }
    if (plan instanceof MapRecords map) {
      int id = input.find(Identify.ID).orElse(-1);
      return new RecordStep(
          map.in(), map.out(), map.function(), map.text(), id, input, map.schema());
    }
    if (plan instanceof Sample sample) {
      int id = input.indexOf(Identify.ID);
      return new SampleStep(id, sample.share(), sample.seed(), sample.side());
    }
    if (plan instanceof Draw draw) {
      DrawStep.By by = draw.isByRow() ? DrawStep.By.ROW : DrawStep.By.VALUES;
      int[] columns = draw.reads().stream().mapToInt(input::indexOf).toArray();
      return new DrawStep(by, columns, draw.seed(), draw.schema());
    }
    if (plan instanceof Lookup lookup) {
      return new LookupStep(
          side(lookup.left().schema(), lookup.keys()),
          side(lookup.right().schema(), lookup.keys()),
          lookup.table().orElse(NO_ROWS),
          lookup.schema());
    }
    if (plan instanceof Salt salt) {
      return new SaltStep(input.indexOf(Identify.ID), salt.branch());
    }
    return identify((Identify) plan, layout);
  }

  private static Step identify(Identify plan, Layout layout) {
    Schema input = plan.input().schema();
    boolean byContent = plan.input() instanceof Keyed;
    IdentifyStep.By by = byContent ? IdentifyStep.By.CONTENT : IdentifyStep.By.PLACE;
    int[] content =
        IntStream.range(0, input.size())
            .filter(c -> !Sort.isComputed(input.field(c).name()))
            .toArray();
    return new IdentifyStep(by, content, layout.blockRows(), plan.schema());
  }

  /** An input of a join, with its keys by position. */
  static JoinStep.Side side(Schema schema, List<String> keys) {
    return new JoinStep.Side(schema, keys.stream().mapToInt(schema::indexOf).toArray());
  }

  private static Step unnest(Unnest plan) {
    List<Expr> outputs = new ArrayList<>(plan.outputs());
    int exploded = 0;
    while (!Outputs.isExplode(outputs.get(exploded))) {
      exploded++;
    }
    Explode explode = (Explode) Outputs.unnamed(outputs.get(exploded));
    outputs.set(exploded, new Alias(explode.list(), outputs.get(exploded).name()));
    int id = plan.schema().find(Identify.ID).orElse(-1);
    return new UnnestStep(outputs, exploded, id, plan.input().schema(), plan.schema());
  }
}
