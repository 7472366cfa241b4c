/**
 * Schemas, rows, and how values behave: the same everywhere.
 *
 * <table>
 *   <caption>The table of values</caption>
 *   <tr><th>case</th><th>rule</th></tr>
 *   <tr><td>null operand</td><td>arithmetic, comparisons, text functions and casts give null; {@code
 *     vector(...)} with a null element is null</td></tr>
 *   <tr><td>null in logic</td><td>Kleene: false and null = false, true or null = true, else
 *     null</td></tr>
 *   <tr><td>null in {@code where}</td><td>the row is dropped, as for false</td></tr>
 *   <tr><td>null as key of {@code groupBy}, {@code distinct}, {@code sortBy}</td><td>a group of its own;
 *     sorts before every value</td></tr>
 *   <tr><td>null as key of {@code join}, {@code lookup}</td><td>equal to nothing, not even to null: such a
 *     row of the left comes out of {@code leftJoin}, {@code antiJoin} and {@code lookup} alone, one of the
 *     right nowhere</td></tr>
 *   <tr><td>null in aggregates</td><td>passed over; {@code sum, avg, min, max} of nothing is null, {@code
 *     count} of nothing is 0</td></tr>
 *   <tr><td>NaN</td><td>equal to itself and greater than everything, in comparisons, keys, {@code min} and
 *     {@code max}; results hold one canonical NaN</td></tr>
 *   <tr><td>-0.0</td><td>equal to 0.0; keys of groups and joins, {@code min}, {@code max} and exact zero
 *     sums come out as 0.0; plain arithmetic keeps the sign, and so does a column that rows are sorted
 *     by</td></tr>
 *   <tr><td>keys</td><td>BOOLEAN, LONG, DOUBLE and STRING. Those of a join have one type on both sides: a
 *     LONG does not meet a DOUBLE, cast one of them</td></tr>
 *   <tr><td>order of rows</td><td>as read; after {@code groupBy}, {@code distinct} and {@code join} by (hash
 *     of the key, key, rest of the row); after {@code sortBy} by (sort keys, rest of the row). In the rest
 *     of a row -0.0 comes before 0.0, and vectors and lists are compared element by element, so that rows
 *     which tie are equal to the bit</td></tr>
 *   <tr><td>{@code desc()}</td><td>the whole order of the key turned round: NaN first, null last; the rest
 *     of the row still ascends</td></tr>
 *   <tr><td>ids of rows</td><td>what {@code sample}, {@code split} and {@code withRandom} choose by: a hash
 *     of (file, leaf,
 *     ordinal) as read, and of the number of the branch in a {@code union}; items of {@code explode} and
 *     rows of {@code flatMap} mix in their number; after {@code limit} of the place among those
 *     rows; after what has an order of its own, or from a source without order, a hash of the content and
 *     of the row's number among its equals</td></tr>
 *   <tr><td>LONG overflow</td><td>an error naming the expression and the operands; of a {@code sum}, only
 *     if the total does not fit</td></tr>
 *   <tr><td>division</td><td>always DOUBLE, by IEEE: x/0 is an infinity, 0/0 NaN; LONG modulo 0 is an
 *     error; DOUBLE modulo 0 is NaN</td></tr>
 *   <tr><td>LONG with DOUBLE</td><td>the LONG is rounded to the nearest DOUBLE first, also in
 *     comparisons</td></tr>
 *   <tr><td>{@code sum}, {@code avg} of DOUBLE</td><td>the exact sum, rounded once; avg divides that by
 *     the count. An infinity wins over finite values, both infinities or a NaN give NaN</td></tr>
 *   <tr><td>strings</td><td>valid UTF-8, compared by unsigned bytes, which is the order of code points;
 *     length in code points</td></tr>
 *   <tr><td>{@code lower}, {@code upper}</td><td>one-to-one mappings of Unicode 13, independent of locale
 *     and JDK</td></tr>
 *   <tr><td>{@code trim}</td><td>takes off the 25 characters of Unicode's {@code White_Space}: the no-break
 *     space too, the byte order mark not</td></tr>
 *   <tr><td>{@code concat}</td><td>null if any part is; {@code coalesce(part, "")} passes over it</td></tr>
 *   <tr><td>{@code substring}</td><td>positions in code points, from 0; what is beyond the end is
 *     empty</td></tr>
 *   <tr><td>{@code replace}</td><td>each occurrence from the left, none overlaps; what is put in is not
 *     looked at again</td></tr>
 *   <tr><td>{@code abs}</td><td>of its argument's type; an error for the least LONG; of -0.0 it is
 *     0.0</td></tr>
 *   <tr><td>{@code round}</td><td>the exact value, half away from zero, then the nearest DOUBLE; a LONG
 *     stays; the sign stays, of -0.4 it is -0.0; NaN and infinities stay</td></tr>
 *   <tr><td>{@code when}</td><td>the first condition that is true decides, null is not true; only the value
 *     that is chosen is computed for a row, so errors of others are none</td></tr>
 *   <tr><td>{@code coalesce}</td><td>the first value that is not null, else null; NaN is a value; later
 *     values are not computed for such a row</td></tr>
 *   <tr><td>cast DOUBLE to LONG</td><td>cuts the fraction off; NaN, infinities and what does not fit are
 *     errors</td></tr>
 *   <tr><td>cast to STRING</td><td>the shortest decimal that reads back as the same number, as Java 19
 *     and later write it; {@code true} and {@code false}</td></tr>
 *   <tr><td>cast of STRING</td><td>text that is not of the type is an error</td></tr>
 *   <tr><td>{@code tryCast}</td><td>as a cast, but null where that is an error</td></tr>
 *   <tr><td>{@code indexOf}</td><td>never null: null is a text that is no label; such a text is an error,
 *     or the number given for it</td></tr>
 *   <tr><td>{@code oneHot}</td><td>null gives null; a number that is not from 0 to less than the categories
 *     is an error</td></tr>
 *   <tr><td>{@code explode}</td><td>a null list and an empty one give no row; a null item gives a row with
 *     null</td></tr>
 *   <tr><td>sparse vectors</td><td>a form, not a type: an element that is not stored is +0.0. No result
 *     depends on the form</td></tr>
 *   <tr><td>{@code dot}</td><td>products summed in eight lanes by the position of the element, in an order
 *     that the dimension alone decides; null if the vector is</td></tr>
 *   <tr><td>{@code rescale}</td><td>{@code (x - shift) * factor}, rounded twice, by IEEE</td></tr>
 *   <tr><td>{@code interpolate}</td><td>{@code (x - least) / (greatest - least) * (to - from) + from}, each
 *     step rounded, by IEEE; a width of 0 counts as 1</td></tr>
 *   <tr><td>{@code orElse}</td><td>the constant where a value is null or NaN, else the value as it is, -0.0
 *     too; never null</td></tr>
 *   <tr><td>{@code bucketOf}</td><td>the number of splits below; -0.0 is 0.0; null gives null and NaN is an
 *     error, unless both are given a number</td></tr>
 *   <tr><td>{@code nonEmpty}</td><td>leaves out items that are empty or null; a null list gives null</td></tr>
 *   <tr><td>{@code hashTerms}</td><td>position: XXH64 of the UTF-8 bytes, seed 0, unsigned, modulo the
 *     elements; null items are passed over, the empty text is a term; a null list gives null</td></tr>
 *   <tr><td>{@code polynomial}</td><td>{@code x^2*y} is {@code (x * x) * y}, each product rounded; 0.0 times
 *     -1 is -0.0, in sparse vectors too</td></tr>
 *   <tr><td>{@code normalLogs}</td><td>differences, then plain sums in the order of the elements, each step
 *     rounded; NaN where an element is, or where infinities meet; null if the vector is</td></tr>
 *   <tr><td>{@code logSumExp}</td><td>the greatest element, if it is infinite or NaN; null if the vector
 *     is</td></tr>
 *   <tr><td>BOOLEAN</td><td>false before true; 0 and 1 as numbers</td></tr>
 * </table>
 *
 * <p>An error is preferred to a null or a wrapped number wherever data would silently become other
 * data. The lines on values are held by {@code ValuesTest}, {@code TextValuesTest} and {@code
 * VectorValuesTest}, those on joins, order and ids by the contract of engines, and all of them by
 * random pipelines against a row-at-a-time interpreter.
 */
package io.drawbar.type;
