package io.drawbar.testkit;

import static io.drawbar.expr.Functions.col;
import static io.drawbar.expr.Functions.explode;
import static io.drawbar.expr.Functions.lit;

import io.drawbar.expr.Aggregate;
import io.drawbar.expr.EvaluationException;
import io.drawbar.expr.Expr;
import io.drawbar.expr.ExprTypes;
import io.drawbar.expr.Functions;
import io.drawbar.testkit.GeneratedPipeline.Layout;
import io.drawbar.testkit.GeneratedPipeline.Terminal;
import io.drawbar.type.DataType;
import io.drawbar.type.Field;
import io.drawbar.type.Row;
import io.drawbar.type.ScalarType;
import io.drawbar.type.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * Makes a pipeline of a seed. Each step is tried on the oracle as it is made: a step that fails, or
 * leaves nothing, or far too much, is made anew, so that most pipelines have something to say to
 * the end.
 */
final class PipelineGenerator {
  private static final int MOST_ROWS = 2000;
  private static final int TRIES = 12;
  private static final int DEEPEST = 4;

  private final long seed;
  private final Random random;
  private final boolean mayFail;
  private final RowOracle oracle = new RowOracle();
  private final List<PipelineStep> steps = new ArrayList<>();
  private Schema schema;
  private OracleRows found;
  private List<Row> rows;
  private boolean failed;
  private int names;

  private PipelineGenerator(long seed) {
    this.seed = seed;
    // Seeds that follow each other would begin with like numbers.
    random = new Random(seed * 0x9E3779B97F4A7C15L ^ 0x5851F42D4C957F2DL);
    mayFail = random.nextInt(20) < 2;
  }

  /** The pipeline of a seed: the same on every machine. */
  static GeneratedPipeline generate(long seed) {
    return new PipelineGenerator(seed).generate();
  }

  private GeneratedPipeline generate() {
    GeneratedSource source = new SourceGenerator(random, mayFail).next();
    schema = source.schema();
    Layout layout =
        new Layout(
            Choice.of(random, 1L, 64L, 4096L, 4L << 20),
            Choice.of(random, 1, 3, 64, 65_536),
            Choice.of(random, 1, 3, 4096));
    found = OracleRows.of(source, layout);
    rows = found.rows();
    failed = source.hasBadRow();
    int count = 1 + random.nextInt(6);
    for (int i = 1; i <= count; i++) {
      boolean isLast = i == count;
      addStep(depth -> step(depth, isLast));
    }
    if (mayFail && !failed && random.nextInt(3) == 0) {
      // What CSV cannot be written of.
      addStep(depth -> new PipelineStep.WithColumn(freshName(), lit("two\nlines")));
    }
    Terminal terminal = terminal();
    int parallelism = Choice.of(random, 1, 2, 7);
    return new GeneratedPipeline(seed, source, steps, terminal, layout, parallelism);
  }

  /** Makes a step of some depth of expressions. */
  private interface Maker {
    PipelineStep make(int depth);
  }

  private void addStep(Maker maker) {
    for (int attempt = 0; attempt < TRIES; attempt++) {
      PipelineStep step = maker.make(Math.max(1, DEEPEST - attempt / 2));
      if (accept(step)) {
        return;
      }
    }
  }

  private boolean accept(PipelineStep step) {
    try {
      OracleRows after =
          failed ? found.with(List.of(), List.of()) : oracle.apply(step, found, schema);
      List<Row> result = after.rows();
      if (result.size() > MOST_ROWS || isDull(step, result) && random.nextInt(8) > 0) {
        return false;
      }
      found = after;
      rows = result;
    } catch (EvaluationException e) {
      if (!mayFail) {
        return false;
      }
      failed = true;
      found = found.with(List.of(), List.of());
      rows = List.of();
    }
    schema = step.schema(schema);
    steps.add(step);
    return true;
  }

  /** Whether nothing is left, hardly anything, or each row is a group of its own. */
  private boolean isDull(PipelineStep step, List<Row> result) {
    if (failed || rows.size() < 4) {
      return !failed && result.isEmpty() && !rows.isEmpty();
    }
    boolean isSummary = step instanceof PipelineStep.Summary;
    return isSummary ? result.size() == rows.size() : result.size() < 4;
  }

  private PipelineStep step(int depth, boolean isLast) {
    ExprGenerator expressions = new ExprGenerator(random, schema, rows);
    if (random.nextInt(3) == 0) {
      return new RelationalGenerator(random, schema, rows, this::freshName, mayFail).step();
    }
    int roll = random.nextInt(20);
    if (roll < 5) {
      return new PipelineStep.Where(expressions.scalar(DataType.BOOLEAN, depth));
    }
    if (roll < 9) {
      return withColumn(expressions, depth);
    }
    if (roll < 13) {
      return select(expressions, depth, false);
    }
    if (roll < 15) {
      return select(expressions, depth, true);
    }
    // A summary of all rows leaves little to go on with.
    boolean ofAll = roll == 19 && (isLast || random.nextInt(6) == 0);
    return summary(expressions, depth, ofAll ? 0 : 1 + random.nextInt(3));
  }

  private PipelineStep withColumn(ExprGenerator expressions, int depth) {
    String name = random.nextInt(3) == 0 ? Choice.from(random, schema.names()) : freshName();
    return new PipelineStep.WithColumn(name, expressions.any(depth));
  }

  private String freshName() {
    return "c" + names++;
  }

  /** The expression under a name of its own; now and then under its own text. */
  private Expr named(Expr expr, Schema before) {
    String text = expr.name();
    boolean fits = text.indexOf('\n') < 0 && before.find(text).isEmpty() && !text.isBlank();
    return fits && random.nextInt(5) == 0 ? expr : expr.as(freshName());
  }

  private PipelineStep select(ExprGenerator expressions, int depth, boolean explodes) {
    List<Expr> columns = new ArrayList<>();
    Schema output = Schema.empty();
    int count = 2 + random.nextInt(4);
    int exploded = explodes ? random.nextInt(count) : -1;
    for (int i = 0; i < count; i++) {
      Expr column;
      if (i == exploded) {
        column = explode(expressions.list(Math.min(depth, 2))).as(freshName());
      } else if (random.nextBoolean()) {
        String kept = Choice.from(random, schema.names());
        column = output.find(kept).isEmpty() ? col(kept) : col(kept).as(freshName());
      } else {
        column = named(expressions.any(depth), output);
      }
      columns.add(column);
      output = output.with(column.name(), ExprTypes.of(column, schema));
    }
    return new PipelineStep.Select(columns);
  }

  private PipelineStep summary(ExprGenerator expressions, int depth, int keyCount) {
    List<Expr> keys = new ArrayList<>();
    Schema output = Schema.empty();
    for (int i = 0; i < keyCount; i++) {
      Expr key = named(expressions.argument(type -> true, random.nextInt(2)), output);
      keys.add(key);
      output = output.with(key.name(), ExprTypes.of(key, schema));
    }
    List<Aggregate> aggregates = new ArrayList<>();
    int most = keyCount == 0 ? 1 + random.nextInt(4) : random.nextInt(5);
    for (int i = 0; i < most; i++) {
      aggregates.add(aggregate(expressions, Math.min(depth, 2)).as(freshName()));
    }
    return new PipelineStep.Summary(keys, aggregates);
  }

  private Aggregate aggregate(ExprGenerator expressions, int depth) {
    int below = random.nextInt(depth + 1);
    Expr number = expressions.argument(DataType::isNumeric, below);
    Expr scalar = expressions.argument(type -> true, below);
    Expr real = expressions.argument(type -> type == DataType.DOUBLE, 0);
    return switch (random.nextInt(9)) {
      case 0 -> Functions.count();
      case 1 -> Functions.count(expressions.any(below));
      case 2, 3 -> Functions.sum(number);
      case 4 -> Functions.avg(number);
      case 5 -> Functions.min(scalar);
      case 6 -> Functions.min(real);
      case 7 -> Functions.max(real);
      default -> Functions.max(scalar);
    };
  }

  private Terminal terminal() {
    int roll = random.nextInt(20);
    if (roll < 2) {
      addStep(depth -> summary(new ExprGenerator(random, schema, rows), depth, 0));
      return Terminal.COLLECT;
    }
    if (roll < 4) {
      return Terminal.COUNT;
    }
    if (roll >= 17 && BlockFolds.columnOf(schema).isPresent()) {
      return Terminal.FOLD;
    }
    boolean isUnfit = hasLineFeed();
    if ((roll < 9 || mayFail && isUnfit) && (mayFail || !isUnfit) && onlyScalars()) {
      Terminal terminal =
          Choice.of(random, Terminal.WRITE, Terminal.WRITE_WITH_HEADER, Terminal.WRITE_GZIP);
      boolean unfit = schema.names().stream().anyMatch(n -> n.indexOf('\n') >= 0);
      return unfit ? Terminal.WRITE : terminal;
    }
    return Terminal.COLLECT;
  }

  /** Drops what CSV cannot hold; false if nothing is left. */
  private boolean onlyScalars() {
    List<Expr> columns =
        schema.fields().stream()
            .filter(f -> f.type() instanceof ScalarType)
            .map(Field::name)
            .map(Functions::col)
            .collect(Collectors.toList());
    if (columns.size() < schema.size() && !columns.isEmpty()) {
      addStep(depth -> new PipelineStep.Select(columns));
    }
    return !columns.isEmpty();
  }

  private boolean hasLineFeed() {
    return rows.stream().anyMatch(RowText::hasLineFeed);
  }
}
