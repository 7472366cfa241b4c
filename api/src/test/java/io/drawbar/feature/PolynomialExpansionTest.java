package io.drawbar.feature;

import static io.drawbar.expr.Functions.col;
import static io.drawbar.expr.Functions.hashTerms;
import static io.drawbar.expr.Functions.lit;
import static io.drawbar.expr.Functions.split;
import static io.drawbar.expr.Functions.vector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbar.Dataset;
import io.drawbar.expr.Monomials;
import io.drawbar.expr.TypeMismatchException;
import io.drawbar.type.DataType;
import java.util.List;
import org.junit.jupiter.api.Test;

class PolynomialExpansionTest extends FeatureFixture {
  /** The order that Spark's documentation shows, and its example of (-2, 2.3) to degree 3. */
  @Test
  void productsAreInTheOrderOfSpark() {
    Dataset rows = vectors(new double[] {-2, 2.3}, new double[] {0, 0}, new double[] {.6, -1.1});
    PolynomialExpansion cubes = PolynomialExpansion.on("x").withDegree(3).into("p");
    double[][] products = vectorsOf(rows.transform(saved(cubes, rows)), "p");
    double squared = 2.3 * 2.3;
    assertThat(products[0])
        .containsExactly(-2, 4, -8, 2.3, -2 * 2.3, 4 * 2.3, squared, -2 * 2.3 * 2.3, squared * 2.3);
    assertThat(products[1]).containsOnly(0);
    assertThat(rows.transform(cubes).elementNames("p"))
        .containsExactly(
            "x[0]",
            "x[0]^2",
            "x[0]^3",
            "x[1]",
            "x[0]*x[1]",
            "x[0]^2*x[1]",
            "x[1]^2",
            "x[0]*x[1]^2",
            "x[1]^3");
    assertThat(cubes).hasToString("PolynomialExpansion.on(\"x\").withDegree(3).into(\"p\")");
  }

  @Test
  void elementsAreCalledByWhatTheyAreMadeOf() {
    Dataset rows =
        column("a", DataType.LONG, 1L, 3L)
            .withColumn("b", col("a").times(2))
            .transform(VectorAssembler.of("a", "b").into("x"));
    Dataset scaled = rows.transform(MinMaxScaler.on("x").into("y").fit(rows));
    assertThat(scaled.elementNames("y")).containsExactly("a", "b");
    assertThat(scaled.transform(PolynomialExpansion.on("y").into("p")).elementNames("p"))
        .containsExactly("a", "a^2", "b", "a*b", "b^2");
  }

  @Test
  void threeElementsToDegreeTwo() {
    Monomials products = Monomials.of(3, 2);
    List<String> names = List.of("x", "y", "z");
    List<String> found =
        java.util.stream.IntStream.range(0, products.size())
            .mapToObj(i -> products.name(i, names))
            .toList();
    assertThat(found).containsExactly("x", "x^2", "y", "x*y", "y^2", "z", "x*z", "y*z", "z^2");
    assertThat(Monomials.count(3, 2)).isEqualTo(9);
    assertThat(Monomials.count(100, 2)).isEqualTo(5150);
    assertThat(Monomials.count(1 << 24, 8)).isGreaterThan(Integer.MAX_VALUE);
  }

  /** What is not stored is 0.0, which times -1 is -0.0, and times infinity NaN. */
  @Test
  void sparseVectorsGiveWhatDenseOnesGive() {
    Dataset sparse =
        column("t", DataType.STRING, "a b b", "", null, "c a a")
            .withColumn("h", hashTerms(split(col("t"), " "), 5))
            .withColumn("x", vector(col("h"), lit(-1), lit(Double.POSITIVE_INFINITY)));
    double[][] rows = vectorsOf(sparse, "x");
    Dataset dense = column("x", DataType.vector(7), (Object[]) rows);
    PolynomialExpansion expansion = PolynomialExpansion.on("x");
    assertThat(vectorsOf(dense.transform(expansion), "x")[1]).contains(-0.0, Double.NaN);
    areTheSame(
        vectorsOf(sparse.transform(expansion), "x"), vectorsOf(dense.transform(expansion), "x"));
  }

  @Test
  void whatCannotBeExpandedIsNamed() {
    PolynomialExpansion expansion = PolynomialExpansion.on("x");
    assertThatThrownBy(() -> column("x", DataType.LONG, 1L).transform(expansion))
        .isInstanceOf(TypeMismatchException.class)
        .hasMessageContaining("column 'x' is LONG, not a vector");
    Dataset wide = column("x", DataType.vector(200));
    assertThatThrownBy(() -> wide.transform(expansion))
        .isInstanceOf(TypeMismatchException.class)
        .hasMessageContaining("the 200 elements of 'x' have 20300 products; 10000 at most");
    assertThatThrownBy(() -> wide.transform(expansion.withDegree(8)))
        .isInstanceOf(TypeMismatchException.class)
        .hasMessageContaining("more than 2 billion");
    for (int degree : new int[] {1, 9}) {
      assertThatThrownBy(() -> expansion.withDegree(degree))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("degrees are 2 to 8");
    }
  }
}
