package io.drawbar;

import static io.drawbar.expr.Functions.coalesce;
import static io.drawbar.expr.Functions.col;
import static io.drawbar.expr.Functions.concat;
import static io.drawbar.expr.Functions.indexOf;
import static io.drawbar.expr.Functions.length;
import static io.drawbar.expr.Functions.lit;
import static io.drawbar.expr.Functions.lower;
import static io.drawbar.expr.Functions.nullOf;
import static io.drawbar.expr.Functions.replace;
import static io.drawbar.expr.Functions.substring;
import static io.drawbar.expr.Functions.trim;
import static io.drawbar.expr.Functions.upper;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbar.expr.EvaluationException;
import io.drawbar.expr.Expr;
import io.drawbar.expr.TypeMismatchException;
import io.drawbar.type.DataType;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** What is said of texts in the table of values of {@code io.drawbar.type}. */
class TextValuesTest extends ValuesFixture {
  @Test
  void stringsAreOrderedByBytes() {
    // U+FF5E sorts before U+1F600 by code point, after it by UTF-16 unit.
    assertThat(value(lit("\uFF5E").lt("\uD83D\uDE00"))).isEqualTo(true);
    assertThat(value(lit("Z").lt("a"))).isEqualTo(true);
    assertThat(value(lit("ab").lt("abc"))).isEqualTo(true);
    assertThat(value(length(lit("\uD83D\uDE00é")))).isEqualTo(2L);
  }

  @Test
  void caseDoesNotDependOnTheLocale() {
    Locale before = Locale.getDefault();
    Locale.setDefault(new Locale("tr", "TR"));
    try {
      assertThat(value(lower(lit("TITLE Ä")))).isEqualTo("title ä");
      assertThat(value(upper(lit("title ß")))).isEqualTo("TITLE ß");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void everyTextHasAPositionOrIsAnError() {
    List<String> labels = List.of("b", "", "\uD83D\uDE9C");
    assertThat(value(indexOf(lit("b"), labels))).isEqualTo(0L);
    assertThat(value(indexOf(lit(""), labels))).isEqualTo(1L);
    assertThat(value(indexOf(lit("\uD83D\uDE9C"), labels, 9))).isEqualTo(2L);
    assertThat(value(indexOf(lit("B"), labels, 9))).isEqualTo(9L);
    assertThat(value(indexOf(nullOf(DataType.STRING), labels, -1))).isEqualTo(-1L);
    assertThat(value(indexOf(lit("a"), List.of(), -1))).isEqualTo(-1L);
    assertThatThrownBy(() -> value(indexOf(lit("B"), labels)))
        .isInstanceOf(EvaluationException.class)
        .hasMessageContaining(
            "'B' in 'B' is none of the 3 labels known (b, , \uD83D\uDE9C); filter");
    assertThatThrownBy(() -> value(indexOf(nullOf(DataType.STRING), labels)))
        .isInstanceOf(EvaluationException.class)
        .hasMessageContaining("null in null is none of the 3 labels known");
  }

  @Test
  void trimTakesOffAllWhiteSpace() {
    assertThat(value(trim(lit("\t \u00A0a b\u3000\u2029\n")))).isEqualTo("a b");
    assertThat(value(trim(lit(" \u2003 ")))).isEqualTo("");
    assertThat(value(trim(lit("\uFEFFa")))).isEqualTo("\uFEFFa");
    assertThat(value(trim(NO_TEXT))).isNull();
  }

  @Test
  void concatIsNullIfAPartIs() {
    assertThat(value(concat(lit("a"), "\uD83D\uDE00", lit("")))).isEqualTo("a\uD83D\uDE00");
    assertThat(value(concat(lit("a"), NO_TEXT))).isNull();
    assertThat(value(concat(lit("a"), coalesce(NO_TEXT, "")))).isEqualTo("a");
    assertThatThrownBy(() -> value(concat(lit("a"), 1)))
        .isInstanceOf(TypeMismatchException.class)
        .hasMessageContaining(
            "a STRING (cast(DataType.STRING) makes one) is wanted, but 1 is LONG");
    assertThatThrownBy(() -> concat("first", "last"))
        .hasMessage("concat(first, last) joins constants; a column is col(\"name\")");
  }

  @Test
  void substringCountsCodePointsFromZero() {
    Expr text = lit("a\uD83D\uDE00\u00E9z");
    assertThat(value(substring(text, 0, 2))).isEqualTo("a\uD83D\uDE00");
    assertThat(value(substring(text, 1, 1))).isEqualTo("\uD83D\uDE00");
    assertThat(value(substring(text, 3, 9))).isEqualTo("z");
    assertThat(value(substring(text, 4, 1))).isEqualTo("");
    assertThat(value(substring(text, Integer.MAX_VALUE, Integer.MAX_VALUE))).isEqualTo("");
    assertThat(value(substring(text, 1, 0))).isEqualTo("");
    assertThat(value(substring(NO_TEXT, 0, 1))).isNull();
    assertThatThrownBy(() -> substring(col("x"), -1, 2))
        .hasMessage("substring(x, -1, 2): a position counts from 0, and a length is at least 0");
  }

  @Test
  void replaceGoesFromTheLeftOnce() {
    assertThat(value(replace(lit("aaaxa"), "aa", "a"))).isEqualTo("aaxa");
    assertThat(value(replace(lit("1.234.567"), ".", ""))).isEqualTo("1234567");
    assertThat(value(replace(lit("\u00E9\u00E9"), "\u00E9", "e\u0301")))
        .isEqualTo("e\u0301e\u0301");
    assertThat(value(replace(lit(""), "a", "b"))).isEqualTo("");
    assertThat(value(replace(NO_TEXT, "a", "b"))).isNull();
    assertThatThrownBy(() -> replace(col("x"), "", "b")).hasMessageContaining("say what to look");
  }
}
