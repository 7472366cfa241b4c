/**
 * Rows as columns: plain heap arrays with null flags and a selection.
 *
 * <p>A {@link io.drawbar.column.Batch} is what flows between operators. Filtering narrows its
 * selection; text is slices of a shared buffer; a vector column is one array an element, so that
 * assembling features copies nothing and kernels run over separate arrays with one shared index,
 * the form C2 vectorises; {@link io.drawbar.column.SparseVectorColumn} is its other form, for
 * vectors that are mostly zeros. Both have the type VECTOR, a column may come in either, and no
 * result depends on which. {@link io.drawbar.column.BatchCodec} is the one byte form of rows:
 * frames between tasks, records shipped from memory, cached blocks and collected results are all
 * it.
 *
 * <p>Rows that wait for others grow in a {@link io.drawbar.column.ColumnBuilder} a column, which
 * knows how much heap it takes. Arrays are handed out as they are, for speed: who gets a column
 * does not write to it, and who makes one may fill its arrays anew once the batch has been
 * consumed. A batch and a builder belong to one thread at a time.
 */
package io.drawbar.column;
