package io.drawbar.learn;

import io.drawbar.Dataset;
import io.drawbar.Provenance;
import io.drawbar.Trainer;
import io.drawbar.expr.TypeMismatchException;
import io.drawbar.iterate.Fingerprinted;
import io.drawbar.iterate.FingerprintedKernel;
import io.drawbar.math.ExactSum;
import io.drawbar.math.SymmetricEigen;
import io.drawbar.math.SymmetricScaling;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Principal components: the directions, each at right angles to those before, along which the rows
 * spread most (K. Pearson, 1901; H. Hotelling, 1933). They are the eigenvectors of the features'
 * covariances, and the variances along them the eigenvalues.
 *
 * <pre>{@code
 * PcaModel model = Pca.on("features").withComponents(2).fit(flowers);
 * Dataset plane = flowers.transform(model);   // with a vector column "components"
 * }</pre>
 *
 * <p>Covariances, over n - 1, are taken in one pass, about the means, with the digits that the
 * package page describes for linear regression; {@link SymmetricEigen} does the rest. The sign of a
 * component is fixed: its element of largest magnitude (of several, the first) is positive.
 *
 * @param features the name of a vector column without nulls, NaN or infinities
 * @param output the name of the vector column that the model adds
 * @param components how many are kept, the ones of largest variance; 0 for as many as the features
 *     have elements
 * @param scale whether the features are scaled to variance 1 before, which makes of covariances
 *     correlations; a constant feature is left as it is
 */
public record Pca(String features, String output, int components, FeatureScale scale)
    implements Trainer<PcaModel> {
  /** Beyond that it would take hours. */
  private static final int MOST_ELEMENTS = 4_000;

  /** Checks that the names are not blank and the number is not negative. */
  public Pca {
    if (features.isBlank() || output.isBlank()) {
      throw new IllegalArgumentException(
          "columns have names: Pca.on(\"features\").into(\"components\"), say");
    }
    if (components < 0) {
      throw new IllegalArgumentException(
          "as many components are kept as one says, or all: withComponents(2), not " + components);
    }
  }

  /** All components of a vector column, into one named {@code components}. */
  public static Pca on(String features) {
    return new Pca(features, "components", 0, FeatureScale.AS_GIVEN);
  }

  /** The same of which only the first so many are kept. */
  public Pca withComponents(int components) {
    return new Pca(features, output, components, scale);
  }

  /** The same with the components in a column of that name. */
  public Pca into(String output) {
    return new Pca(features, output, components, scale);
  }

  /** The same of features scaled to variance 1, for those in different units. */
  public Pca standardised() {
    return new Pca(features, output, components, FeatureScale.UNIT_VARIANCE);
  }

  /**
   * Fits in one pass.
   *
   * @throws io.drawbar.type.UnknownColumnException if the column is not there
   * @throws TypeMismatchException if it is no vector, one of more than 4,000 elements, or of fewer
   *     than the components wanted
   * @throws TooFewRowsException if there are less than two rows
   * @throws UnusableValueException if a value is null, NaN, infinite, or too large or small to
   *     square, or all elements are constant
   */
  @Override
  public PcaModel fit(Dataset training) {
    int elements = TrainingColumns.elements(training.schema(), features, this);
    if (elements > MOST_ELEMENTS || components > elements) {
      throw new TypeMismatchException(
          "%s: column '%s' has %s elements; there are as many components, and %s elements at most"
              .formatted(this, features, elements, MOST_ELEMENTS));
    }
    MomentKernel kernel = new MomentKernel(features, elements);
    Fingerprinted<Moments> found = training.reduce(new FingerprintedKernel<>(kernel));
    Moments moments = found.partial();
    new MomentChecks(TrainingColumns.of(this, training, features), moments).check(2, "a variance");
    GramMatrix matrix = GramMatrix.centred(moments);
    double[] packed = matrix.triangle(elements);
    double[] deviations = deviations(matrix, elements, moments.rows() - 1.0);
    if (scale == FeatureScale.UNIT_VARIANCE) {
      packed = SymmetricScaling.of(packed, elements).scale(packed);
    }
    double freedom = scale == FeatureScale.UNIT_VARIANCE ? 1 : moments.rows() - 1.0;
    double total = total(packed, elements) / freedom;
    if (total == 0) {
      throw new UnusableValueException(
          ("%s: all elements of '%s' are constant in its %s rows: there is no direction in which rows"
                  + " differ; look at the source and the where steps")
              .formatted(this, features, moments.rows()));
    }
    SymmetricEigen eigen = SymmetricEigen.of(packed, elements);
    List<List<Double>> directions = new ArrayList<>();
    List<Double> variances = new ArrayList<>();
    for (int i = 0; i < (components == 0 ? elements : components); i++) {
      directions.add(Arrays.stream(eigen.vector(i)).boxed().toList());
      // Where there is no variance, rounding may leave one below zero.
      variances.add(Math.max(0, eigen.value(i) / freedom));
    }
    List<Double> means = new ArrayList<>();
    for (int i = 0; i < elements; i++) {
      means.add(matrix.mean(i));
    }
    return new PcaModel(
        features,
        output,
        training.elementNames(features),
        means,
        scale == FeatureScale.UNIT_VARIANCE
            ? Arrays.stream(deviations).boxed().toList()
            : Collections.nCopies(elements, 1.0),
        directions,
        variances,
        total,
        Provenance.of(this, training, kernel.columns(), found.data()));
  }

  private static double[] deviations(GramMatrix matrix, int elements, double freedom) {
    double[] deviations = new double[elements];
    for (int i = 0; i < elements; i++) {
      double variance = matrix.at(i, i) / freedom;
      deviations[i] = variance > 0 ? Math.sqrt(variance) : 1;
    }
    return deviations;
  }

  private static double total(double[] packed, int elements) {
    ExactSum trace = new ExactSum();
    int at = 0;
    for (int i = 0; i < elements; i++) {
      trace.add(packed[at]);
      at += elements - i;
    }
    return trace.round();
  }

  /** As it is written in a program. */
  @Override
  public String toString() {
    return "Pca.on(\"%s\")%s%s%s"
        .formatted(
            features,
            components == 0 ? "" : ".withComponents(" + components + ")",
            scale == FeatureScale.UNIT_VARIANCE ? ".standardised()" : "",
            output.equals("components") ? "" : ".into(\"" + output + "\")");
  }
}
