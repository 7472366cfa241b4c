package io.drawbar.feature;

import static io.drawbar.expr.Functions.col;
import static io.drawbar.expr.Functions.lower;
import static io.drawbar.expr.Functions.nonEmpty;
import static io.drawbar.expr.Functions.split;

import io.drawbar.Dataset;
import io.drawbar.ModelContent;
import io.drawbar.Saveable;
import io.drawbar.expr.TypeMismatchException;
import io.drawbar.type.DataType;

/**
 * Cuts text into terms: in lower case, the pieces between the matches of a regular expression,
 * those that are empty left out.
 *
 * <pre>{@code
 * reviews.transform(Tokenizer.on("text").into("words"))
 * }</pre>
 *
 * <p>It is {@code nonEmpty(split(lower(col(column)), separator))}; where something else is wanted,
 * write that into {@code withColumn}. Null gives null.
 *
 * @param column a STRING column
 * @param output the column of lists of terms; the column's name with {@code Terms} unless {@link
 *     #into} says otherwise
 * @param separator a regular expression; {@code \W+}, all but letters a to z, digits and
 *     underscores, unless {@link #separatedBy} says otherwise
 */
public record Tokenizer(String column, String output, String separator) implements Saveable {
  private static final long serialVersionUID = 1;

  static final String TYPE = "tokenizer";

  /**
   * Checks the names and the expression.
   *
   * @throws io.drawbar.error.DrawbarException if the separator is no regular expression
   */
  public Tokenizer {
    if (column.isBlank() || output.isBlank()) {
      throw new IllegalArgumentException(
          "columns have names: Tokenizer.on(\"text\").into(\"words\"), say");
    }
    split(col(column), separator);
  }

  /** A tokenizer of a text column, separated by what is neither letter of a to z nor digit. */
  public static Tokenizer on(String column) {
    return new Tokenizer(column, column + "Terms", "\\W+");
  }

  /** The same with the lists in a column of this name. */
  public Tokenizer into(String output) {
    return new Tokenizer(column, output, separator);
  }

  /** The same with other separators; {@code [^\p{L}\p{N}]+} keeps the letters of all scripts. */
  public Tokenizer separatedBy(String regex) {
    return new Tokenizer(column, output, regex);
  }

  /**
   * The dataset with the column of lists.
   *
   * @throws io.drawbar.type.UnknownColumnException if the column is not there
   * @throws TypeMismatchException if it is not STRING
   */
  @Override
  public Dataset transform(Dataset input) {
    DataType type = input.schema().field(column, this).type();
    if (type != DataType.STRING) {
      throw new TypeMismatchException(
          "%s: column '%s' is %s, not STRING".formatted(this, column, type));
    }
    return input.withColumn(output, nonEmpty(split(lower(col(column)), separator)));
  }

  @Override
  public ModelContent content() {
    return ModelContent.of(TYPE)
        .reads(column, DataType.STRING)
        .adds(output, DataType.listOf(DataType.STRING))
        .setting("column", column)
        .setting("output", output)
        .setting("separator", separator)
        .build();
  }

  static Tokenizer of(ModelContent content) {
    return new Tokenizer(content.text("column"), content.text("output"), content.text("separator"));
  }

  /** As it is written in a program. */
  @Override
  public String toString() {
    String separated =
        separator.equals("\\W+")
            ? ""
            : ".separatedBy(\"" + separator.replace("\\", "\\\\").replace("\"", "\\\"") + "\")";
    return "Tokenizer.on(\"%s\").into(\"%s\")%s".formatted(column, output, separated);
  }
}
