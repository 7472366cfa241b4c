/**
 * What is in data: a {@link io.drawbar.quality.Profile} of each column, found out in one pass.
 *
 * <pre>{@code
 * Profile profile = Profile.of(session.read(Csv.of(Loan.class).at("loans.csv")));
 * System.out.println(profile);                      // a line a column
 * profile.saveHtml(Path.of("loans.html"));          // a page with histograms, in one file
 *
 * ColumnProfile income = profile.column("income");
 * income.nulls();                                   // 5,985
 * income.distinct();                                // about 297,000, +- 1.1 %
 * income.distribution().mean();                     // exact, rounded once
 * income.distribution().quantile(0.95);             // a value, and its bounds
 *
 * session.read(Records.of(Profile.SCHEMA, profile.toRows())).write(Csv.to("profile"));
 * }</pre>
 *
 * <h2>What is counted, and how exactly</h2>
 *
 * <table>
 *   <caption>Of each column</caption>
 *   <tr><td>nulls, zeros, negative numbers, NaN, infinities, empty texts</td><td>exact</td></tr>
 *   <tr><td>least, greatest, shortest, longest</td><td>exact; of texts the first 100 bytes</td></tr>
 *   <tr><td>mean, standard deviation</td><td>of exact sums, rounded once</td></tr>
 *   <tr><td>different values; those that are there once; the ten most frequent</td><td>exact up to 8,192
 *     different values; of more, an estimate with a standard error of 1.1 %, and the most frequent
 *     are not known</td></tr>
 *   <tr><td>quantiles, histograms</td><td>exact up to 2,048 different numbers; of more, between bounds
 *     that are told</td></tr>
 * </table>
 *
 * <p>8,192 values and 2,048 ranges are what each of up to 16 columns has; of more columns each has
 * fewer (of 100: 1,024 and 256, standard error 3.1 %; of 1,000 and more: 128 and 64, 9 %), so that
 * ten thousand fit. That depends on the number of columns alone. A table of some columns: {@code
 * Profile.of(dataset, "age", "income")}.
 *
 * <p>Of texts the lengths are measured, of lists the sizes, of vectors all elements together.
 *
 * <h2>Why the same bits</h2>
 *
 * <p>What tasks have found is merged in whatever order an engine has, so nothing is kept whose
 * result would depend on it, as most sketches' does.
 *
 * <ul>
 *   <li><b>Values</b> ({@code ValueCounts}): those with the lowest hashes are kept, with their
 *       counts. What is among the lowest of all is among the lowest of each part, so nothing of it
 *       is ever given up. As long as there are not too many values it is all of them; after that,
 *       how dense the lowest hashes lie tells how many there are.
 *   <li><b>Ranges</b> ({@code NumberBins}): numbers are counted by their first bits, in the order
 *       of numbers; by all 64, until there are too many, and then by as many as leave few enough. A
 *       part never has more of them than the whole, so it is never coarser. Ranges are as wide as
 *       the bits that are left out: narrow where numbers share a sign, a size and first digits,
 *       whatever some far away ones do.
 *   <li>All else is integers, extremes, and exact sums.
 * </ul>
 *
 * <p>So a profile does not even depend on how rows are cut into files, leaves and blocks, and two
 * of them can be compared as text.
 */
package io.drawbar.quality;
