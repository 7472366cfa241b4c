package io.drawbar.feature;

import io.drawbar.Dataset;
import io.drawbar.Provenance;
import io.drawbar.Trainer;
import io.drawbar.UnusableDataException;
import io.drawbar.expr.TypeMismatchException;
import io.drawbar.type.DataType;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Fills in missing values of columns: null, and NaN in a DOUBLE column.
 *
 * <pre>{@code
 * Pipeline.of(
 *     Imputer.on("age", "income").with(Filling.MEDIAN),
 *     Imputer.on("city").with(Filling.MOST_FREQUENT),
 *     Imputer.on("visits").withConstant(0), ...)
 * }</pre>
 *
 * <p>The columns are filled in place; none of them is null afterwards. LONG and DOUBLE columns can
 * be filled in any way, STRING and BOOLEAN ones with the most frequent value or a constant. Each
 * column has a value of its own, except a constant. Assemble vectors afterwards: a vector with a
 * null element is null as a whole.
 *
 * @param columns at least one, none twice
 * @param filling what is put in
 * @param constant the value of {@link Filling#CONSTANT}: a Long, Double, Boolean or String; else
 *     null
 */
public record Imputer(List<String> columns, Filling filling, Object constant)
    implements Trainer<ImputerModel> {
  /** Checks the names and the constant. */
  public Imputer {
    columns = List.copyOf(columns);
    if (columns.isEmpty() || columns.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException(
          "columns have names: Imputer.on(\"age\", \"income\"), say");
    }
    if (new HashSet<>(columns).size() < columns.size()) {
      throw new IllegalArgumentException(
          "Imputer is given a column twice among " + columns + "; leave one out");
    }
    if ((filling == Filling.CONSTANT) != (constant != null)) {
      throw new IllegalArgumentException(
          "a constant is given by withConstant(0), say, and is given for Filling.CONSTANT alone");
    }
    if (constant instanceof Integer whole) {
      constant = whole.longValue();
    }
    boolean isValue =
        constant == null
            || constant instanceof Long
            || constant instanceof Double number && !number.isNaN()
            || constant instanceof Boolean
            || constant instanceof String;
    if (!isValue) {
      throw new IllegalArgumentException(
          "an imputer's constant is an Integer, Long, Double, Boolean or String, and not NaN; not "
              + constant);
    }
  }

  /** An imputer of these columns with their means; {@link #with} chooses something else. */
  public static Imputer on(String... columns) {
    return new Imputer(List.of(columns), Filling.MEAN, null);
  }

  /** The same with something else put in. */
  public Imputer with(Filling filling) {
    return new Imputer(columns, filling, null);
  }

  /** The same with a constant put in; a whole number may stand for a DOUBLE. */
  public Imputer withConstant(Object constant) {
    return new Imputer(columns, Filling.CONSTANT, Objects.requireNonNull(constant, "constant"));
  }

  /**
   * Fits: means and constants in one pass, the most frequent value in one more a column; for
   * medians the rows are read once, and what is held of them is gone over a few times.
   *
   * @throws io.drawbar.type.UnknownColumnException if a column is not there
   * @throws TypeMismatchException if a column has a type that cannot be filled so
   * @throws UnusableDataException if a column has no value to learn from, or, for means, an
   *     infinite one
   */
  @Override
  public ImputerModel fit(Dataset training) {
    columns.forEach(column -> check(column, training.schema().field(column, this).type()));
    FillingSearch.Found found = new FillingSearch(this, training).find();
    Provenance provenance = Provenance.of(this, training, columns, found.data());
    return new ImputerModel(found.fills(), provenance);
  }

  private void check(String column, DataType type) {
    boolean fits =
        switch (filling) {
          case MEAN, MEDIAN -> type.isNumeric();
          case MOST_FREQUENT -> isScalar(type);
          case CONSTANT ->
              type == DataType.DOUBLE && constant instanceof Long
                  || isScalar(type) && type == ImputerModel.type(constant);
        };
    if (!fits) {
      throw new TypeMismatchException(
          "%s: column '%s' is %s; %s"
              .formatted(
                  this,
                  column,
                  type,
                  isScalar(type)
                      ? "fill it with(Filling.MOST_FREQUENT), or with a constant of its type"
                      : "fill the columns that it is made of, before"));
    }
  }

  private static boolean isScalar(DataType type) {
    return type.isNumeric() || type == DataType.STRING || type == DataType.BOOLEAN;
  }

  /** As it is written in a program. */
  @Override
  public String toString() {
    String of = columns.stream().collect(Collectors.joining("\", \"", "Imputer.on(\"", "\")"));
    return of
        + switch (filling) {
          case MEAN -> "";
          case CONSTANT ->
              ".withConstant("
                  + (constant instanceof String ? "\"" + constant + "\"" : constant)
                  + ")";
          default -> ".with(Filling." + filling + ")";
        };
  }
}
