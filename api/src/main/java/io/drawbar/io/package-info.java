/**
 * Where rows come from and go to: text and CSV files, records in memory, and output that is there
 * whole or not at all.
 *
 * <pre>{@code
 * session.read(TextFiles.at("books/*.txt"))                     // one column: line
 * session.read(Csv.of(Customer.class).at("customers.csv"))      // columns from a record
 * session.read(Csv.of(schema).at("in").header().nullText("NA")) // a folder, columns by name
 * session.read(Records.of(points, Point.class))                 // a List
 * dataset.write(Csv.to("out/customers").header().gzip())        // a new folder of parts
 * }</pre>
 *
 * <h2>Files</h2>
 *
 * <p>A path is a file; a folder, with all files below it but those whose name, or whose folder's
 * name, starts with {@code _} or {@code .}; or a pattern, {@code *} and {@code ?} in the last name.
 * Several paths are read one after the other. Files of one path are in the order of their paths
 * below it, as UTF-8 bytes and without the suffix {@code .gz}: compressing a file does not move its
 * rows. The position in this order is the number of the file.
 *
 * <h2>Leaves and blocks</h2>
 *
 * <p>Everything that is computed later, to the last bit, hangs on units that the <em>data</em>
 * defines, not the engine that happens to read it:
 *
 * <ul>
 *   <li>A <em>leaf</em> is a range of {@code drawbar.leaf.bytes} decompressed bytes of a file. A
 *       row belongs to the leaf that holds its first byte. A byte order mark, header and empty
 *       lines are no rows, but their bytes count. Leaves without the first byte of a row are passed
 *       over, however many.
 *   <li>A <em>block</em> is {@code drawbar.block.rows} rows of a leaf, the last one the rest.
 *   <li>Records in memory are one file; its leaves are {@code drawbar.leaf.rows} rows.
 * </ul>
 *
 * <p>A task gets a range of leaves. Since a line feed always ends a row, it looks at the byte
 * before its range and skips to the first row that starts in it, and finishes the last one from the
 * bytes of its neighbour. This is why quotes may not span lines: whether a line feed is in quotes
 * could only be known from the start of the file. A gzip file can be read from its start only; it
 * is one task, and its leaves are counted on the way, so they are those of the plain file.
 *
 * <h2>The dialect of CSV</h2>
 *
 * <table>
 *   <caption>What is read as what</caption>
 *   <tr><th>in the file</th><th>is</th></tr>
 *   <tr><td>{@code \n}, {@code \r\n}</td>
 *       <td>the end of a row, always; the last one may be missing</td></tr>
 *   <tr><td>an empty line</td>
 *       <td>no row; but where rows have one field, a row with no value</td></tr>
 *   <tr><td>nothing between two separators</td><td>null, for every type</td></tr>
 *   <tr><td>a text of {@code nullText}, not in quotes</td><td>null, for every type</td></tr>
 *   <tr><td>{@code ""}</td><td>the empty string; for other types bad</td></tr>
 *   <tr><td>{@code "a,b"}, {@code "12"}</td>
 *       <td>the text between the quotes, of whatever type</td></tr>
 *   <tr><td>{@code ""} within quotes</td><td>one quote</td></tr>
 *   <tr><td>a quote further on in a field without quotes</td>
 *       <td>a quote, as in {@code 5" pipe}</td></tr>
 *   <tr><td>{@code \r} not before {@code \n}</td><td>a character like others; not at the end of a
 *       line without quotes, where one is taken for part of the line end</td></tr>
 *   <tr><td>blanks and tabs around a field</td>
 *       <td>part of it; with {@code trimmingSpaces} dropped, around quotes, too</td></tr>
 *   <tr><td>{@code true}, {@code FALSE}</td><td>BOOLEAN, in any case</td></tr>
 *   <tr><td>{@code -12}, {@code +7}</td><td>LONG</td></tr>
 *   <tr><td>{@code 1}, {@code -.5}, {@code 1e-3}, {@code NaN}, {@code -Infinity}</td>
 *       <td>DOUBLE</td></tr>
 *   <tr><td>a UTF-8 byte order mark at the start</td><td>nothing</td></tr>
 * </table>
 *
 * <p>A row is <em>bad</em>, a {@link io.drawbar.spi.BadRowException} that names file, line, byte,
 * column, value and way out, if
 *
 * <ul>
 *   <li>it has another number of fields than the header or, without one, the schema;
 *   <li>a quote is not closed in its line, or text follows a closing quote;
 *   <li>a declared column holds a text that is not of its type, or, if it is a STRING, not valid
 *       UTF-8;
 *   <li>a required column (a primitive component of a record) is null;
 *   <li>it is longer than 64 MiB.
 * </ul>
 *
 * <p>Declared columns are checked whether a query asks for them or not: what is bad depends on the
 * file and the schema. The first bad row in the order of the file is the one told. With a header,
 * columns that are not declared are not looked at.
 *
 * <h2>Writing</h2>
 *
 * <p>{@link io.drawbar.io.Csv#to} writes {@code \n} at the end of rows, quotes only where needed
 * (the separator, a quote, {@code \r}, a blank at an end, the empty string), null as an empty
 * field, and doubles as the shortest decimal that reads back as the same one. What it wrote, {@link
 * io.drawbar.io.Csv} reads back equal, value by value (of NaN, of which there are many, the
 * canonical one). Therefore a string with a line feed is refused, an {@link
 * io.drawbar.spi.UnwritableValueException}, as are vectors and lists.
 *
 * <p>{@link io.drawbar.io.FolderCommit} makes the output appear. Attempts write below a hidden
 * folder next to the target; the driver moves the parts of the attempts that count into a fresh
 * folder and renames that to the target. There is one rename that matters, so a reader never sees
 * half of the output, a second attempt never adds to the first, and a killed run leaves nothing but
 * a hidden folder. Two parts of one name mean that something counted a task twice, and fail the
 * commit.
 *
 * <h2>Errors and retries</h2>
 *
 * <p>What another attempt will meet again is a {@link io.drawbar.error.DrawbarException}: a bad
 * row, a missing file, a damaged gzip file. What it may not meet again, a read that failed, is an
 * {@link java.io.IOException}.
 *
 * <h2>Inside</h2>
 *
 * <p>{@code InputFiles} lists and divides files; {@code TextReader} knows leaves and blocks, {@code
 * TextBuffer} holds the bytes, and a {@code RowParser} makes columns of lines: {@code LineParser}
 * or {@code CsvParser}, which splits some hundred rows into fields eight bytes at a time ({@code
 * FieldSplitter}) and then makes values of them a column at a time ({@code Cells}). Numbers are
 * parsed from the bytes read, and strings are slices of them.
 */
package io.drawbar.io;
