/**
 * Parquet files, in and out. Needs {@code org.apache.parquet:parquet-hadoop}, {@code
 * org.apache.hadoop:hadoop-client-api} and {@code hadoop-client-runtime} on the class path, which
 * Spark brings and the other engines do not.
 *
 * <pre>{@code
 * session.read(Parquet.of(Customer.class).at("customers"))           // columns from a record
 * session.read(Parquet.of(schema).path("city", "address.city").at("people.parquet"))
 * session.infer(Parquet.at("people.parquet"))                        // prints the record to declare
 * dataset.write(Parquet.to("out/customers").zstd())                  // a new folder of parts
 * }</pre>
 *
 * <h2>Columns are declared here, too</h2>
 *
 * <p>A file has a schema of its own, and yet it is not taken for granted: which columns there are,
 * and of what type, is part of the program, and a file that has others is an error at its name, not
 * other results. {@code session.infer(Parquet.at(path))} prints what to declare, from the footers
 * alone; and {@code Parquet.of(session.infer(Parquet.at(path)).schema())} declares it without
 * looking.
 *
 * <table>
 *   <caption>What is stored, and what it can be declared as</caption>
 *   <tr><th>stored</th><th>declared</th></tr>
 *   <tr><td>{@code BOOLEAN}</td><td>BOOLEAN</td></tr>
 *   <tr><td>{@code INT32}, {@code INT64}, {@code INT(8..64, signed)}, {@code INT(8..32,
 *       unsigned)}</td><td>LONG</td></tr>
 *   <tr><td>{@code FLOAT}, {@code DOUBLE}, and {@code INT32}, all of which a DOUBLE
 *       holds</td><td>DOUBLE</td></tr>
 *   <tr><td>{@code BINARY} as {@code STRING}, {@code ENUM}, {@code JSON}, or without a
 *       word</td><td>STRING; what is not valid UTF-8 is damage</td></tr>
 *   <tr><td>{@code DATE}</td><td>LONG: days since 1970-01-01</td></tr>
 *   <tr><td>{@code TIMESTAMP}, {@code TIME}</td><td>LONG: microseconds since 1970-01-01T00:00, or
 *       since midnight, or the unit of {@link io.drawbar.io.parquet.ParquetSource#timesIn}, whatever
 *       that of the file is; one that would have to be rounded is refused. Whether it is UTC
 *       is not looked at</td></tr>
 *   <tr><td>{@code DECIMAL}</td><td>DOUBLE: the nearest; LONG, if it has no digits behind the point
 *       and is an {@code INT32} or {@code INT64}</td></tr>
 *   <tr><td>{@code LIST}, of any of these or of lists</td><td>LIST; of numbers, VECTOR(n): each has n
 *       items, and none is null</td></tr>
 *   <tr><td>a group</td><td>columns of its fields, by {@code path(...)}; null if a group on the way
 *       is</td></tr>
 *   <tr><td>{@code INT64} and {@code DECIMAL} as whole numbers that need not fit; {@code UINT64},
 *       {@code INT96}, {@code FLOAT16}, {@code UUID}, {@code INTERVAL}, {@code MAP}, lists of groups,
 *       encrypted files, LZO, Brotli and Hadoop's LZ4</td><td>refused, with the way out</td></tr>
 * </table>
 *
 * <p>Types are looked at in each file before any of its rows, of all declared columns. A <em>bad
 * row</em> is one with null in a required column, a vector of another length, or a time beyond a
 * LONG. What is bad may not depend on the query, so a required column that nobody asks for is read
 * all the same, unless the footer says that it has no nulls; and so is a vector, always. Other
 * columns that are not used are not read.
 *
 * <h2>Leaves and blocks</h2>
 *
 * <p>A row group is a leaf: its number in its file is the leaf's. Blocks are {@code
 * drawbar.block.rows} rows of it, however the pages lie. Files are in the order of their paths, as
 * those of text. A task gets a range of row groups; the footers of files that are worth dividing
 * are read for that by the driver, some at a time. A row group is read a page a column at a time,
 * so what is in memory is some pages, not the row group.
 *
 * <h2>Writing</h2>
 *
 * <p>{@link io.drawbar.io.parquet.Parquet#to} writes columns that may be null, {@code BOOLEAN,
 * INT64, DOUBLE, STRING}, and {@code LIST} for lists and vectors; pages are compressed with Snappy,
 * or as asked. Row groups end after 1,048,576 rows, or with the row that makes 64 MiB of values;
 * pages by their rows and bytes. All of that depends on the rows alone, so equal rows are equal
 * files on every engine, as long as it is the same version of the libraries. NaN, of which there
 * are many, is read back as the canonical one; all else as it was.
 *
 * <h2>Damage</h2>
 *
 * <p>Lengths, counts and places are held against the bytes that are there before room is made for
 * what they promise: a footer, a page or a dictionary that claims two gigabytes is a {@link
 * io.drawbar.spi.DamagedFileException}, as are a checksum that does not match (looked at wherever
 * there is one), and bytes that no encoder makes. A page may take an eighth of the heap.
 *
 * <h2>Inside</h2>
 *
 * <p>{@code Footer} reads the end of a file, {@code ColumnBinding} finds a declared column in its
 * schema, {@code ParquetReader} goes through row groups and blocks. A {@code ColumnReader} (flat,
 * or of lists) takes levels from {@code Pages} and has a {@code ValueColumn} decode values straight
 * into arrays: plain ones and places in dictionaries by loops of our own, the other encodings by
 * the library's readers. Texts stay slices of the page or the dictionary.
 */
package io.drawbar.io.parquet;
