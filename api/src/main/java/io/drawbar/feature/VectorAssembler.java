package io.drawbar.feature;

import io.drawbar.Dataset;
import io.drawbar.ModelContent;
import io.drawbar.Saveable;
import io.drawbar.expr.Expr;
import io.drawbar.expr.Functions;
import io.drawbar.expr.TypeMismatchException;
import io.drawbar.type.DataType;
import io.drawbar.type.Field;
import io.drawbar.type.Schema;
import io.drawbar.type.UnknownColumnException;
import io.drawbar.type.VectorType;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Joins columns into one vector column, which trainers take: an element for each LONG, DOUBLE or
 * BOOLEAN column (true is 1, false is 0), all elements of a vector column, in the order given.
 *
 * <pre>{@code
 * customers.transform(VectorAssembler.of("age", "income", "visits").into("features"))
 * }</pre>
 *
 * <p>Numbers are not copied: a vector column is its elements side by side. A row in which one of
 * the columns is null has a null vector; a LONG beyond 2^53 is rounded to the nearest double.
 *
 * @param columns the columns to join, at least one, none twice
 * @param output the name of the vector column; in place of the column of that name, if there is one
 */
public record VectorAssembler(List<String> columns, String output) implements Saveable {
  private static final long serialVersionUID = 1;

  static final String TYPE = "vector-assembler";

  /**
   * Checks the names.
   *
   * @throws IllegalArgumentException if there are no columns, one is there twice, or the output's
   *     name is blank
   */
  public VectorAssembler {
    columns = List.copyOf(columns);
    if (columns.isEmpty()) {
      throw new IllegalArgumentException(
          "a vector needs at least one column: VectorAssembler.of(\"age\", \"income\"), say");
    }
    Set<String> seen = new HashSet<>();
    for (String column : columns) {
      if (!seen.add(column)) {
        // Two equal elements would make every linear model singular, much later.
        throw new IllegalArgumentException(
            "VectorAssembler is given column '" + column + "' twice; leave one out");
      }
    }
    if (output.isBlank()) {
      throw new IllegalArgumentException("the vector column needs a name: into(\"features\"), say");
    }
  }

  /** Joins columns into one named {@code features}; {@link #into} gives it another name. */
  public static VectorAssembler of(String... columns) {
    return new VectorAssembler(List.of(columns), "features");
  }

  /** The same columns joined into one of this name. */
  public VectorAssembler into(String output) {
    return new VectorAssembler(columns, output);
  }

  /**
   * The dataset with the vector column.
   *
   * @throws UnknownColumnException if a column is not there
   * @throws TypeMismatchException if a column is neither a number, a BOOLEAN nor a vector
   */
  @Override
  public Dataset transform(Dataset input) {
    Schema schema = input.schema();
    columns.forEach(column -> check(schema.field(column, this)));
    Expr[] elements = columns.stream().map(Functions::col).toArray(Expr[]::new);
    return input.withColumn(output, Functions.vector(elements));
  }

  /** As it is written in a program. */
  @Override
  public String toString() {
    return columns.stream()
        .collect(Collectors.joining("\", \"", "VectorAssembler.of(\"", "\").into(\""))
        .concat(output + "\")");
  }

  @Override
  public ModelContent content() {
    return ModelContent.of(TYPE).setting("columns", columns).setting("output", output).build();
  }

  static VectorAssembler of(ModelContent content) {
    return new VectorAssembler(content.list("columns"), content.text("output"));
  }

  private void check(Field field) {
    DataType type = field.type();
    if (type.isNumeric() || type == DataType.BOOLEAN || type instanceof VectorType) {
      return;
    }
    String wayOut =
        type == DataType.STRING
            ? "; if it holds numbers, make it one before: withColumn(\"%1$s\","
                + " col(\"%1$s\").cast(DataType.DOUBLE)); or leave it out"
            : "; leave it out";
    throw new TypeMismatchException(
        ("%s: column '%s' is %s, but a vector is made of LONG, DOUBLE,"
                    .formatted(this, field.name(), type)
                + " BOOLEAN and vector columns")
            + wayOut.formatted(field.name()));
  }
}
