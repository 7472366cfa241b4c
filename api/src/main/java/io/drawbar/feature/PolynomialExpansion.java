package io.drawbar.feature;

import io.drawbar.Dataset;
import io.drawbar.ModelContent;
import io.drawbar.Saveable;
import io.drawbar.expr.Functions;
import io.drawbar.expr.Monomials;
import io.drawbar.expr.Polynomial;
import io.drawbar.expr.TypeMismatchException;
import io.drawbar.type.DataType;
import io.drawbar.type.VectorType;

/**
 * Makes of a vector that of all products of its elements, up to a degree: so that a linear model
 * can bend.
 *
 * <pre>{@code
 * houses.transform(PolynomialExpansion.on("features").withDegree(2).into("products"))
 * }</pre>
 *
 * <p>The order is that of Spark: by the power of the last element, then of the one before, and so
 * on. Of (x, y): {@code x, x^2, y, x*y, y^2}; to degree 3 {@code x, x^2, x^3, y, x*y, x^2*y, y^2,
 * x*y^2, y^3}. There is no constant: linear models have an intercept. Elements are called as here,
 * by the names of those they are made of. Of d elements to degree g there are (d + g over g) - 1
 * products, 10,000 at most. Products are rounded at each factor, from the first element to the
 * last.
 *
 * @param column a vector column; null gives null
 * @param output the column of expanded vectors; the column itself unless {@link #into} says
 *     otherwise
 * @param degree how many elements are multiplied at most: 2 to 8
 */
public record PolynomialExpansion(String column, String output, int degree) implements Saveable {
  private static final long serialVersionUID = 1;

  static final String TYPE = "polynomial-expansion";

  /** Checks the names and the degree. */
  public PolynomialExpansion {
    if (column.isBlank() || output.isBlank()) {
      throw new IllegalArgumentException(
          "columns have names: PolynomialExpansion.on(\"features\").into(\"products\"), say");
    }
    if (degree < 2 || degree > Polynomial.MOST_DEGREE) {
      throw new IllegalArgumentException(
          "an expansion to degree %s; degrees are 2 to %s"
              .formatted(degree, Polynomial.MOST_DEGREE));
    }
  }

  /** An expansion of a vector column, in place, to degree 2. */
  public static PolynomialExpansion on(String column) {
    return new PolynomialExpansion(column, column, 2);
  }

  /** The same with the expanded vectors in a column of their own. */
  public PolynomialExpansion into(String output) {
    return new PolynomialExpansion(column, output, degree);
  }

  /** The same to another degree. */
  public PolynomialExpansion withDegree(int degree) {
    return new PolynomialExpansion(column, output, degree);
  }

  /**
   * The dataset with the expanded vectors.
   *
   * @throws io.drawbar.type.UnknownColumnException if the column is not there
   * @throws TypeMismatchException if it is no vector, or one of too many elements
   */
  @Override
  public Dataset transform(Dataset input) {
    DataType type = input.schema().field(column, this).type();
    if (!(type instanceof VectorType vector)) {
      throw new TypeMismatchException(
          "%s: column '%s' is %s, not a vector; make one before: VectorAssembler.of(\"%s\")"
              .formatted(this, column, type, column));
    }
    long products = Monomials.count(vector.size(), degree);
    if (products > Monomials.MOST) {
      throw new TypeMismatchException(
          "%s: the %s elements of '%s' have %s products; %s at most. Expand fewer of them"
              .formatted(
                  this,
                  vector.size(),
                  column,
                  products >= Integer.MAX_VALUE ? "more than 2 billion" : products,
                  Monomials.MOST));
    }
    return input.withColumn(output, Functions.polynomial(Functions.col(column), degree));
  }

  @Override
  public ModelContent content() {
    return ModelContent.of(TYPE)
        .setting("column", column)
        .setting("output", output)
        .setting("degree", degree)
        .build();
  }

  static PolynomialExpansion of(ModelContent content) {
    long degree = content.whole("degree");
    return new PolynomialExpansion(
        content.text("column"), content.text("output"), (int) Math.min(degree, 100));
  }

  /** As it is written in a program. */
  @Override
  public String toString() {
    String into = output.equals(column) ? "" : ".into(\"" + output + "\")";
    return "PolynomialExpansion.on(\"" + column + "\").withDegree(" + degree + ")" + into;
  }
}
