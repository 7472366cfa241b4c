package io.drawbar;

import io.drawbar.error.DrawbarException;
import io.drawbar.type.Field;
import io.drawbar.type.RecordBinding;
import io.drawbar.type.Schema;
import io.drawbar.type.UnknownColumnException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;

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
 * compiles one more; there come to be as many as there were calls at the same time. A row that is
 * refused with a {@link DrawbarException} costs no copy; after any other error its copy is dropped.
 * A copy keeps what it works with: of numbers and flags, nothing is allocated but the score.
 *
 * @param <I> what is scored
 * @param <O> the score
 */
public final class Scorer<I extends Record, O extends Record> {
  /** Copies that idle, at most; a power of two. Of more, those that find no room are dropped. */
  private static final int MOST_IDLE = 64;

  private static final int FIBONACCI = 0x9E3779B9;

  private final Class<I> inClass;
  private final RecordBinding<O> out;
  private final NarrowPlan plan;
  private final RecordReading reading;
  private final Schema columns;
  private final RecordMaker<O> maker;
  private final AtomicReferenceArray<ScoredRow<O>> idle = new AtomicReferenceArray<>(MOST_IDLE);

  private Scorer(
      Class<I> inClass,
      RecordBinding<I> in,
      Class<O> outClass,
      RecordBinding<O> out,
      NarrowPlan plan) {
    this.inClass = inClass;
    this.out = out;
    this.plan = plan;
    List<Field> fields = new ArrayList<>();
    List<RecordComponent> components = new ArrayList<>();
    for (String column : plan.columns()) {
      fields.add(in.schema().field(column));
      components.add(inClass.getRecordComponents()[in.schema().indexOf(column)]);
    }
    columns = new Schema(fields);
    reading = new RecordReading(components, columns);
    maker = new RecordMaker<>(outClass, out);
    giveBack(open());
  }

  private ScoredRow<O> open() {
    return new ScoredRow<>(reading, columns, plan.open(), maker);
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
    return new Scorer<>(inClass, in, outClass, out, plan);
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
   *     primitive; names the components of the row that are null
   * @throws DrawbarException if the row itself is null
   */
  public O score(I input) {
    if (input == null) {
      throw new DrawbarException(
          "score(null): what is scored is a record %s, and here is none"
              .formatted(inClass.getSimpleName()));
    }
    ScoredRow<O> row = take();
    try {
      O score = row.score(input);
      giveBack(row);
      return score;
    } catch (DrawbarException e) {
      // Refused, and no more than that: the next row writes over whatever this one left.
      giveBack(row);
      throw e;
    }
  }

  /** Where a thread begins to look: as a rule it finds what it gave back. */
  private static int place() {
    return (int) Thread.currentThread().getId() * FIBONACCI >>> Integer.SIZE - 6;
  }

  private ScoredRow<O> take() {
    int begin = place();
    for (int n = 0; n < MOST_IDLE; n++) {
      int at = begin + n & MOST_IDLE - 1;
      if (idle.getPlain(at) != null) {
        ScoredRow<O> found = idle.getAndSet(at, null);
        if (found != null) {
          return found;
        }
      }
    }
    return open();
  }

  private void giveBack(ScoredRow<O> row) {
    int begin = place();
    for (int n = 0; n < MOST_IDLE; n++) {
      int at = begin + n & MOST_IDLE - 1;
      if (idle.getPlain(at) == null && idle.compareAndSet(at, null, row)) {
        return;
      }
    }
  }

  /** How many copies idle. */
  int idle() {
    int count = 0;
    for (int at = 0; at < MOST_IDLE; at++) {
      count += idle.get(at) == null ? 0 : 1;
    }
    return count;
  }

  @Override
  public String toString() {
    return "Scorer(%s -> %s)".formatted(columns, out.schema());
  }
}
