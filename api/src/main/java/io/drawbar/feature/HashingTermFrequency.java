package io.drawbar.feature;

import io.drawbar.Dataset;
import io.drawbar.ModelContent;
import io.drawbar.Saveable;
import io.drawbar.expr.Functions;
import io.drawbar.expr.TypeMismatchException;
import io.drawbar.type.DataType;

/**
 * Counts the terms of a list, as a sparse vector: each term has an element by its hash, so that
 * nothing needs to be learnt.
 *
 * <pre>{@code
 * Pipeline.of(
 *     Tokenizer.on("text").into("words"),
 *     HashingTermFrequency.on("words").into("frequencies").withElements(1 << 16),
 *     InverseDocumentFrequency.on("frequencies").into("features"), ...)
 * }</pre>
 *
 * <p>Position: the XXH64 of the term's UTF-8 bytes with seed 0, taken as an unsigned number, modulo
 * the number of elements. It is the same on every engine, and part of the format of models: it will
 * not change. Terms that hash alike share an element: of m terms in d elements, about m (m - 1) /
 * (2 d) pairs do.
 *
 * @param column a column of lists of STRING, as {@link Tokenizer} makes them
 * @param output the vector column; the column's name with {@code Frequencies} unless {@link #into}
 *     says otherwise
 * @param elements how many elements the vectors have; 262,144 unless {@link #withElements} says
 *     otherwise
 */
public record HashingTermFrequency(String column, String output, int elements) implements Saveable {
  private static final long serialVersionUID = 1;

  static final String TYPE = "hashing-term-frequency";

  /** The most elements: a row that is looked at has them all. */
  public static final int MOST_ELEMENTS = 1 << 24;

  /** Checks the names and the number of elements. */
  public HashingTermFrequency {
    if (column.isBlank() || output.isBlank()) {
      throw new IllegalArgumentException(
          "columns have names: HashingTermFrequency.on(\"words\").into(\"frequencies\"), say");
    }
    if (elements < 1 || elements > MOST_ELEMENTS) {
      throw new IllegalArgumentException(
          "vectors of %s elements; there are 1 to %s".formatted(elements, MOST_ELEMENTS));
    }
  }

  /** Counts of a column of lists of terms, in vectors of 262,144 elements. */
  public static HashingTermFrequency on(String column) {
    return new HashingTermFrequency(column, column + "Frequencies", 1 << 18);
  }

  /** The same with the vectors in a column of this name. */
  public HashingTermFrequency into(String output) {
    return new HashingTermFrequency(column, output, elements);
  }

  /** The same with vectors of another size. */
  public HashingTermFrequency withElements(int elements) {
    return new HashingTermFrequency(column, output, elements);
  }

  /**
   * The dataset with the vector column; null where the list is.
   *
   * @throws io.drawbar.type.UnknownColumnException if the column is not there
   * @throws TypeMismatchException if it is no list of STRING
   */
  @Override
  public Dataset transform(Dataset input) {
    DataType type = input.schema().field(column, this).type();
    if (!type.equals(DataType.listOf(DataType.STRING))) {
      throw new TypeMismatchException(
          "%s: column '%s' is %s, not a list of STRING; make one before: Tokenizer.on(\"%s\")"
              .formatted(this, column, type, column));
    }
    return input.withColumn(output, Functions.hashTerms(Functions.col(column), elements));
  }

  @Override
  public ModelContent content() {
    return ModelContent.of(TYPE)
        .reads(column, DataType.listOf(DataType.STRING))
        .adds(output, DataType.vector(elements))
        .setting("column", column)
        .setting("output", output)
        .setting("elements", elements)
        .build();
  }

  static HashingTermFrequency of(ModelContent content) {
    return new HashingTermFrequency(
        content.text("column"),
        content.text("output"),
        (int) Math.min(content.whole("elements"), Integer.MAX_VALUE));
  }

  /** As it is written in a program. */
  @Override
  public String toString() {
    return "HashingTermFrequency.on(\"%s\").withElements(%s).into(\"%s\")"
        .formatted(column, elements, output);
  }
}
