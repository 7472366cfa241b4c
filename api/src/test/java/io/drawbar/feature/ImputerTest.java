package io.drawbar.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbar.Dataset;
import io.drawbar.Session;
import io.drawbar.UnusableDataException;
import io.drawbar.expr.TypeMismatchException;
import io.drawbar.io.Records;
import io.drawbar.type.DataType;
import io.drawbar.type.Row;
import io.drawbar.type.Schema;
import io.drawbar.type.UnknownColumnException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ImputerTest extends FeatureFixture {
  private static final Schema SCHEMA =
      Schema.empty()
          .with("d", DataType.DOUBLE)
          .with("n", DataType.LONG)
          .with("s", DataType.STRING)
          .with("b", DataType.BOOLEAN);

  private static final List<Row> ROWS =
      List.of(
          Row.of(SCHEMA, 1.5, 4L, "x", true),
          Row.of(SCHEMA, null, null, null, null),
          Row.of(SCHEMA, Double.NaN, 1L, "y", false),
          Row.of(SCHEMA, 4.0, 2L, "y", true),
          Row.of(SCHEMA, 4.0, 1L, "x", false),
          Row.of(SCHEMA, 1.5, 3L, "", null));

  private static List<Object> row(Dataset rows, int number) {
    Row row = rows.collect().get(number);
    return rows.schema().names().stream().map(row::value).toList();
  }

  @Test
  void meansAreOfWhatIsThere() {
    try (Session session = Session.open()) {
      Dataset rows = session.read(Records.of(SCHEMA, ROWS));
      ImputerModel model = Imputer.on("d", "n").fit(rows);
      Dataset filled = rows.transform(saved(model));
      assertThat(filled.schema().field("n").type()).isEqualTo(DataType.DOUBLE);
      assertThat(values(filled, "d")).containsExactly(1.5, 2.75, 2.75, 4.0, 4.0, 1.5);
      assertThat(values(filled, "n")).containsExactly(4.0, 2.2, 1.0, 2.0, 1.0, 3.0);
      assertThat(model).hasToString("imputer of 2 columns: 'd' by 2.75, 'n' by 2.2");
      assertThat(model.provenance().inputs()).containsExactly("d", "n");
      assertThat(model.provenance().rows()).isEqualTo(6);
    }
  }

  @Test
  void mediansMostFrequentValuesAndConstants() {
    try (Session session = Session.open()) {
      Dataset rows = session.read(Records.of(SCHEMA, ROWS));
      // Of 1.5, 1.5, 4, 4 and of 1, 1, 2, 3, 4 the ranks 2 and 3; a LONG stays one.
      assertThat(row(rows.transform(saved(fit(Filling.MEDIAN, rows, "d", "n"))), 1))
          .containsExactly(1.5, 2L, null, null);
      // 1.5 and 4 are as frequent, and so are x and y, true and false: the least.
      Dataset frequent =
          rows.transform(saved(fit(Filling.MOST_FREQUENT, rows, "d", "n", "s", "b")));
      assertThat(row(frequent, 1)).containsExactly(1.5, 1L, "x", false);
      assertThat(row(frequent, 2)).containsExactly(1.5, 1L, "y", false);
      assertThat(row(rows.transform(saved(Imputer.on("d", "n").withConstant(-1).fit(rows))), 1))
          .containsExactly(-1.0, -1L, null, null);
      assertThat(row(rows.transform(saved(Imputer.on("s").withConstant("?").fit(rows))), 1).get(2))
          .isEqualTo("?");
      assertThat(Imputer.on("s").withConstant("?"))
          .hasToString("Imputer.on(\"s\").withConstant(\"?\")");
      assertThat(Imputer.on("d", "n").with(Filling.MEDIAN))
          .hasToString("Imputer.on(\"d\", \"n\").with(Filling.MEDIAN)");
    }
  }

  private static ImputerModel fit(Filling filling, Dataset rows, String... columns) {
    return Imputer.on(columns).with(filling).fit(rows);
  }

  /** Sums that do not fit a long or lose digits as doubles: those of rational arithmetic. */
  @Test
  void meansOfLargeNumbersAreExact() {
    long most = Long.MAX_VALUE;
    assertThat(mean(DataType.LONG, most, most, most)).isEqualTo((double) most);
    assertThat(mean(DataType.LONG, most, -most, 7L, null)).isEqualTo(7 / 3.0);
    assertThat(mean(DataType.LONG, Long.MIN_VALUE, -1L)).isEqualTo(-0x1p62);
    assertThat(mean(DataType.DOUBLE, 1e300, 1.0, -1e300, 1.0)).isEqualTo(.5);
    assertThat(mean(DataType.DOUBLE, Double.MAX_VALUE, Double.MAX_VALUE))
        .isEqualTo(Double.MAX_VALUE);
  }

  private Object mean(DataType type, Object... values) {
    return Imputer.on("v").fit(column("v", type, values)).fills().get(0).value();
  }

  /** A median of whole numbers is one, to the last digit. */
  @Test
  void mediansOfLargeNumbersAreExact() {
    long odd = (1L << 53) + 1;
    Dataset rows = column("v", DataType.LONG, odd, Long.MIN_VALUE, null, Long.MAX_VALUE);
    assertThat(values(rows.transform(fit(Filling.MEDIAN, rows, "v")), "v").get(2)).isEqualTo(odd);
    Dataset infinite = column("v", DataType.DOUBLE, 1.0, 1.0 / 0, null, -1.0 / 0);
    assertThat(values(infinite.transform(fit(Filling.MEDIAN, infinite, "v")), "v").get(2))
        .isEqualTo(1.0);
  }

  @Test
  void whatCannotBeFilledIsNamed() {
    Dataset texts = column("s", DataType.STRING, "a");
    for (Filling filling : List.of(Filling.MEAN, Filling.MEDIAN)) {
      assertThatThrownBy(() -> fit(filling, texts, "s"))
          .isInstanceOf(TypeMismatchException.class)
          .hasMessageContaining("column 's' is STRING; fill it with(Filling.MOST_FREQUENT)");
    }
    assertThatThrownBy(() -> Imputer.on("s").withConstant(0).fit(texts))
        .isInstanceOf(TypeMismatchException.class);
    assertThatThrownBy(() -> Imputer.on("x").fit(vectors(new double[] {1})))
        .isInstanceOf(TypeMismatchException.class)
        .hasMessageContaining("fill the columns that it is made of");
    assertThatThrownBy(() -> Imputer.on("y").fit(texts)).isInstanceOf(UnknownColumnException.class);
    Dataset nothing = column("v", DataType.DOUBLE, null, Double.NaN);
    for (Filling filling : List.of(Filling.MEAN, Filling.MEDIAN, Filling.MOST_FREQUENT)) {
      assertThatThrownBy(() -> fit(filling, nothing, "v"))
          .isInstanceOf(UnusableDataException.class)
          .hasMessageContaining("'v' has no value to learn from");
    }
    assertThatThrownBy(() -> Imputer.on("v").fit(column("v", DataType.DOUBLE, 1.0, 1.0 / 0)))
        .isInstanceOf(UnusableDataException.class)
        .hasMessageContaining("'v' is infinite in some row");
    assertThatThrownBy(Imputer::on).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Imputer.on("a", "a"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("twice");
    assertThatThrownBy(() -> Imputer.on("a").with(Filling.CONSTANT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("withConstant(0)");
    assertThatThrownBy(() -> Imputer.on("a").withConstant(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Imputer.on("a").withConstant(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    ImputerModel model = Imputer.on("s").withConstant("?").fit(texts);
    assertThatThrownBy(() -> column("s", DataType.LONG, 1L).transform(model))
        .isInstanceOf(TypeMismatchException.class);
  }

  @Test
  void modelsAreTheSameEverywhere() {
    Random random = new Random(11);
    List<Object> rows = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      rows.add(random.nextInt(9) == 0 ? null : (Double) Math.floor(random.nextGaussian() * 20));
    }
    for (Filling filling : List.of(Filling.MEAN, Filling.MEDIAN, Filling.MOST_FREQUENT)) {
      isTheSameEverywhere(
          Imputer.on("v").with(filling), s -> column(s, "v", DataType.DOUBLE, rows.toArray()));
    }
  }
}
