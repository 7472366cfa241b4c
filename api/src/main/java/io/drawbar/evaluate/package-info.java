/**
 * How good predictions are, measured on the rows where they stand beside the truth.
 *
 * <pre>{@code
 * RegressionMetrics fit = RegressionMetrics.of(model.transform(test), "spent", "prediction");
 * System.out.println(fit.rSquared());
 *
 * BinaryMetrics churn = BinaryMetrics.of(model.transform(test), "churned", "probability");
 * System.out.printf("AUC %.3f, log-loss %.3f%n", churn.auc(), churn.logLoss());
 * System.out.println(churn.at(0.3).recall());
 * }</pre>
 *
 * <p>Metrics are functions of the multiset of rows alone: sums are exact and rounded once, counts
 * are whole numbers. So they have the same bits on every engine, and for every order, leaf and
 * block.
 *
 * <p>Rows that say nothing (null, NaN, a label that is neither 0 nor 1) are not passed over but
 * refused: a metric over other rows than one thinks is worse than none.
 */
package io.drawbar.evaluate;
