/**
 * What is expected of rows, checked in the run that uses them.
 *
 * <pre>{@code
 * session.read(Csv.of(Person.class).at("people.csv"))
 *     .expect(Expectations.of(notNull("id"), between("age", 0, 120), rowCount(1, 1_000_000)))
 *     .write(Csv.to("people"));
 * }</pre>
 *
 * <pre>
 * UnmetExpectationsException: 1 of 3 expectations is not met, and nothing is written
 *   age is from 0 to 120: 2 of 10,000 rows are not (0.02 %); the first:
 *     people.csv, leaf 0, block 0, row 17: age=130
 *     people.csv, leaf 2, block 1, row 4: age=-1
 * </pre>
 *
 * <p>{@code expect} is a step like {@code where}: rows go through it as they are, in the pass that
 * is made anyway, and each task counts. At the end of the run, before anything is committed, the
 * counts of all tasks decide: if one expectation is not met, the run fails, and what it has written
 * goes, so that the old output stays. The same rows are the first on every engine. Each run checks;
 * rows that are cached after the step are checked when the cache is filled.
 *
 * <p>{@code unique} is another matter: rows have to meet those that they might agree with. It is a
 * run of its own, before the other: groups by the columns, of which none may have two rows. {@code
 * Dataset.explain} shows it.
 *
 * <p>What is expected is data, written with {@link io.drawbar.expect.Expectations}; the plan checks
 * names and types at the call, the kernel does the rest.
 */
package io.drawbar.expect;
