package io.drawbar;

import static io.drawbar.expr.Functions.lit;
import static io.drawbar.expr.Functions.nullOf;

import io.drawbar.config.Config;
import io.drawbar.expr.Expr;
import io.drawbar.io.Records;
import io.drawbar.type.DataType;
import io.drawbar.type.Row;
import io.drawbar.type.Schema;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A session, and values in it: those of expressions, and of columns. */
abstract class ValuesFixture {
  static final Expr NO_LONG = nullOf(DataType.LONG);
  static final Expr NO_TRUTH = nullOf(DataType.BOOLEAN);
  static final Expr NO_TEXT = nullOf(DataType.STRING);
  static final Expr NAN = lit(Double.NaN);

  private static final Schema ONE = Schema.empty().with("x", DataType.LONG);
  private Session session;

  @BeforeEach
  final void open() {
    session = Session.open(Config.of("drawbar.engine", "local", "drawbar.parallelism", "2"));
  }

  @AfterEach
  final void close() {
    session.close();
  }

  final Dataset column(DataType type, Object... values) {
    Schema schema = Schema.empty().with("x", type);
    List<Row> rows = new ArrayList<>();
    for (Object value : values) {
      rows.add(Row.of(schema, value));
    }
    return session.read(Records.of(schema, rows));
  }

  final Object value(Expr expr) {
    return session
        .read(Records.of(ONE, List.of(Row.of(ONE, 1L))))
        .select(expr.as("value"))
        .collect()
        .get(0)
        .value("value");
  }

  final Object value(Dataset dataset, int column) {
    return dataset.collect().get(0).value(column);
  }
}
