/**
 * How good predictions are, measured on the rows where they stand beside the truth; and which
 * trainer makes the best ones.
 *
 * <pre>{@code
 * RegressionMetrics fit = RegressionMetrics.of(model.transform(test), "spent", "prediction");
 * System.out.println(fit.rSquared());
 *
 * BinaryMetrics churn = BinaryMetrics.of(model.transform(test), "churned", "probability");
 * System.out.printf("AUC %.3f, log-loss %.3f%n", churn.auc(), churn.logLoss());
 * System.out.println(churn.at(0.3).recall());
 *
 * MulticlassMetrics flowers = MulticlassMetrics.of(scored, "species", "predicted");
 * System.out.println(flowers);                      // a table of classes, and one of confusions
 * System.out.println(flowers.macroF1() + " " + flowers.kappa());
 *
 * Silhouette clusters = Silhouette.of(clustered, "cluster", "features");
 * System.out.println(clusters.mean());
 * }</pre>
 *
 * <h2>Metrics</h2>
 *
 * <p>Metrics are functions of the multiset of rows alone: sums are exact and rounded once, counts
 * are whole numbers. So they have the same bits on every engine, and for every order, leaf and
 * block. {@link io.drawbar.evaluate.Silhouette} looks at rows twice, and holds them in between; the
 * others go over them once.
 *
 * <p>Rows that say nothing (null, NaN, a label that is neither 0 nor 1) are not passed over but
 * refused: a metric over other rows than one thinks is worse than none. What is divided by nothing
 * is NaN: the precision of a class that is never predicted, say. Only in means over classes does it
 * count as 0, as elsewhere in the field.
 *
 * <h2>Folds</h2>
 *
 * <p>One split is one throw of the dice. {@link io.drawbar.evaluate.CrossValidation} divides rows
 * into k folds and has each test what is trained on the others, and {@link
 * io.drawbar.evaluate.GridSearch} does so with several trainers and fits the best one to all rows:
 *
 * <pre>{@code
 * LinearRegression ridge = LinearRegression.on("features").predicting("quality").standardised();
 * GridSearched<LinearRegressionModel> found =
 *     GridSearch.over(List.of(ridge.withL2(.01), ridge.withL2(.1), ridge.withL2(1)))
 *         .with(CrossValidation.folds(5).withSeed(42).groupedBy("vineyard"))
 *         .least(
 *             wines,
 *             scored -> RegressionMetrics.of(scored, "quality", "prediction").rootMeanSquaredError());
 * System.out.println(found);                        // mean and spread of each, a star at the best
 * found.model().save(Path.of("models/quality"));
 * }</pre>
 *
 * <p>A trainer may be a {@link io.drawbar.Pipeline}: what it learns of features, a scale or an
 * index, it then learns in each fold of the training rows alone. A step that is fitted before, to
 * all rows, has seen the rows that test.
 *
 * <p>What decides on a row's fold is a number that {@link io.drawbar.Dataset#withRandom} draws, by
 * the id of the row or by its group's value. So folds are the same on every engine and in every
 * run, and do not change when a column is added, or when rows come in other blocks of the same
 * files.
 *
 * <p>Shares of the numbers from 0 to 1 are equal in the mean only: of n rows a fold has n/k give or
 * take {@code sqrt(n (k - 1)) / k}, and so it is for each label. That is why {@code stratifiedBy}
 * does not leave it to shares, but ranks the numbers of each label's rows and deals them out like
 * cards, one label after the other: each label, and the whole, differ by one row between folds.
 * Nothing is sorted for it. Rows are counted by label and the first 12 bits of their number; then
 * it is known in which of these bins the first row of each fold is, and the numbers in those alone
 * come to the driver. A fold stays a condition on a row's label and number. Groups can not be dealt
 * out so without a look at all of them, and k folds of many groups need it less; rows are grouped
 * or stratified, not both.
 *
 * <p>Rows are read once, and kept with {@link io.drawbar.Dataset#cache} with their numbers;
 * training and test rows of each fold are filters over that, in the order and the blocks as read.
 *
 * <p>Every tie goes to the trainer that is named first, and one whose mean is NaN is never best.
 */
package io.drawbar.evaluate;
