package io.drawbar.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbar.column.Batch;
import io.drawbar.column.StringColumn;
import io.drawbar.type.DataType;
import io.drawbar.type.Schema;
import org.junit.jupiter.api.Test;

/** What texts that are the least or greatest of their group take. */
class ExtremesTest {
  private static void offer(Extremes extremes, int length, int group) {
    StringColumn text =
        new StringColumn(1, new byte[length], new int[] {0}, new int[] {length}, null);
    Batch batch = Batch.of(Schema.empty().with("text", DataType.STRING), 1, text);
    extremes.grow(group + 1);
    extremes.update(batch, text, new int[] {group});
  }

  @Test
  void textsThatAreKeptAreCounted() {
    Extremes extremes = new Extremes(DataType.STRING, true);
    assertThat(extremes.textBytes()).isZero();
    offer(extremes, 1_000, 0);
    assertThat(extremes.textBytes()).isBetween(1_000L, 1_100L);
    offer(extremes, 10, 0);
    assertThat(extremes.textBytes()).as("a lesser one is not kept").isBetween(1_000L, 1_100L);
    offer(extremes, 3_000, 0);
    assertThat(extremes.textBytes()).as("in its place").isBetween(3_000L, 3_100L);
    offer(extremes, 500, 7);
    assertThat(extremes.textBytes()).isBetween(3_500L, 3_700L);
  }
}
