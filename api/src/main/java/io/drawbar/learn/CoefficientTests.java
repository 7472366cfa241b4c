package io.drawbar.learn;

import io.drawbar.math.NormalDistribution;
import io.drawbar.math.StudentDistribution;
import java.util.ArrayList;
import java.util.List;

/**
 * Tests coefficients.
 *
 * @param freedom degrees of freedom of Student's t distribution; infinite for the normal one
 * @param bound how many standard errors an interval reaches to each side
 */
record CoefficientTests(double freedom, double bound) {
  /** By the distribution that the errors go with. */
  static CoefficientTests of(Inference inference) {
    double freedom = inference.freedom();
    return new CoefficientTests(
        freedom,
        Double.isInfinite(freedom)
            ? NormalDistribution.bound(CoefficientTest.OUTSIDE)
            : StudentDistribution.bound(CoefficientTest.OUTSIDE, freedom));
  }

  CoefficientTest of(String name, double value, double standardError) {
    double statistic = value / standardError;
    double probability =
        Double.isInfinite(freedom)
            ? NormalDistribution.beyond(statistic)
            : StudentDistribution.beyond(statistic, freedom);
    double half = bound * standardError;
    return new CoefficientTest(
        name, value, standardError, statistic, probability, value - half, value + half);
  }

  /** The intercept, if it has an error, and then the elements of a margin. */
  List<CoefficientTest> ofMargin(
      List<String> names,
      List<Double> coefficients,
      List<Double> intercepts,
      Inference inference,
      int margin) {
    List<CoefficientTest> tests = new ArrayList<>();
    if (!inference.interceptErrors().isEmpty()) {
      double error = inference.interceptErrors().get(margin);
      tests.add(of("intercept", intercepts.get(margin), error));
    }
    for (int j = 0; j < names.size(); j++) {
      int at = margin * names.size() + j;
      tests.add(of(names.get(j), coefficients.get(at), inference.standardErrors().get(at)));
    }
    return tests;
  }
}
