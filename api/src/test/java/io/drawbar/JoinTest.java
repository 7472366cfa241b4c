package io.drawbar;

import static io.drawbar.expr.Functions.col;
import static io.drawbar.expr.Functions.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbar.error.DrawbarException;
import io.drawbar.expr.TypeMismatchException;
import io.drawbar.io.Records;
import io.drawbar.type.DuplicateColumnException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What joins and lookups mean, on few rows, against answers worked out by hand. */
class JoinTest extends OrdersFixture {
  @Test
  void innerJoinPairsRowsWithEqualKeysAndNullEqualsNothing() {
    assertThat(texts(orders().join(customers(), "customer").select("id", "city")))
        .containsExactlyInAnyOrder(
            "(id=1, city=London)", "(id=3, city=London)", "(id=2, city=Oslo)", "(id=2, city=Rome)");
  }

  @Test
  void leftJoinKeepsRowsWithoutAPartner() {
    assertThat(texts(orders().leftJoin(customers(), "customer").select("id", "city")))
        .containsExactlyInAnyOrder(
            "(id=1, city=London)",
            "(id=3, city=London)",
            "(id=2, city=Oslo)",
            "(id=2, city=Rome)",
            "(id=4, city=null)",
            "(id=5, city=null)");
  }

  @Test
  void semiAndAntiJoinDivideTheLeftRows() {
    assertThat(texts(orders().semiJoin(customers(), "customer").select("id")))
        .containsExactlyInAnyOrder("(id=1)", "(id=2)", "(id=3)");
    assertThat(texts(orders().antiJoin(customers(), "customer").select("id")))
        .containsExactlyInAnyOrder("(id=4)", "(id=5)");
  }

  @Test
  void joinThenAggregateNeedsNoOrder() {
    Dataset perCity =
        orders().join(customers(), "customer").groupBy("city").agg(sum("amount").as("total"));
    assertThat(texts(perCity))
        .containsExactlyInAnyOrder(
            "(city=London, total=17.0)", "(city=Oslo, total=5.0)", "(city=Rome, total=5.0)");
    assertThat(perCity.explain()).doesNotContain("in order of (hash, key, row)");
  }

  @Test
  void joinRefusesWhatCannotBeRight() {
    assertThatThrownBy(() -> orders().join(orders(), "customer"))
        .isInstanceOf(DuplicateColumnException.class)
        .hasMessageContaining("join on 'customer': both sides have a column 'id'");
    assertThatThrownBy(() -> orders().rename("id", "city").join(customers(), "city"))
        .isInstanceOf(TypeMismatchException.class)
        .hasMessageContaining("LONG on the left and STRING on the right");
    try (Session other = Session.open()) {
      Dataset foreign = other.read(Records.of(List.of(new Word("x")), Word.class));
      assertThatThrownBy(() -> orders().union(foreign))
          .isInstanceOf(DrawbarException.class)
          .hasMessageContaining("another session");
    }
  }

  @Test
  void lookupKeepsTheOrderAndRefusesKeysThatAreThereTwice() {
    Dataset unique = customers().where(col("city").ne("Rome"));
    assertThat(texts(orders().lookup(unique, "customer").select("id", "city")))
        .containsExactly(
            "(id=1, city=London)",
            "(id=2, city=Oslo)",
            "(id=3, city=London)",
            "(id=4, city=null)",
            "(id=5, city=null)");
    assertThatThrownBy(() -> orders().lookup(customers(), "customer").collect())
        .hasMessageContaining("[bob] is there more than once");
  }
}
