package io.drawbar.learn;

import io.drawbar.Dataset;
import io.drawbar.Session;
import io.drawbar.feature.VectorAssembler;
import io.drawbar.io.Records;
import java.util.List;

/**
 * J. W. Longley's data of 1967, in the units of NIST's Statistical Reference Datasets, and the
 * values certified there: https://www.itl.nist.gov/div898/strd/lls/data/Longley.shtml.
 */
record Longley(
    double deflator,
    long gnp,
    long unemployed,
    long armedForces,
    long population,
    long year,
    long employed) {

  static final double[] COEFFICIENTS = {
    15.0618722713733,
    -.0358191792925910,
    -2.02022980381683,
    -1.03322686717359,
    -.0511041056535807,
    1829.15146461355
  };
  static final double INTERCEPT = -3482258.63459582;
  static final double[] STANDARD_ERRORS = {
    84.9149257747669,
    .0334910077722432,
    .488399681651699,
    .214274163161675,
    .226073200069370,
    455.478499142212
  };
  static final double INTERCEPT_ERROR = 890420.383607373;
  static final double F = 330.285339234588;
  static final double R_SQUARED = .995479004577296;
  static final double RESIDUAL_STANDARD_DEVIATION = 304.854073561965;

  static final List<Longley> ROWS =
      List.of(
          new Longley(83.0, 234289, 2356, 1590, 107608, 1947, 60323),
          new Longley(88.5, 259426, 2325, 1456, 108632, 1948, 61122),
          new Longley(88.2, 258054, 3682, 1616, 109773, 1949, 60171),
          new Longley(89.5, 284599, 3351, 1650, 110929, 1950, 61187),
          new Longley(96.2, 328975, 2099, 3099, 112075, 1951, 63221),
          new Longley(98.1, 346999, 1932, 3594, 113270, 1952, 63639),
          new Longley(99.0, 365385, 1870, 3547, 115094, 1953, 64989),
          new Longley(100.0, 363112, 3578, 3350, 116219, 1954, 63761),
          new Longley(101.2, 397469, 2904, 3048, 117388, 1955, 66019),
          new Longley(104.6, 419180, 2822, 2857, 118734, 1956, 67857),
          new Longley(108.4, 442769, 2936, 2798, 120445, 1957, 68169),
          new Longley(110.8, 444546, 4681, 2637, 121950, 1958, 66513),
          new Longley(112.6, 482704, 3813, 2552, 123366, 1959, 68655),
          new Longley(114.2, 502601, 3931, 2514, 125368, 1960, 69564),
          new Longley(115.7, 518173, 4806, 2572, 127852, 1961, 69331),
          new Longley(116.9, 554894, 4007, 2827, 130081, 1962, 70551));

  static Dataset dataset(Session session) {
    return assembled(session.read(Records.of(ROWS, Longley.class)));
  }

  static Dataset assembled(Dataset dataset) {
    return dataset.transform(
        VectorAssembler.of("deflator", "gnp", "unemployed", "armedForces", "population", "year"));
  }

  /** A row as the columns that are folded: features, then the label. */
  double[] values() {
    return new double[] {deflator, gnp, unemployed, armedForces, population, year, employed};
  }

  /** How many digits of all certified values a model has, at least. */
  static double digits(LinearRegressionModel model) {
    double least =
        Math.min(digits(model.intercept(), INTERCEPT), digits(model.rSquared(), R_SQUARED));
    for (int i = 0; i < COEFFICIENTS.length; i++) {
      least = Math.min(least, digits(model.coefficients().get(i), COEFFICIENTS[i]));
    }
    return Math.min(least, digits(model.residualStandardError(), RESIDUAL_STANDARD_DEVIATION));
  }

  /** NIST's log relative error. */
  static double digits(double found, double certified) {
    return -Math.log10(Math.max(1e-16, Math.abs(found - certified) / Math.abs(certified)));
  }
}
