package io.drawbar.testkit;

import io.drawbar.Dataset;
import io.drawbar.Session;
import io.drawbar.expr.Aggregate;
import io.drawbar.expr.Binary;
import io.drawbar.expr.Cast;
import io.drawbar.expr.Expr;
import io.drawbar.expr.ExprTypes;
import io.drawbar.expr.ExprWalk;
import io.drawbar.expr.Literal;
import io.drawbar.expr.Unary;
import io.drawbar.type.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A random pipeline.
 *
 * @param seed it came from
 * @param source where its rows come from
 * @param steps what is done with them
 * @param terminal how the result is looked at
 * @param layout how the source is cut into units
 * @param parallelism how many tasks run at once
 */
record GeneratedPipeline(
    long seed,
    GeneratedSource source,
    List<PipelineStep> steps,
    Terminal terminal,
    Layout layout,
    int parallelism) {

  /** The ways to look at a result. */
  enum Terminal {
    COLLECT,
    COUNT,
    FOLD,
    WRITE,
    WRITE_WITH_HEADER,
    WRITE_GZIP;

    boolean writes() {
      return ordinal() >= WRITE.ordinal();
    }
  }

  /** The units of determinism. */
  record Layout(long leafBytes, int leafRows, int blockRows) {}

  GeneratedPipeline {
    steps = List.copyOf(steps);
  }

  GeneratedPipeline withSource(GeneratedSource other) {
    return new GeneratedPipeline(seed, other, steps, terminal, layout, parallelism);
  }

  GeneratedPipeline withSteps(List<PipelineStep> others) {
    return new GeneratedPipeline(seed, source, others, terminal, layout, parallelism);
  }

  GeneratedPipeline withTerminal(Terminal other) {
    return new GeneratedPipeline(seed, source, steps, other, layout, parallelism);
  }

  /** What tasks hold before they put it down: their share, nearly nothing, or a few rows. */
  private static final String[] SPILL_BYTES = {"0", "1", "1500"};

  /** Configuration, as keys and values in turn, of a session whose tasks have little memory. */
  String[] config() {
    List<String> pairs = new ArrayList<>(List.of(config(parallelism)));
    pairs.add("drawbar.spill.bytes");
    pairs.add(SPILL_BYTES[(int) Math.floorMod(seed, SPILL_BYTES.length)]);
    return pairs.toArray(String[]::new);
  }

  /** Configuration, as keys and values in turn. */
  String[] config(int tasks) {
    return new String[] {
      "drawbar.leaf.bytes", Long.toString(layout.leafBytes()),
      "drawbar.leaf.rows", Integer.toString(layout.leafRows()),
      "drawbar.block.rows", Integer.toString(layout.blockRows()),
      "drawbar.parallelism", Integer.toString(tasks)
    };
  }

  /** The columns of the result. */
  Schema schema() {
    Schema schema = source.schema();
    for (PipelineStep step : steps) {
      schema = step.schema(schema);
    }
    return schema;
  }

  /** The steps on the dataset of the source. */
  Dataset apply(Session session, Dataset input) {
    Dataset dataset = input;
    for (PipelineStep step : steps) {
      dataset = step.apply(session, dataset);
    }
    return dataset;
  }

  /** Counts what the pipeline uses: sources, steps, terminals, and operators with their types. */
  void countFeatures(SortedMap<String, Integer> counts) {
    SortedMap<String, Integer> own = new TreeMap<>();
    source.features().forEach(f -> own.put(f, 1));
    own.put("terminal " + terminal, 1);
    own.put("layout leaf bytes " + layout.leafBytes(), 1);
    own.put("layout block rows " + layout.blockRows(), 1);
    own.put("layout parallelism " + parallelism, 1);
    Schema schema = source.schema();
    for (PipelineStep step : steps) {
      boolean global = step instanceof PipelineStep.Summary s && s.keys().isEmpty();
      for (String feature : step.features(schema)) {
        own.put(feature + (global ? " of all" : ""), 1);
      }
      for (Expr expr : step.expressions()) {
        Schema input = schema;
        ExprWalk.visit(expr, e -> own.put(feature(e, input), 1));
      }
      if (step instanceof PipelineStep.Summary summary) {
        for (Aggregate aggregate : summary.aggregates()) {
          own.put("aggregate " + aggregate.function() + typed(aggregate, schema), 1);
        }
        for (Expr key : summary.keys()) {
          own.put("key " + ExprTypes.of(key, schema), 1);
        }
      }
      schema = step.schema(schema);
    }
    own.keySet().forEach(f -> counts.merge(f, 1, Integer::sum));
  }

  private static String typed(Aggregate aggregate, Schema schema) {
    return aggregate.input().map(e -> " " + kind(e, schema)).orElse("");
  }

  private static String feature(Expr expr, Schema schema) {
    if (expr instanceof Binary binary) {
      String types =
          " " + ExprTypes.of(binary.left(), schema) + " " + ExprTypes.of(binary.right(), schema);
      return "operator " + binary.operator() + (binary.operator().isLogical() ? "" : types);
    }
    if (expr instanceof Unary unary) {
      return "operator " + unary.operator() + " " + kind(unary.operand(), schema);
    }
    if (expr instanceof Cast cast) {
      String name = cast.misfit() == Cast.Misfit.FAILS ? "cast " : "tryCast ";
      return name + ExprTypes.of(cast.operand(), schema) + " to " + cast.type();
    }
    if (expr instanceof Literal literal) {
      return "literal " + (literal.value() == null ? "null " : "") + literal.type();
    }
    return "function " + expr.getClass().getSimpleName();
  }

  /** A type without its size. */
  private static String kind(Expr expr, Schema schema) {
    return ExprTypes.of(expr, schema).toString().replaceAll("\\(.*", "");
  }
}
