package io.drawbar.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbar.text.DisplayWidth;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextTableTest {
  @Test
  void wideLettersTakeTwoCells() {
    TextTable table = new TextTable("class", "rows");
    table.add("\u6771\u4EAC", 1200L);
    table.add("Bern", 7L);
    table.add("e\u0301t\u00E9", 12L);
    List<Integer> widths = table.toString().lines().map(DisplayWidth::of).toList();
    assertThat(widths).hasSize(4).containsOnly(widths.get(0));
    assertThat(table.toString()).contains("\u6771\u4EAC   1,200\nBern       7\n");
  }

  @Test
  void longTextsAreCutByWhatTheyTake() {
    assertThat(TextTable.cut("\u6771".repeat(30))).isEqualTo("\u6771".repeat(30));
    assertThat(TextTable.cut("\u6771".repeat(31))).isEqualTo("\u6771".repeat(29) + "\u2026");
    assertThat(TextTable.cut("a\n b\u0007" + "c".repeat(60)))
        .isEqualTo("a b\uFFFD" + "c".repeat(55) + "\u2026");
  }
}
