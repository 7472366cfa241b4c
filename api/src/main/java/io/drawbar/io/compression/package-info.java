/**
 * Compressed files of text, of any format: read by the end of their names, written with {@code
 * compressed(...)}.
 *
 * <table>
 *   <caption>What there is</caption>
 *   <tr><th>name ends with</th><th>format</th><th>library on the class path</th></tr>
 *   <tr><td>{@code .gz}</td><td>gzip, RFC 1952</td><td>none</td></tr>
 *   <tr><td>{@code .zst}</td><td>Zstandard, RFC 8878</td>
 *       <td>{@code com.github.luben:zstd-jni}</td></tr>
 *   <tr><td>{@code .lz4}</td><td>LZ4 frames</td><td>{@code at.yawk.lz4:lz4-java}</td></tr>
 *   <tr><td>{@code .sz}, {@code .snappy}</td><td>Snappy's framing format</td>
 *       <td>{@code org.xerial.snappy:snappy-java}</td></tr>
 *   <tr><td>{@code .bz2}</td><td>bzip2</td>
 *       <td>{@code org.apache.commons:commons-compress}</td></tr>
 * </table>
 *
 * <p>Several such files one after the other in one are read as one, as their tools do. Files are
 * decompressed as they are read, so one that swells a thousandfold takes time and no memory; zstd
 * windows over 128 MiB are refused.
 *
 * <p>A file that is cut off, or whose checksums are not those of its data, is a {@link
 * io.drawbar.spi.DamagedFileException}. What a format does not hold nobody can see: Snappy's has no
 * mark at its end, so that a file cut between two chunks reads as whole; any format's, cut between
 * two of the files that it consists of.
 *
 * <p>LZ4 and Snappy are each written in two ways, as frames that their own tools write, and as
 * Hadoop's codecs write them, under the same names. Only the first can be told from rubbish, and
 * only it is read.
 *
 * <p>Optional libraries: each is named in one class, which is loaded when a file needs it.
 */
package io.drawbar.io.compression;
