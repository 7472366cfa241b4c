package io.drawbar.summary;

import java.util.List;

/** A block of a summary. */
sealed interface Block {
  /** Names and what is to be said of each. */
  record Figures(List<String> names, List<String> values) implements Block {}

  /** A sentence. */
  record Note(String sentence) implements Block {}

  /** Cells, as they are shown. */
  record Table(String title, List<String> heads, List<List<String>> rows) implements Block {}

  /** Values and how far to each side their ranges reach. */
  record Ranges(
      String title, String unit, List<String> names, List<Double> values, List<Double> halves)
      implements Block {}

  /** Values one after the other. */
  record Curve(String title, String step, int first, String unit, List<Double> values)
      implements Block {}

  /** Values side by side. */
  record Bars(String title, String unit, List<String> names, List<Double> values)
      implements Block {}

  /** How many values are between which edges, one more than there are counts. */
  record Histogram(String title, String unit, List<Double> edges, List<Long> counts)
      implements Block {}

  /** Another summary. */
  record Part(Summary summary) implements Block {}
}
