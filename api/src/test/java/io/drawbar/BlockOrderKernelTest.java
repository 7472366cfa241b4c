package io.drawbar;

import static io.drawbar.expr.Functions.col;
import static io.drawbar.expr.Functions.explode;
import static io.drawbar.expr.Functions.split;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawbar.config.Config;
import io.drawbar.io.Records;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the bits of a training see of the order of rows, and nothing else. */
class BlockOrderKernelTest {
  record Line(String text, double number) {}

  private static Config config(String... pairs) {
    Config config = Config.of("drawbar.leaf.rows", "6", "drawbar.block.rows", "3");
    for (int i = 0; i < pairs.length; i += 2) {
      config = config.with(pairs[i], pairs[i + 1]);
    }
    return config;
  }

  private static String order(String... texts) {
    List<Line> lines = Arrays.stream(texts).map(text -> new Line(text, 1)).toList();
    try (Session session = Session.open(config())) {
      Dataset rows = session.read(Records.of(lines, Line.class));
      return rows.reduce(new BlockOrderKernel(rows.schema().names())).toString();
    }
  }

  @Test
  void rowsInAnotherOrderOrAnotherBlockAreOthers() {
    String order = order("a", "b", "c", "d", "e", "f", "g");
    assertThat(order("a", "b", "c", "d", "e", "f", "g")).isEqualTo(order);
    assertThat(order("a", "c", "b", "d", "e", "f", "g")).isNotEqualTo(order);
    // At the same places of other blocks.
    assertThat(order("a", "e", "c", "d", "b", "f", "g")).isNotEqualTo(order);
    assertThat(order("a", "b", "c", "d", "e", "f", "h")).isNotEqualTo(order);
  }

  /** What blocks amount to is added exactly, in any order. */
  @Test
  void blocksInAnotherOrderAreTheSame() {
    assertThat(order("d", "e", "f", "a", "b", "c", "g"))
        .isEqualTo(order("a", "b", "c", "d", "e", "f", "g"));
  }

  @Test
  void itIsTheSameWhereverRowsAre() {
    List<Line> lines =
        Arrays.stream(new String[50]).map(none -> new Line("some words of a line", 0.5)).toList();
    String first = null;
    for (String parallelism : List.of("1", "2", "7")) {
      for (String gather : List.of("0", "1 MiB")) {
        Config config = config("drawbar.parallelism", parallelism, "drawbar.gather.bytes", gather);
        try (Session session = Session.open(config)) {
          Dataset rows =
              session
                  .read(Records.of(lines, Line.class))
                  .withRandom("draw", 3)
                  .where(col("draw").lt(0.6))
                  .select(explode(split(col("text"), " ")).as("word"), col("draw"));
          BlockOrderKernel kernel = new BlockOrderKernel(List.of("word", "draw"));
          String order = rows.reduce(kernel).toString();
          first = first == null ? order : first;
          assertThat(order).isEqualTo(first);
          for (Dataset some : List.of(rows, rows.cache())) {
            try (HeldDataset held = some.hold(kernel.columns())) {
              assertThat(held.reduce(kernel).toString()).isEqualTo(first);
            }
          }
        }
      }
    }
  }
}
