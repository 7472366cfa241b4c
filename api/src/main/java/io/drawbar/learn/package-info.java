/**
 * Trainers and their models.
 *
 * <h2>Linear regression</h2>
 *
 * <p>{@link io.drawbar.learn.LinearRegression} minimises {@code sum (y - a - b x)^2} by the normal
 * equations {@code C b = c}, where C holds the centred second moments of the features and c those
 * of features and label, and {@code a = mean(y) - b mean(x)}. One pass over the data gives the
 * moments; the rest is a small problem on the driver.
 *
 * <pre>{@code
 * LinearRegressionModel model =
 *     LinearRegression.on("features").predicting("quality").fit(wines);
 * System.out.println(model);            // a table
 * Dataset scored = model.transform(others); // with a column "prediction"
 * }</pre>
 *
 * <h2>Same bits, and the digits</h2>
 *
 * <p>Partial moments meet in an order that nobody controls. Merging them in floating point,
 * pairwise as T. F. Chan, G. H. Golub and R. J. LeVeque teach ("Algorithms for Computing the Sample
 * Variance", 1983), keeps the digits, but the last bits depend on the tree, hence on cores, engine
 * and chance. Merging raw sums of products exactly is free of order, but a raw product rounded in a
 * block has already lost what centring needs: on NIST's Longley data a raw matrix leaves 8 digits.
 * So both ideas are joined:
 *
 * <ol>
 *   <li><em>In a block</em> of n rows: a shift c near the rows is taken from each, e = x - c. It is
 *       of each column that value which is nearest to the mean of the block's first 512 usable
 *       rows: so the e of whole numbers are exact. The sums D of e and M of e e' are plain doubles
 *       in the eight lanes of {@link io.drawbar.math.GramFold}: a function of the block's rows
 *       alone.
 *   <li><em>Out of a block</em>: the raw moments {@code M_ij + c_i (D_j + n c_j) + D_i c_j} and
 *       {@code D_i + n c_i}, each as the sum of two doubles: 32 digits, by the error-free products
 *       and sums of T. J. Dekker (1971) and J. R. Shewchuk (1997). They are added to {@link
 *       io.drawbar.math.ExactSums}, whose result has no order.
 *   <li><em>On the driver</em>: {@code C_ij = G_ij - s_i s_j / N} from the exact sums, in twice the
 *       digits of a double again (T. Ogita, S. M. Rump, S. Oishi, 2005). The large means cancel
 *       here, where 32 digits are known. What is left is the rounding inside blocks, which is
 *       relative to deviations and not to values.
 * </ol>
 *
 * <p>Why such a shift: it needs no second pass, does not depend on how a block is cut into batches,
 * and is near enough. Where it is k standard deviations of the block away from the block's mean,
 * rounding errors grow by 1 + k^2. The mean of m rows of n has k^2 of 1/m as a rule, 1 if one of
 * them is an outlier beside which all else is small, and at most n/m if all of them are, and the
 * value nearest to it is no more than their standard deviation away; the first row alone could have
 * n - 1.
 *
 * <p>Where rows have weights ({@code weightedBy}), e and a one are multiplied by the root of the
 * weight in a block, and n becomes the sum of weights, of which two doubles are kept, too. A row of
 * weight 2 counts as two, as everywhere here; what a row of weight 0 holds is checked, and then not
 * looked at. The mean that a shift is near is that by weight; and if 512 further rows weigh more
 * than 64 times as much as those that it is of, theirs is taken from there on, so that rows of
 * hardly any weight, far from all others, cost no digits either. (Classifiers, whose shifts are
 * values of one row, change them where a row weighs 64, or for what is only a scale 4096, times as
 * much as that row.)
 *
 * <p>C is scaled to unit diagonal (A. van der Sluis 1969), factored by {@link
 * io.drawbar.math.Cholesky}, and the solution is corrected by its residual, computed in twice the
 * digits, until that gains nothing: so the factor's own rounding is gone as well.
 *
 * <p>Held against the certified values of NIST's Statistical Reference Datasets (Longley:
 * https://www.itl.nist.gov/div898/strd/lls/data/Longley.shtml): 11 digits and more in every
 * coefficient, with blocks of any size; 12.9 where the data is one block, 13.6 with blocks of 3. A
 * plane that is far from zero costs nothing: seconds since 1970 that span an hour give 14.
 *
 * <h2>Penalties</h2>
 *
 * <p>{@code withL2(lambda)} adds {@code lambda/2 |b|^2} to the mean squared error over two, hence
 * {@code n lambda} to the diagonal of C, in the same twice the digits (A. E. Hoerl, R. W. Kennard,
 * 1970). {@code withL1(lambda)} adds {@code lambda sum |b_j|}, which makes coefficients zero (R.
 * Tibshirani, 1996), and {@code withElasticNet} both, in the words of all regressions here. The
 * intercept is not penalised. Coefficients are penalised in the unit of their features: scale these
 * before, or say {@code standardised()}, which penalises {@code s_j b_j} instead, where s_j is the
 * standard deviation over n, and gives b in the features' own units. (So does R's glmnet, which
 * scales the label as well: the weight of magnitudes is the same there, that of squares this one
 * times the label's standard deviation.) With a penalty, elements may follow from each other, there
 * may be fewer rows than coefficients, and what is constant gets 0.
 *
 * <p>With magnitudes there is no closed form, but C is still all that is needed ({@code
 * ElasticNet}), and the rows are read once:
 *
 * <ol>
 *   <li><em>Descent</em> ({@code CoordinateDescent}), one coordinate after the other with updates
 *       of covariances (J. Friedman, T. Hastie, R. Tibshirani, 2010), in units of a correlation.
 *       Turns go over coordinates that were once steep enough to leave zero; then the slopes of all
 *       are looked at. Strong rules, which guess what need not be looked at, save nothing where a
 *       slope is at hand.
 *   <li><em>Equations</em> ({@code ActiveSet}): once it is known which coefficients are zero and
 *       which signs the others have, these solve {@code (C + L2) b = c - l1 sign(b)}, with the
 *       residual in twice the digits, as without magnitudes. Signs that were wrong, and slopes of
 *       zeros that are steeper than their penalty, are put right one by one.
 * </ol>
 *
 * <p>So it does not end when things hardly move any more, which on features that are alike can be
 * far from the minimum, but when the conditions of a minimum hold: exactly where a coefficient is
 * not zero, and within 2^-43 (1e-13) of a correlation where it is, times the sum of the magnitudes
 * of coordinates where that is more than 1. A test holds them against the rows: 2e-13, or 2e-14 of
 * that sum where features depend on each other. And the model is a function of which coefficients
 * are zero, not of the way there: one penalty alone, or the same after ninety others, gives the
 * same bits. (Where a coefficient is zero just so, within that tolerance, either set is right, and
 * the way decides.) Of duplicates the first is taken; of columns that differ by a factor the one
 * with the larger values, which is cheaper; {@code withL2} has them share.
 *
 * <h2>A path</h2>
 *
 * <p>Which penalty is best is not known beforehand, and how coefficients come in says more than one
 * model does. {@link io.drawbar.learn.RegularisationPath} goes from the least penalty with which
 * all are zero down, each time from where it was, without another look at the rows:
 *
 * <pre>{@code
 * LinearRegression lasso = LinearRegression.on("features").predicting("quality").standardised();
 * RegularisationPathModel path = lasso.path(100).fit(split.train());
 * System.out.println(path);       // penalty, how many are not zero, R squared, which come and go
 * Dataset scored = path.transform(split.test());    // a vector column "predictions", one a penalty
 * path.model(30).save(Path.of("models/quality"));   // the bits of path.trainer(30).fit(train)
 *
 * GridSearched<LinearRegressionModel> best =
 *     GridSearch.over(path.trainers()).with(CrossValidation.folds(5)).least(wines, metric);
 * }</pre>
 *
 * <p>100 penalties of 100 features take 6 to 14 ms after the pass, of 1000 features 1.6 to 6 s, the
 * more the more alike features are (one of 2 busy cores, Java 17). The cost is that of solving the
 * equations.
 *
 * <h2>Logistic regression</h2>
 *
 * <p>{@link io.drawbar.learn.LogisticRegression} minimises the mean of {@code -log(p)} and a
 * penalty, of magnitudes, squares or both, as R's glmnet does. There is no closed form, so that
 * rows are held ({@code dataset.hold}) and looked at some 6 to 10 times, 20 where features are rare
 * or have far values, or 10 to 30 with more than 256 coefficients:
 *
 * <ol>
 *   <li><em>Once before</em> ({@code ClassMoments}): whatever cannot be learned from is found and
 *       named; means and standard deviations give coordinates in which the objective is about as
 *       steep in all directions; the sums of features by class are the gradient at the beginning,
 *       where each class has its share and all coefficients are zero.
 *   <li><em>Then</em> ({@code LogisticFold}): loss and gradient at a candidate, tile by tile, so
 *       that memory is read once; {@link io.drawbar.math.ColumnLanes} carries the gradient's lanes
 *       from tile to tile. Where it is not known how far to go, in the first step and after one
 *       that was too long, the same look gives loss and slope at places nearer by: margins are
 *       linear on the way, and those of its beginning stay with the block.
 *   <li><em>With it</em> ({@code InformationPairs}), as long as steps are long: how the loss
 *       curves, over one row of so many, the same ones at any parallelism. Of up to 256
 *       coefficients that takes less time than the slopes of all rows, and saves more than half of
 *       the looks. What it says of rare features is corrected by what all rows say of their scale.
 *   <li><em>Between</em> ({@code QuasiNewton}): the next candidate, by limited-memory BFGS that
 *       begins with that ({@code Curvature}); with magnitudes in the penalty, by coordinate descent
 *       on the same model ({@code ProximalStep}).
 * </ol>
 *
 * <p>It ends when no slope is greater than the tolerance, 1e-6 as a rule: the objective is then
 * right to some 11 digits and coefficients to 5 or more; 1e-10 costs five looks more and gives the
 * digits that R's glm prints. A model knows the slope that was left ({@code steepness}).
 *
 * <p>Sums are exact between blocks; inside one, a slope is known to some 1e-16 times the mean of a
 * feature over its standard deviation. Duplicate elements share a coefficient, constant ones get 0.
 * Classes that are told apart without error are an error unless there is a penalty ({@link
 * io.drawbar.learn.SeparableClassesException}): a candidate with all rows on the right side proves
 * it.
 *
 * <p>Where only some rows of one class are apart, as with a category that all rows of have the same
 * label, the likelihood has no maximum either (A. Albert, J. A. Anderson, 1984), and coefficients
 * end where slopes are within the tolerance, large. That is said, and not refused: {@code
 * FarMaximum} watches whether Newton's steps from there keep moving rows, which costs a look at the
 * rows as a rule where such a thing might be and five at most, and the coefficients concerned have
 * infinite standard errors ({@link io.drawbar.learn.LogisticRegressionModel#unbounded}), all others
 * those that they have without the rows that are apart. It is a symptom, which a maximum far away
 * shows, too, and an error must not be wrong; and the probabilities of such a model are right to
 * the tolerance, those of the category as near to 0 or 1 as it asks for. What would prove it, a
 * linear program over all rows (K. Konis, 2007), is out of proportion. It is not looked for where
 * standard errors would take too long, and not with a penalty, which gives every coefficient an
 * end.
 *
 * <p>How many classes there are is said ({@code withClasses}) and not found in the labels: it
 * decides whether {@code probability} is a DOUBLE or a vector, and programs are checked before rows
 * are read.
 *
 * <h2>How sure coefficients are</h2>
 *
 * <p>Models of regressions have an {@link io.drawbar.learn.Inference}: standard errors, from which
 * {@code tests()} makes t or z, p-values and intervals of 95 percent, or the reason why there are
 * none.
 *
 * <ul>
 *   <li>Least squares: {@code s sqrt((C^-1)_jj)} from the Cholesky factor that solved them, at the
 *       price of factoring once more. NIST certifies Longley's: 11 digits and more.
 *   <li>Logistic regression: from the inverse of Fisher's information at the end, for which rows
 *       are looked at once more, if there are up to 64 coefficients ((classes - 1) times elements
 *       and intercept), or up to 1,000 and no more than 2^32 coefficients squared times rows. That
 *       is a rule on the shape of data and model alone. Of more than two classes, errors are those
 *       of the centred coefficients. They are as right as the descent ended: with a tolerance of
 *       1e-6, some six digits.
 *   <li>With a penalty there are none. Coefficients are then pulled towards zero by an amount that
 *       no repetition of the sample would show, and what programs print as their p-values is wrong.
 * </ul>
 *
 * <p>The standard deviations of the elements are kept with them: a coefficient times its element's
 * is what plots compare.
 *
 * <h2>What a model knows</h2>
 *
 * <p>{@code model.save(path)} writes coefficients and intercept as raw doubles beside a readable
 * manifest with the columns, R squared, the names of the elements ({@link
 * io.drawbar.Dataset#elementNames}: the columns that were assembled, which its text and all errors
 * use, too), and the {@link io.drawbar.Provenance}: trainer, parameters, rows, and a fingerprint of
 * the content of features and label, which is taken in the same pass ({@link
 * io.drawbar.iterate.FingerprintedKernel}) and costs 1 to 2 ns a value.
 *
 * <h2>What is refused</h2>
 *
 * <ul>
 *   <li>null, NaN and infinite values, counted by kind and element: {@link
 *       io.drawbar.learn.UnusableValueException}; so are values whose squares overflow or
 *       underflow;
 *   <li>no rows, or, without a penalty, fewer than coefficients: {@link
 *       io.drawbar.learn.TooFewRowsException};
 *   <li>without a penalty, an element that is constant, or of whose variance all but 1e-10 follows
 *       from elements before it, as duplicates and sums do: {@link
 *       io.drawbar.learn.SingularMatrixException}, which says from which. A model that is not
 *       determined is not returned.
 * </ul>
 *
 * <h2>What it costs</h2>
 *
 * <p>A row costs half of d^2 multiplications and additions: 8 ns with 3 features, about a
 * microsecond with 100, of which {@link io.drawbar.math.GramFold} is more than 80 % (2 busy cores,
 * Java 17). A block costs 20 ns for each of half d^2 entries on top, 2 % of its rows. Memory is 4
 * d^2 doubles a task, so that some thousand features are the limit.
 *
 * <h2>Principal components</h2>
 *
 * <p>{@link io.drawbar.learn.Pca} takes the same moments, of the features alone, in the same pass
 * and with the same digits, and has {@link io.drawbar.math.SymmetricEigen} find the directions:
 * Jacobi's method, because features in different units make a matrix that is graded, of which it
 * keeps the digits also of the smallest variances. The sign of a direction is fixed by its largest
 * element. {@code standardised()} does it for correlations.
 *
 * <pre>{@code
 * PcaModel plane = Pca.on("features").withComponents(2).fit(flowers);
 * plane.explained();                            // shares of the variance
 * Dataset placed = plane.transform(flowers);    // with a vector column "components"
 * }</pre>
 *
 * <h2>k-means</h2>
 *
 * <p>{@link io.drawbar.learn.KMeans} goes over held rows: once to see whether they can be used,
 * twice for the start, and then in Lloyd's rounds, to which a last one is added that measures what
 * the centres are worth. For the start some thousand rows are drawn and brought to the driver,
 * which finds their centres: by k-means++, rounds among themselves, and swaps, which take a centre
 * from where two share a cloud of rows and put it where two clouds share a centre. The second pass
 * looks for rows that are farther off than all of those, which a sample may miss and a sum of
 * squares does not. Few rows are all drawn, and need no second pass. A good start is worth more
 * than rounds: it ends lower, and bounds hold from the beginning, because centres move little.
 *
 * <pre>{@code
 * KMeansModel model = KMeans.on("features").withClusters(5).withSeed(42).fit(customers);
 * Dataset segments = customers.transform(model);   // with a LONG column "cluster"
 * }</pre>
 *
 * <p>Why it is the same everywhere:
 *
 * <ul>
 *   <li>the one distance that anything is decided by is that of {@link
 *       io.drawbar.math.NearestCentre}, in training and in scoring; ties go to the first centre;
 *   <li>the sums of a cluster are plain doubles in the order of the rows in a block, and exact
 *       between blocks; so is the cost;
 *   <li>the random number of a row is a function of the seed, the round, and the content of its
 *       block up to and with the row; a draw keeps the rows with the lowest keys, ties go to the
 *       lower point, and what has the same key and the same point is one: a top-k, which merges
 *       without an order. Ids of rows, as {@code sample} has them, would do as well; a fold is not
 *       told them;
 *   <li>what blocks remember from superstep to superstep (bounds after G. Hamerly, 2010, one for
 *       all other centres, four bytes each) only says for which rows the other distances need not
 *       be computed, with room for what rounding does to computed distances. A block that has
 *       forgotten gives the same bits, and a test forgets at random.
 * </ul>
 *
 * <p>A centre without rows stays where it is: the start has taken distinct rows, so that it happens
 * seldom, and whatever would be put in its place would be a matter of taste. Fewer distinct rows
 * than clusters are an error, found by the start: its draws go on while there are rows at no centre
 * and centres are wanted.
 *
 * <p>Distances of a row of 20 elements to 20 centres take 60 to 75 ns, the one distance of a row
 * whose bounds hold 12 ns (processor time, one of 2 busy cores, Java 17). A million such rows takes
 * 1.5 to 1.8 seconds of processor time, to hold them included, with 16 to 20 rounds.
 *
 * <h2>Mixtures of normal distributions</h2>
 *
 * <p>{@link io.drawbar.learn.GaussianMixture} makes {@code sum log(sum_k w_k N(x; m_k, S_k))} large
 * by expectation and maximisation (A. P. Dempster, N. M. Laird, D. B. Rubin, 1977). It goes over
 * held rows: once for their variances, and to see whether they can be used; some ten times for a
 * start, the clusters of k-means in the features' own units; and then in rounds:
 *
 * <ol>
 *   <li><em>Expectation</em> ({@link io.drawbar.math.LogDensities}): {@code log(w_k N(x; m_k, S_k))
 *       = c_k - |W_k (x - m_k)|^2 / 2}, where W is the inverse of the factor of Cholesky, of
 *       covariances scaled to unit diagonal. What has the largest is taken from all of them before
 *       they become shares, so that a row far from everything has shares, too, and a likelihood.
 *   <li><em>Sums</em> ({@code MixtureFold}): products of deviations from each component's mean, in
 *       the lanes of {@link io.drawbar.math.GramFold} inside a block, exact between blocks. About
 *       the component's own mean, and not about zero or one mean of all, because components may be
 *       far apart in units of their widths: what centring would lose is the square of that.
 *   <li><em>Maximisation</em>, on the driver: a mean moves by its mean deviation, and the
 *       covariances are those of the shares, with {@code regularisation} times each element's
 *       variance over all rows added to their diagonal.
 * </ol>
 *
 * <p>A share of less than 2^-80 of a row's largest counts as none: a double would not show it in
 * any sum, and where components are apart a row is then added to one of them instead of to all.
 *
 * <pre>{@code
 * GaussianMixtureModel model = GaussianMixture.on("features").withComponents(3).fit(flowers);
 * System.out.println(model);        // weights, means, deviations; log-likelihood, AIC, BIC
 * model.transform(flowers);         // component, probability, logDensity
 * }</pre>
 *
 * <p>It ends when the mean log-likelihood of a row changes by no more than 1e-6. That is a change
 * of the likelihood as a share of itself; the share of a change in the <em>log</em>-likelihood
 * would depend on the unit of the features, and mean nothing where that is zero. What is returned
 * is the mixture whose likelihood was measured last, not the next one; somebody who ends it earlier
 * gets the last one, which is then measured. {@code logDensity} is what tells strange rows: a
 * threshold is a quantile of it. But a row that is alone, and far from the others, may get a
 * component of its own, as narrow as regularisation allows, and does not look strange then; fewer
 * components, or more regularisation, help.
 *
 * <p>A row of 20 elements takes 0.95 microseconds a round with 10 components that all have a share
 * in it, 0.42 where components are apart; with variances alone, 0.4 and 0.18 (processor time, one
 * of 2 busy cores, Java 17). Memory is 4 d^2 doubles a component and task.
 *
 * <h2>Naive Bayes</h2>
 *
 * <p>{@link io.drawbar.learn.NaiveBayes} takes elements for independent in each class and applies
 * Bayes' rule; one pass of sums by class is all it needs. Gaussian for measurements, multinomial
 * for counts, Bernoulli for flags.
 *
 * <pre>{@code
 * NaiveBayes.on("features").predicting("species").withClasses(3).fit(flowers);
 * NaiveBayes.on("counts").predicting("topic").withClasses(20).multinomial().fit(texts);
 * }</pre>
 *
 * <p>The sums of a block are plain doubles in the order of the rows; zeros are left out, so that
 * sparse texts cost what they hold, in a block that has thousands of elements and in one that has
 * millions. Squares are taken about a shift, the first value of the class in the block, and go out
 * of it in twice the digits of a double, as moments do; variances and means are rounded once.
 *
 * <p>The package is made of what users can make theirs of: {@code Dataset.reduce} with a {@link
 * io.drawbar.iterate.LeafKernel}, {@code Dataset.hold} with {@link io.drawbar.iterate.Superstep}s,
 * and nothing internal.
 */
package io.drawbar.learn;
