package io.drawbar;

import static io.drawbar.expr.Functions.col;
import static io.drawbar.expr.Functions.not;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawbar.config.Config;
import io.drawbar.expr.Expr;
import io.drawbar.io.Csv;
import io.drawbar.testkit.ChaosEngine;
import io.drawbar.type.DataType;
import io.drawbar.type.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each row is where a condition is true, where it is false or where it is null, and in one of them:
 * the counts add up, whatever the condition. (M. Rigger and Z. Su, "Finding Bugs in Database
 * Systems via Query Partitioning", OOPSLA 2020.)
 */
class PartitionedCountsTest {
  private static final Schema SCHEMA =
      Schema.empty()
          .with("text", DataType.STRING)
          .with("whole", DataType.LONG)
          .with("real", DataType.DOUBLE)
          .with("flag", DataType.BOOLEAN);
  private static final Object[][] CONSTANTS = {
    {"", "a", "b\u20AC"}, {0L, -1L, Long.MAX_VALUE}, {0.0, 1.5, Double.NaN}
  };

  private static Expr condition(Random random, int depth) {
    if (depth > 0) {
      Expr left = condition(random, depth - 1);
      return switch (random.nextInt(4)) {
        case 0 -> left.and(condition(random, depth - 1));
        case 1 -> left.or(condition(random, depth - 1));
        case 2 -> not(left);
        default -> left;
      };
    }
    int c = random.nextInt(4);
    if (c == 3) {
      return random.nextInt(4) == 0 ? col("flag").isNull() : col("flag");
    }
    Expr column = col(SCHEMA.names().get(c));
    Object constant = CONSTANTS[c][random.nextInt(3)];
    return switch (random.nextInt(5)) {
      case 0 -> column.eq(constant);
      case 1 -> column.ne(constant);
      case 2 -> column.lt(constant);
      case 3 -> column.ge(constant);
      default -> column.isNotNull();
    };
  }

  private static String csv(Random random, int rows) {
    String[][] cells = {
      {"", "\"\"", "a", "\"b\u20AC\""},
      {"", "0", "-1", "9223372036854775807"},
      {"", "-0.0", "1.5", "NaN"},
      {"", "true", "false", "TRUE"}
    };
    StringBuilder text = new StringBuilder();
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < cells.length; c++) {
        text.append(c == 0 ? "" : ",").append(cells[c][random.nextInt(4)]);
      }
      text.append('\n');
    }
    return text.toString();
  }

  @Test
  void countsOfTrueFalseAndNullAddUp(@TempDir Path folder) throws IOException {
    Random random = new Random(3);
    int rows = 300;
    Path file = Files.writeString(folder.resolve("t.csv"), csv(random, rows));
    Config config = Config.of("drawbar.leaf.bytes", "200", "drawbar.block.rows", "7");
    int mixed = 0;
    try (Session session = Session.attach(new ChaosEngine(5, 3), config)) {
      Dataset all = session.read(Csv.of(SCHEMA).at(file.toString()));
      assertThat(all.count()).isEqualTo(rows);
      for (int trial = 0; trial < 60; trial++) {
        Expr condition = condition(random, random.nextInt(4));
        long isTrue = all.where(condition).count();
        long isFalse = all.where(not(condition)).count();
        long isNull = all.where(condition.isNull()).count();
        assertThat(isTrue + isFalse + isNull).describedAs("%s", condition).isEqualTo(rows);
        mixed += isTrue > 0 && isFalse > 0 && isNull > 0 ? 1 : 0;
      }
    }
    assertThat(mixed).isGreaterThan(20);
  }
}
