/**
 * Where rows come from and go to: files of text, CSV, JSON lines and LIBSVM's format, records in
 * memory, and output that is there whole or not at all.
 *
 * <pre>{@code
 * session.read(TextFiles.at("books/*.txt"))                     // one column: line
 * session.read(Csv.of(Customer.class).at("customers.csv"))      // columns from a record
 * session.read(Csv.of(schema).at("in").header().nullText("NA")) // a folder, columns by name
 * session.read(Csv.of(Loan.class).at("loans.csv").header().column("defaulted", "default"))
 * session.read(Csv.of(Note.class).at("notes").header().comments('#').multiline())
 * session.read(Json.of(Event.class).at("events/2024-0[1-6].json.gz")) // one object a line
 * session.read(LibSvm.at("agaricus.txt").features(126))         // label and sparse features
 * session.read(Records.of(points, Point.class))                 // a List
 * session.infer(Csv.at("loans.csv").header())                   // prints as the record to declare
 * dataset.write(Csv.to("out/customers").header().gzip())        // a new folder of parts
 * dataset.write(Csv.to("out/all").compressed(Compression.ZSTD)) // other compressions
 * dataset.write(Json.to("customers.json").singleFile())         // one new file
 * }</pre>
 *
 * <h2>Files</h2>
 *
 * <p>A path is a file; a folder, with all files below it but those whose name, or whose folder's
 * name, starts with {@code _} or {@code .}; or a pattern, which names files. Several paths are read
 * one after the other. Files of one path are in the order of their paths below it, as UTF-8 bytes
 * and without the suffix of their compression: compressing a file does not move its rows. The
 * position in this order is the number of the file. Files are decompressed by their names, {@code
 * .gz}, {@code .zst}, {@code .lz4}, {@code .sz} or {@code .bz2}: see {@link
 * io.drawbar.io.compression}.
 *
 * <p>Any path, to read or to write, may be a URI: {@code file:///data/in} is one of this machine
 * like {@code /data/in}; {@code hdfs://namenode/in}, {@code s3a://bucket/in} and what else Hadoop
 * knows takes Hadoop's client on the class path, see {@link io.drawbar.io.hadoop}; other schemes
 * take a {@link io.drawbar.spi.FileSystemFactory}. Folders and patterns mean the same everywhere,
 * and paths of several file systems may stand in one list. {@code on(fileSystem)} is for one that a
 * program has made itself.
 *
 * <table>
 *   <caption>Patterns, in any element of a path</caption>
 *   <tr><th>pattern</th><th>stands for</th></tr>
 *   <tr><td>{@code *}</td><td>any characters but {@code /}, or none</td></tr>
 *   <tr><td>{@code ?}</td><td>any one of them</td></tr>
 *   <tr><td>{@code [a-z_]}, {@code [!a-z]}</td><td>one of some; one of all others</td></tr>
 *   <tr><td>{@code {csv,txt}}</td><td>one of several, which may be patterns</td></tr>
 *   <tr><td>{@code **} as a whole element</td>
 *       <td>any number of folders, none too; at the end, all files below</td></tr>
 * </table>
 *
 * <p>Files are then ordered by their paths below the last folder before the first pattern. A file
 * whose name is what is written, brackets and all, comes before a pattern. As for folders, what
 * starts with {@code _} or {@code .} is not found.
 *
 * <p>A path that leads to no file at all is a {@link io.drawbar.io.MissingFileException}: it is
 * mistyped far more often than meant. Empty files are no rows, and so is a folder whose one file is
 * {@code _SUCCESS}, which is what a run without rows has written.
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
 * bytes of its neighbour. This is why quotes span lines only where somebody says so: whether a line
 * feed is in quotes can only be known from the start of the file. A compressed file can be read
 * from its start only; it is one task, and its leaves are counted on the way, so they are those of
 * the plain file.
 *
 * <h2>The dialect of CSV</h2>
 *
 * <table>
 *   <caption>What is read as what</caption>
 *   <tr><th>in the file</th><th>is</th></tr>
 *   <tr><td>{@code \n}, {@code \r\n}</td>
 *       <td>the end of a row, always (but in quotes with {@code multiline()}); the last one may be
 *       missing</td></tr>
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
 *   <tr><td>a line that starts with the character of {@code comments('#')}</td>
 *       <td>nothing: neither a row nor a header, however long it is</td></tr>
 *   <tr><td>a UTF-8 byte order mark at the start</td><td>nothing</td></tr>
 * </table>
 *
 * <p>A row is <em>bad</em>, a {@link io.drawbar.spi.BadRowException} that names file, line, byte,
 * column, value and way out, if
 *
 * <ul>
 *   <li>it has another number of fields than the header or, without one, the schema;
 *   <li>a quote is not closed in its line (with {@code multiline()}, in its file), or text follows
 *       a closing quote;
 *   <li>a declared column holds a text that is not of its type, or, if it is a STRING, not valid
 *       UTF-8;
 *   <li>a required column (a primitive component of a record) is null;
 *   <li>it is longer than 64 MiB, or than {@code longestRow(bytes)} says, for all formats of text.
 * </ul>
 *
 * <p>Declared columns are checked whether a query asks for them or not: what is bad depends on the
 * file and the schema. The first bad row in the order of the file is the one told. With a header,
 * columns that are not declared are not looked at. A header has at most a million columns and 16
 * MiB, and of rows with more fields than there should be these are only counted: so memory is
 * bounded by the longest row, of which there are up to two copies while it is read.
 *
 * <h3>Quotes that span lines</h3>
 *
 * <p>With {@code multiline()}, {@code RowAutomaton} knows from the start of a file whether a line
 * feed ends a row. It has eight states, so what a leaf does to it is a function from eight states
 * to eight, 24 bits, whatever is before that leaf; and functions are composed. So before a run all
 * leaves are looked at once, in any order and by all workers, in a pass of its own ({@link
 * io.drawbar.spi.Surveyed}), and {@code RowStarts} tells each leaf in which state it is entered. A
 * row is then in the leaf of its first byte as always, and the result the same at any parallelism.
 * The pass is one of the engine's and not the driver's, because it reads every byte: a driver that
 * does takes as long as one worker for all of the data. Files that are compressed, or have one
 * leaf, need no look; and a source that nobody has surveyed is read all the same, a file at a time.
 *
 * <h2>Rows that do not fit</h2>
 *
 * <p>The first bad row ends the run, unless the source says otherwise:
 *
 * <pre>{@code
 * Csv.of(Loan.class).at("loans").badRows(BadRows.skip().atMost(100).atMostShare(0.01))
 * Json.of(Event.class).at("events").badRows(BadRows.nullField())
 * Csv.of(Loan.class).at("loans").badRows(BadRows.quarantine("bad-loans"))
 * session.read(Json.of(BadRow.class).at("bad-loans"))  // file, offset, line, column, reason, text
 * }</pre>
 *
 * <table>
 *   <caption>What becomes of what does not fit</caption>
 *   <tr><th></th><th>a field, and the column may be null</th><th>a field of a required
 *     column</th><th>the row: its quotes, number of fields, JSON, length</th></tr>
 *   <tr><td>{@code failFast()}</td><td>ends the run</td><td>ends the run</td><td>ends the run</td>
 *     </tr>
 *   <tr><td>{@code skip()}</td><td>the row is left out</td><td>the row is left out</td><td>the row is
 *     left out</td></tr>
 *   <tr><td>{@code quarantine("bad")}</td><td colspan="3">the row is left out, and written to the
 *     folder</td></tr>
 *   <tr><td>{@code nullField()}</td><td>becomes null</td><td>the row is left out</td><td>the row is
 *     left out</td></tr>
 * </table>
 *
 * <p>Which rows these are depends on the file and the declared schema, never on the columns that a
 * query wants, on the engine, or on how the work was divided. Bad rows count as read: a block is so
 * many rows of the file, so that leaving one out moves no other into another block, nor gives it
 * another id, and {@code sample} and {@code split} take the same ones. A header that does not fit
 * is an error all the same, and so is a file that cannot be read.
 *
 * <p>Nothing is left out without a word. A {@link io.drawbar.RunReport} has the rows read, good and
 * bad, and the fields made null; tasks check that rows read are rows good and rows bad. Limits
 * count rows that are bad and rows that have fields made null, and hold for all of a source: tasks
 * do not end at them, but the run does when everything has been read, with the same {@link
 * io.drawbar.spi.TooManyBadRowsException} on every engine, which shows the first row in the data.
 * An error of another kind comes first, because there is no total then. A run that reads the first
 * leaves only, as {@code limit} does, holds their rows against a count and does not look at a
 * share.
 *
 * <h2>JSON lines</h2>
 *
 * <p>A row is one object in one line, as RFC 8259 has it; empty lines are no rows.
 *
 * <table>
 *   <caption>What is read as what</caption>
 *   <tr><th>in the file</th><th>is</th></tr>
 *   <tr><td>no field of the name or path, {@code null}, an object of the path that is {@code
 *       null}</td><td>null</td></tr>
 *   <tr><td>{@code true}, {@code false}</td><td>BOOLEAN</td></tr>
 *   <tr><td>{@code -12}</td><td>LONG; not {@code 1.0} or {@code 1e3}, as little as in
 *       CSV</td></tr>
 *   <tr><td>any number</td><td>DOUBLE, the nearest; beyond the largest it is bad, not
 *       infinite</td></tr>
 *   <tr><td>{@code "one\ntwo"}</td><td>STRING</td></tr>
 *   <tr><td>{@code [1, 2.5]}</td><td>VECTOR(2), without nulls; LIST of numbers</td></tr>
 *   <tr><td>{@code [["a", null], []]}</td><td>LIST of lists of texts</td></tr>
 * </table>
 *
 * <p>Nothing is converted: a number in quotes is text. A row is <em>bad</em> if its line is no such
 * object or has more than one, is not valid UTF-8, has half a surrogate pair as an escape, or
 * objects and arrays more than 1,000 deep in each other; if a declared column has a value of
 * another type, two values, or none and is required; and if where a path goes on there is no
 * object. Other fields have to be JSON and are not looked at further.
 *
 * <p>The scanner is our own, no library's. What a bad row is, and what is said about it, may depend
 * on the data alone. Engines bring Jackson in versions from 2.12 on; since 2.15 it refuses numbers
 * of 1,001 digits, names of 50,001 characters and objects 1,001 deep, also in fields that nobody
 * asks for, and 2.12, which takes them, has no way to be told otherwise. Numbers and texts also go
 * straight from bytes to columns. Jackson is the oracle in the tests.
 *
 * <h2>LIBSVM's format</h2>
 *
 * <p>A line is {@code label index:value index:value ...}, separated by blanks or tabs. Numbers are
 * those of CSV. Indices start at 1, so index 1 is element 0 of the vector; they ascend strictly,
 * and none is beyond {@link io.drawbar.io.LibSvm#features}. What follows a {@code #} is a comment;
 * a line that starts with one is no row. {@code qid:} is refused: rows would have to be kept
 * together. The number of features is said, not found: a folder of files would else have another
 * schema than one of them.
 *
 * <h2>Inferring columns</h2>
 *
 * <p>Columns are declared, never guessed while reading: a type that comes of the rows somebody
 * happened to look at is another one tomorrow. {@code session.infer(Csv.at(path))} and {@code
 * session.infer(Json.at(path))} help with declaring. They go over <em>all</em> rows, in one
 * distributed pass, and give a {@link io.drawbar.type.InferredSchema}, which prints as the Java to
 * paste and what it comes of. What it declares reads every row that it has counted.
 *
 * <table>
 *   <caption>The type of a column of CSV: the least that takes all its texts and drops nothing of
 *     them</caption>
 *   <tr><th>the texts are</th><th>it is</th></tr>
 *   <tr><td>{@code true}, {@code false}, in any case</td><td>BOOLEAN</td></tr>
 *   <tr><td>{@code 0}, {@code -12}: whole numbers of 64 bits</td><td>LONG</td></tr>
 *   <tr><td>those, {@code 2.50}, {@code +.5}, {@code 1e-3}, {@code -0}, {@code NaN}, {@code
 *       -Infinity}</td><td>DOUBLE</td></tr>
 *   <tr><td>{@code 007}, {@code +41}: a LONG would drop zeros or the sign</td><td>STRING</td></tr>
 *   <tr><td>whole numbers beyond 64 bits; fractions beside whole numbers that no DOUBLE is; {@code
 *       1e999}, {@code 1e-999}, which a DOUBLE makes infinite and zero</td><td>STRING</td></tr>
 *   <tr><td>{@code 0x1F}, {@code 2024-01-31}, {@code  1} with its blank, {@code ""}, all
 *       others, and truth values beside numbers</td><td>STRING</td></tr>
 *   <tr><td>none: all are null</td><td>STRING, with a note</td></tr>
 * </table>
 *
 * <p>A fraction has more digits than a DOUBLE keeps more often than not, and is rounded. Separator,
 * header, null texts, comments and trimming are as for reading, and so are quotes, on one line or
 * several. Without a header there are as many columns as the first row has fields, {@code c0, c1,
 * ...}. Of several files columns are found by name; one that is not in each header, is there twice
 * in one, or has no name, is left out with a note. A name that no component of a record can have
 * gets another one, and the call that is printed has the {@code column(...)} for it.
 *
 * <p>In JSON nothing is converted when it is read, so a field has a type only if its values are of
 * one kind: truth values, numbers (LONG; DOUBLE if one has a fraction or an exponent or is beyond
 * 64 bits, with a note if that rounds some), strings, or arrays of such, which are lists. Others,
 * and arrays of objects, are left out with a note. Fields within objects are in the record, with
 * their {@code path(...)} in the call; a schema has names and no paths, and has the outermost ones
 * only. Fields are in order of appearance: by file, row, and place in the row.
 *
 * <p>Rows that cannot be read (another number of fields, quotes, encoding, no JSON) are counted and
 * the first one is told; they decide nothing. A file without rows, and more than 10,000 columns, or
 * 4 MiB of their names, is an {@link io.drawbar.io.InferenceException}, so memory is bounded.
 *
 * <p>A look at the files is a source like any other, whose rows are what was seen in a block, by
 * column and kind of cell: how often, and where first. Counts add up and the first place is the
 * least, so {@code Sightings} merge exactly, and the result is the same however the files are cut,
 * and on every engine. Lines are counted at the end, by the driver, which reads files up to the
 * last place it has to show, but no more than 1 GiB; beyond, the byte is shown.
 *
 * <h2>Writing</h2>
 *
 * <p>{@link io.drawbar.io.Csv#to} writes {@code \n} at the end of rows, quotes only where needed
 * (the separator, a quote, {@code \r}, a blank at an end, the empty string), null as an empty
 * field, and doubles as the shortest decimal that reads back as the same one. What it wrote, {@link
 * io.drawbar.io.Csv} reads back equal, value by value (of NaN, of which there are many, the
 * canonical one). Therefore a string with a line feed is refused, an {@link
 * io.drawbar.spi.UnwritableValueException}, unless {@code multiline()} says that it will be read
 * so; vectors and lists are refused in any case.
 *
 * <p>{@link io.drawbar.io.Json#to} writes an object a line with a field for each column in order,
 * {@code null} for null, and vectors, sparse ones too, with all their elements. JSON has no NaN and
 * no infinities; they are refused.
 *
 * <p>{@link io.drawbar.io.LibSvm#to} writes a number, the label, and those elements of a vector
 * that are not 0.0; {@link io.drawbar.io.TextFiles#to} texts as lines. Both refuse what they would
 * not read back equal.
 *
 * <h3>What becomes of what is there</h3>
 *
 * <table>
 *   <caption>Modes</caption>
 *   <tr><td>nothing said</td><td>nothing may be there: {@link
 *     io.drawbar.io.TargetExistsException}</td></tr>
 *   <tr><td>{@code overwrite()}</td><td>it is replaced as a whole, once the new output is complete;
 *     until then it stays, so a run may read what it replaces. A folder of files without {@code
 *     _SUCCESS} is refused: no run has written it</td></tr>
 *   <tr><td>{@code append()}</td><td>parts come to those that are in the folder, all of them or none.
 *     They are called {@code part-a000001-...}, those of the next run {@code part-a000002-...}, and so
 *     are read after what was there. A single file is not added to</td></tr>
 * </table>
 *
 * <p>Attempts write below a hidden folder next to the target; the driver brings the parts of the
 * attempts that count together, and puts them at their place ({@link io.drawbar.io.FolderCommit}).
 * Two parts of one name mean that something counted a task twice, and fail the commit.
 *
 * <p>For that it takes the one <em>turn</em> of the place, the hidden folder {@code
 * .result.drawbar-turn}, by a rename that fails if somebody has it. While a run that has it may be
 * at work, nobody else changes anything there. It checks that the place is as it was when the run
 * began, decides by one rename in the turn, and then moves what is to be moved. So:
 *
 * <ul>
 *   <li>Of two runs that write to one place one wins. The other fails, having written nothing: with
 *       a {@link io.drawbar.io.TargetBusyException} that says who writes there (run, process, host)
 *       if that is at its turn, else with a {@link io.drawbar.io.TargetExistsException} or {@link
 *       io.drawbar.io.TargetChangedException}. A folder is known by the names and lengths of its
 *       files and by a number that a run which replaces it puts into {@code _SUCCESS}; a file by
 *       its length and its first and last 64 KiB.
 *   <li>When a run fails or is killed before it has decided, what was there is there. Afterwards
 *       there is no way but forward: what cannot be moved is an {@link
 *       io.drawbar.io.UnfinishedCommitException}, which says not to run again.
 *   <li>The next run that writes to the place, on the same machine, completes what one has decided
 *       that is over, or undoes what is not decided, and removes what killed runs have left. The
 *       names of hidden folders say which process a run was in, so nothing is done about one that
 *       may be at work. About one of another machine, or container, nobody can know: the error says
 *       so, and {@link io.drawbar.io.OutputRecovery} is for those who do. Machines that share a
 *       file system must have different names.
 *   <li>A file is replaced in one step on files of this machine and on HDFS. A folder cannot be:
 *       the old one is renamed away and the new one in. A program that is not of this house and
 *       looks between the two finds nothing, and sees parts that are added come one by one. Sources
 *       of this package see all of it or nothing, in folders and patterns above it, too: they give
 *       a run that is at it a second to complete, and else read what is decided from where it lies.
 *       That is about finding files: a run that replaces a folder does not wait for others that are
 *       still reading the old one, and these fail.
 * </ul>
 *
 * <p>Nobody but the one whose turn it is ever acts: an earlier way, in which everybody helped to
 * finish what had begun, lost output when two did the same step. All this takes of a file system
 * that {@code rename} is one step, fails where the target is, and of two to one target lets one
 * win: see {@link io.drawbar.io.LocalFileSystem#rename} for what that takes. {@link
 * io.drawbar.spi.CommitProtocol#prepare} is for runs with several outputs: they are prepared first,
 * and then committed one after the other.
 *
 * <p>{@code singleFile()} does the same with one file: the driver copies the parts one after the
 * other, behind one header, into a file of the hidden folder, and renames that. Compressed parts
 * follow each other in one compressed file. All bytes go through the driver, so a folder is the
 * better output for what is large.
 *
 * <h2>Errors and retries</h2>
 *
 * <p>What another attempt will meet again is a {@link io.drawbar.error.DrawbarException}: a bad
 * row, a missing file, a damaged one. What it may not meet again, a read that failed, is an {@link
 * java.io.IOException}.
 *
 * <h2>Inside</h2>
 *
 * <p>{@code InputFiles} lists and divides files; {@code TextReader} knows leaves and blocks, {@code
 * TextBuffer} holds the bytes, and a {@code RowParser} makes columns of lines: {@code LineParser},
 * {@code LibSvmParser}, {@code JsonParser}, which takes the fields of {@code JsonTree} from where
 * {@code JsonScanner} is into {@code JsonColumn}s, or {@code CsvParser}, which splits some hundred
 * rows into fields eight bytes at a time ({@code FieldSplitter}) and then makes values of them a
 * column at a time ({@code Cells}). {@code RowEntry} says how the first row of a range is found.
 * {@code CsvSightingParser} and {@code JsonSightingParser} look at rows instead, for {@code
 * CsvInference} and {@code JsonInference}. Of a row that does not fit a parser throws what is
 * wrong, or, if reading goes on, tells {@code Misfits} and leaves a place for it, which is not
 * selected. Numbers are parsed from the bytes read, and strings are slices of them.
 */
package io.drawbar.io;
