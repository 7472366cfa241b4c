/**
 * Rows as columns: plain heap arrays with null flags and a selection.
 *
 * <p>A {@link io.drawbar.column.Batch} is what flows between operators. Filtering narrows its
 * selection; text is slices of a shared buffer; a vector column is one array an element, so that
 * assembling features copies nothing and kernels run over separate arrays with one shared index,
 * the form C2 vectorises; {@link io.drawbar.column.SparseVectorColumn} is its other form, for
 * vectors that are mostly zeros. Both have the type VECTOR, a column may come in either, and no
 * result depends on which. {@link io.drawbar.column.BatchCodec} is the one byte form of rows:
 * frames between tasks, records shipped from memory and collected results are all it.
 */
package io.drawbar.column;
