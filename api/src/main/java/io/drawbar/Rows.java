package io.drawbar;

import io.drawbar.error.DrawbarException;
import io.drawbar.internal.plan.LogicalPlan;
import io.drawbar.internal.plan.MapRecords;
import io.drawbar.type.RecordFunction;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.util.List;

/**
 * A dataset seen as records of a user's class, for plain lambdas:
 *
 * <pre>{@code
 * record Line(String line) {}
 * record Word(String word) {}
 *
 * session.read(TextFiles.at("books")).as(Line.class)
 *     .flatMap(Word.class, line -> Arrays.stream(line.line().split(" ")).map(Word::new).toList())
 *     .dataset()
 *     .groupBy("word").agg(count().as("n"))
 *     .show();
 * }</pre>
 *
 * <p>What is written in expressions, {@code where}, {@code groupBy}, {@code join}, {@code sortBy},
 * {@code write}, goes on after {@link #dataset}.
 *
 * <p>A lambda is shipped to the tasks: what it captures is {@link Serializable}. It is called for
 * each row, in any order, on any thread, and again when a task is tried again: so it depends on its
 * argument alone. What it throws ends the run with an {@link io.drawbar.expr.EvaluationException}
 * that shows the row. Expressions ({@code where}, {@code select}) do not make an object a row and
 * are several times faster.
 *
 * @param <R> the record: one component a column
 */
public final class Rows<R extends Record> {
  private final Session session;
  private final LogicalPlan plan;
  private final Class<R> recordClass;

  Rows(Session session, LogicalPlan plan, Class<R> recordClass) {
    this.session = session;
    this.plan = plan;
    this.recordClass = recordClass;
  }

  /** Says of a record whether it stays. */
  @FunctionalInterface
  public interface Condition<R> extends Serializable {
    boolean test(R row);
  }

  /** Makes something of a record. */
  @FunctionalInterface
  public interface Mapping<R, T> extends Serializable {
    T apply(R row);
  }

  /**
   * The rows for which a function is true.
   *
   * @throws DrawbarException if the function cannot be shipped
   */
  @SuppressWarnings("unchecked") // the step makes records of the class it is given
  public Rows<R> filter(Condition<? super R> condition) {
    RecordFunction function =
        (input, output) -> {
          if (condition.test((R) input)) {
            output.accept(input);
          }
        };
    return step("filter " + recordClass.getSimpleName(), recordClass, condition, function);
  }

  /**
   * What a function makes of each row.
   *
   * @throws DrawbarException if the function cannot be shipped
   * @throws io.drawbar.type.RecordBindingException if the class cannot be rows
   */
  @SuppressWarnings("unchecked") // the step makes records of the class it is given
  public <O extends Record> Rows<O> map(Class<O> out, Mapping<? super R, ? extends O> mapping) {
    RecordFunction function = (input, output) -> output.accept(mapping.apply((R) input));
    return step("map %s to %s".formatted(name(), out.getSimpleName()), out, mapping, function);
  }

  /**
   * What a function makes of each row: none, one or several, in their order.
   *
   * @throws DrawbarException if the function cannot be shipped
   * @throws io.drawbar.type.RecordBindingException if the class cannot be rows
   */
  @SuppressWarnings("unchecked") // the step makes records of the class it is given
  public <O extends Record> Rows<O> flatMap(
      Class<O> out, Mapping<? super R, ? extends Iterable<? extends O>> mapping) {
    RecordFunction function = (input, output) -> mapping.apply((R) input).forEach(output);
    return step("flatMap %s to %s".formatted(name(), out.getSimpleName()), out, mapping, function);
  }

  private String name() {
    return recordClass.getSimpleName();
  }

  private <O extends Record> Rows<O> step(
      String text, Class<O> out, Serializable lambda, RecordFunction function) {
    try (ObjectOutputStream test = new ObjectOutputStream(OutputStream.nullOutputStream())) {
      test.writeObject(lambda);
    } catch (IOException e) {
      throw new DrawbarException(
          ("%s: the function cannot be shipped to tasks: %s. It captures something that is not"
                  + " Serializable, often the object around it: use a static method, or copy what it"
                  + " needs into a local variable first")
              .formatted(text, e),
          e);
    }
    MapRecords step = MapRecords.of(plan, recordClass, out, function, text);
    return new Rows<>(session, step, out);
  }

  /** The rows as a dataset: a column for each component of the record. */
  public Dataset dataset() {
    return new Dataset(session, plan);
  }

  /** Runs, and prints the first 20 rows as a table. */
  public void show() {
    dataset().show();
  }

  /**
   * Runs, and prints the first rows as a table; of a source without order, any.
   *
   * @param rows how many, at least 0
   */
  public void show(int rows) {
    dataset().show(rows);
  }

  /** Runs, and counts the rows. */
  public long count() {
    return dataset().count();
  }

  /** Runs, and brings all rows to the driver, in order. */
  public List<R> collect() {
    return dataset().collect(recordClass);
  }

  @Override
  public String toString() {
    return "Rows of %s(%s)".formatted(name(), plan.schema());
  }
}
