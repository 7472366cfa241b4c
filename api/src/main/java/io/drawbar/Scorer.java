package io.drawbar;

import io.drawbar.column.Batch;
import io.drawbar.column.BatchBuilder;
import io.drawbar.error.DrawbarException;
import io.drawbar.internal.kernel.NarrowChain;
import io.drawbar.type.Field;
import io.drawbar.type.RecordBinding;
import io.drawbar.type.Row;
import io.drawbar.type.Schema;
import io.drawbar.type.UnknownColumnException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * A model for one row at a time: in a web service, without engine and session.
 *
 * <pre>{@code
 * record Applicant(int age, double income, int visits) {}
 * record Churn(double probability, boolean prediction) {}
 *
 * Scorer<Applicant, Churn> scorer = model.scorer(Applicant.class, Churn.class);
 * Churn churn = scorer.score(new Applicant(41, 52_000, 3));
 * }</pre>
 *
 * <p>The model's transform is planned and compiled as for any dataset and runs on a batch of one
 * row, so that a score has the bits that {@link Model#transform} gives. It may be used by any
 * number of threads: compiled steps have scratch space, so each call takes an idle copy of them, or
 * compiles one more; there come to be as many as there were calls at the same time.
 *
 * @param <I> what is scored
 * @param <O> the score
 */
public final class Scorer<I extends Record, O extends Record> {
  private final RecordBinding<I> in;
  private final RecordBinding<O> out;
  private final NarrowPlan plan;
  private final Schema columns;
  private final int[] positions;
  private final ConcurrentLinkedDeque<NarrowChain> idle = new ConcurrentLinkedDeque<>();

  private Scorer(RecordBinding<I> in, RecordBinding<O> out, NarrowPlan plan) {
    this.in = in;
    this.out = out;
    this.plan = plan;
    List<Field> fields = new ArrayList<>();
    for (String column : plan.columns()) {
      fields.add(in.schema().field(column));
    }
    columns = new Schema(fields);
    positions = fields.stream().mapToInt(f -> in.schema().indexOf(f.name())).toArray();
    idle.add(plan.open());
  }

  static <I extends Record, O extends Record> Scorer<I, O> of(
      Transform model, Class<I> inClass, Class<O> outClass) {
    RecordBinding<I> in = RecordBinding.of(inClass);
    RecordBinding<O> out = RecordBinding.of(outClass);
    Dataset scored = transformed(model, in.schema(), inClass);
    Call.of("scorer", inClass, outClass)
        .make(
            () -> {
              out.check(scored.schema());
              return scored;
            });
    List<String> wanted = out.schema().names();
    NarrowPlan plan = NarrowPlan.of(scored.select(wanted.toArray(String[]::new)));
    if (!plan.isNarrow()) {
      throw new UnsupportedModelException(
          "a scorer has one row, but this model's transform brings rows together: %s"
              .formatted(plan.stages()));
    }
    return new Scorer<>(in, out, plan);
  }

  private static Dataset transformed(Transform model, Schema given, Class<?> inClass) {
    try {
      return NarrowPlan.rows(given).transform(model);
    } catch (UnknownColumnException e) {
      String wanted =
          model instanceof PipelineModel pipeline
              ? " The model reads: " + pipeline.reads() + "."
              : "";
      throw new UnknownColumnException(
          "record %s has not all the components that the model needs: %s%s"
              .formatted(inClass.getSimpleName(), e.getMessage(), wanted));
    }
  }

  /**
   * The score of a row.
   *
   * @throws io.drawbar.expr.EvaluationException if an expression has no value for it, as an unknown
   *     label has no index
   * @throws io.drawbar.type.RecordBindingException if the score is null where {@code O} has a
   *     primitive
   */
  public O score(I input) {
    Row given = in.row(input);
    Object[] values = new Object[positions.length];
    for (int c = 0; c < values.length; c++) {
      values[c] = given.value(positions[c]);
    }
    BatchBuilder builder = new BatchBuilder(columns);
    builder.append(Row.of(columns, values));
    NarrowChain chain = idle.poll();
    if (chain == null) {
      chain = plan.open();
    }
    // A chain that has failed is not used again.
    List<Row> scores = new ArrayList<>(1);
    Batch batch = chain.apply(builder.build());
    batch.copyTo(scores);
    idle.push(chain);
    if (scores.size() != 1) {
      throw new DrawbarException(
          "the model's transform makes %s rows of %s, not one".formatted(scores.size(), input));
    }
    return out.record(scores.get(0));
  }

  @Override
  public String toString() {
    return "Scorer(%s -> %s)".formatted(columns, out.schema());
  }
}
