/**
 * Text as bytes: UTF-8 slices, numbers read and written, letter case, splitting.
 *
 * <p>Text is a slice of a byte array (array, from, to) from the file to the result; a {@link
 * String} is made only at the edges. Making one for each cell is most of the time of a classic
 * reader.
 *
 * <p>Everything here could be a call of the JDK, and is not, for one reason: a result must not
 * depend on which JDK or locale a worker happens to have.
 *
 * <table>
 *   <caption>What the JDK does, and why it is not used</caption>
 *   <tr><td>{@link io.drawbar.text.DecimalFormatter}
 *       <td>{@code Double.toString} gives other digits since JDK 19
 *   <tr><td>{@link io.drawbar.text.CaseMapping}
 *       <td>{@code toLowerCase} follows the locale and the JDK's Unicode version
 *   <tr><td>{@link io.drawbar.text.Utf8}
 *       <td>{@code compareTo} orders by UTF-16 units; {@code getBytes} turns half pairs into '?'
 *   <tr><td>{@link io.drawbar.text.DecimalParser}
 *       <td>{@code parseDouble} takes hexadecimal, {@code 1d} and blanks, and needs a string
 *   <tr><td>{@link io.drawbar.text.WhiteSpace}
 *       <td>{@code strip} leaves the no-break space, {@code trim} all that is not ASCII
 *   <tr><td>{@link io.drawbar.text.Splitter}
 *       <td>{@code Pattern} needs a string, and is many times slower than a byte loop
 * </table>
 *
 * <p>One dependence on the JDK is left: a {@link io.drawbar.text.Splitter} whose expression is not
 * one of the simple shapes runs {@link java.util.regex}, whose {@code \b} and {@code \p{...}} have
 * changed between versions.
 */
package io.drawbar.text;
