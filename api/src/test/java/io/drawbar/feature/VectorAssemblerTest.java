package io.drawbar.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbar.Dataset;
import io.drawbar.Session;
import io.drawbar.expr.TypeMismatchException;
import io.drawbar.io.Records;
import io.drawbar.type.DataType;
import io.drawbar.type.Row;
import io.drawbar.type.Schema;
import io.drawbar.type.UnknownColumnException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VectorAssemblerTest {
  private static final Schema SCHEMA =
      Schema.empty()
          .with("age", DataType.LONG)
          .with("income", DataType.DOUBLE)
          .with("member", DataType.BOOLEAN)
          .with("place", DataType.vector(2))
          .with("name", DataType.STRING);

  private Session session;
  private Dataset people;

  @BeforeEach
  void open() {
    session = Session.open();
    people =
        session.read(
            Records.of(
                SCHEMA,
                List.of(
                    Row.of(SCHEMA, 41L, 52.5, true, new double[] {1, -2}, "Ada"),
                    Row.of(SCHEMA, -3L, Double.NaN, false, new double[] {0, 7}, null),
                    Row.of(SCHEMA, null, 1.0, true, new double[] {3, 4}, "Bo"))));
  }

  @AfterEach
  void close() {
    session.close();
  }

  @Test
  void numbersTruthValuesAndVectorsBecomeElementsInTheOrderGiven() {
    VectorAssembler assembler = VectorAssembler.of("member", "place", "age", "income").into("x");

    Dataset assembled = people.transform(assembler);

    assertThat(assembled.schema()).isEqualTo(SCHEMA.with("x", DataType.vector(5)));
    List<Row> rows = assembled.collect();
    assertThat((double[]) rows.get(0).value("x")).containsExactly(1, 1, -2, 41, 52.5);
    assertThat((double[]) rows.get(1).value("x")).containsExactly(0, 0, 7, -3, Double.NaN);
  }

  @Test
  void aNullInAnyColumnMakesTheVectorNull() {
    List<Row> rows = people.transform(VectorAssembler.of("income", "age")).collect();

    assertThat(rows)
        .extracting(row -> row.value("features") == null)
        .containsExactly(false, false, true);
  }

  @Test
  void theOutputMayTakeThePlaceOfAnInput() {
    Dataset assembled = people.transform(VectorAssembler.of("place", "age").into("place"));

    assertThat(assembled.schema().names()).isEqualTo(SCHEMA.names());
    assertThat((double[]) assembled.collect().get(0).value("place")).containsExactly(1, -2, 41);
  }

  @Test
  void aColumnThatIsNotThereFailsInTheCall() {
    assertThatThrownBy(() -> people.transform(VectorAssembler.of("age", "incme")))
        .isInstanceOf(UnknownColumnException.class)
        .hasMessageContaining("incme")
        .hasMessageContaining("Did you mean 'income'?");
  }

  @Test
  void aColumnThatIsNoNumberIsNamedWithItsTypeAndTheWayOut() {
    assertThatThrownBy(() -> people.transform(VectorAssembler.of("age", "name").into("x")))
        .isInstanceOf(TypeMismatchException.class)
        .hasMessage(
            "VectorAssembler.of(\"age\", \"name\").into(\"x\"): column 'name' is STRING, but a vector is made of LONG,"
                + " DOUBLE, BOOLEAN and vector columns; if it holds numbers, make it one before:"
                + " withColumn(\"name\", col(\"name\").cast(DataType.DOUBLE)); or leave it out");
  }

  @Test
  void namesAreCheckedWhenItIsMade() {
    assertThatThrownBy(() -> VectorAssembler.of())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least one");
    assertThatThrownBy(() -> VectorAssembler.of("a", "b", "a"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'a' twice");
    assertThatThrownBy(() -> VectorAssembler.of("a").into(" "))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("name");
  }
}
