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
 * Dataset words = session.read(TextFiles.at("books")).as(Line.class)
 *     .flatMap(Word.class, line -> Arrays.stream(line.line().split(" ")).map(Word::new).toList())
 *     .dataset();
 * }</pre>
 *
 * <p>A lambda is shipped to the tasks: what it captures is {@link Serializable}. It is called for
 * each row, in any order, on any thread, and again when a task is tried again: so it depends on its
 * argument alone. Expressions ({@code where}, {@code select}) do not make an object a row and are
 * several times faster.
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

  /** Runs, and brings all rows to the driver, in order. */
  public List<R> collect() {
    return dataset().collect(recordClass);
  }
}
