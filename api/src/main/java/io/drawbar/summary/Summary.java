package io.drawbar.summary;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is said of a model to people: a text ({@link #toString}) and a page for a browser ({@link
 * #html}). Immutable; two are equal if they say the same.
 *
 * <pre>{@code
 * Summary.of("plants")
 *     .figure("rows", 42)
 *     .figure("share explained", 0.93)
 *     .table("weights", List.of("element", "weight"), List.of(List.of("leaves", 1.5)))
 *     .curve("loss", "step", 0, "loss", losses)
 *     .build()
 * }</pre>
 */
public final class Summary {
  private static final int SIGNIFICANT = 6;

  private final String title;
  private final List<Block> blocks;

  private Summary(String title, List<Block> blocks) {
    this.title = title;
    this.blocks = List.copyOf(blocks);
  }

  /** Begins a summary with its title. */
  public static Builder of(String title) {
    return new Builder(title);
  }

  /**
   * A number as it stands in summaries: rounded to so many significant digits, without trailing
   * zeros, plain where it is neither very large nor very small; {@code –} for NaN.
   *
   * @param significant at least 1
   */
  public static String digits(double value, int significant) {
    return Numbers.digits(value, significant);
  }

  /** What it is about. */
  public String title() {
    return title;
  }

  List<Block> blocks() {
    return blocks;
  }

  /** As text: tables, for a terminal or a log. */
  @Override
  public String toString() {
    return TextForm.of(this);
  }

  /** As one page of HTML with plots, that needs nothing else. */
  public String html() {
    return HtmlForm.of(this);
  }

  /**
   * Writes the page, in UTF-8.
   *
   * @throws SummaryFileException if something is there already, or it cannot be written
   */
  public void saveHtml(Path path) {
    byte[] page = html().getBytes(StandardCharsets.UTF_8);
    Path absolute = path.toAbsolutePath();
    try {
      Files.write(absolute, page, StandardOpenOption.CREATE_NEW);
    } catch (FileAlreadyExistsException e) {
      throw new SummaryFileException(
          "there is already something at %s, and nothing is written over; delete it, or save to"
                  .formatted(absolute)
              + " another path",
          e);
    } catch (IOException e) {
      throw new SummaryFileException(
          "the summary cannot be saved to %s: %s".formatted(absolute, e), e);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Summary summary
        && title.equals(summary.title)
        && blocks.equals(summary.blocks);
  }

  @Override
  public int hashCode() {
    return 31 * title.hashCode() + blocks.hashCode();
  }

  /** Collects what there is to say, in the order in which it is read. */
  public static final class Builder {
    private final String title;
    private final List<Block> blocks = new ArrayList<>();
    private final Map<String, String> figures = new LinkedHashMap<>();

    private Builder(String title) {
      this.title = title;
    }

    private Builder add(Block block) {
      endFigures();
      blocks.add(block);
      return this;
    }

    private void endFigures() {
      if (!figures.isEmpty()) {
        blocks.add(new Block.Figures(List.copyOf(figures.keySet()), List.copyOf(figures.values())));
        figures.clear();
      }
    }

    /** A figure with its name; those that follow each other stand together. */
    public Builder figure(String name, double value) {
      return figure(name, digits(value, SIGNIFICANT));
    }

    /** A count with its name. */
    public Builder figure(String name, long value) {
      return figure(name, Numbers.count(value));
    }

    /** A text with its name. */
    public Builder figure(String name, String value) {
      figures.put(name, value);
      return this;
    }

    /** A remark, in a sentence. */
    public Builder note(String sentence) {
      return add(new Block.Note(sentence));
    }

    /**
     * A table.
     *
     * @param heads of the columns, of which the first stands to the left and is a name
     * @param rows texts, {@code Double}s, which get six digits, {@code Long}s and {@code Integer}s;
     *     as many in each row as there are heads
     * @throws IllegalArgumentException if a row has more or fewer
     */
    public Builder table(String title, List<String> heads, List<? extends List<?>> rows) {
      List<List<String>> cells = new ArrayList<>();
      for (List<?> row : rows) {
        if (row.size() != heads.size()) {
          throw new IllegalArgumentException(
              "table '%s': %s cells for %s heads".formatted(title, row.size(), heads.size()));
        }
        cells.add(row.stream().map(Builder::cell).toList());
      }
      return add(new Block.Table(title, List.copyOf(heads), cells));
    }

    private static String cell(Object value) {
      if (value instanceof Double number) {
        return digits(number, SIGNIFICANT);
      }
      return value instanceof Number whole ? Numbers.count(whole.longValue()) : value.toString();
    }

    /**
     * A plot of values with the ranges that they are likely in, one line each; in the page only.
     *
     * @param unit what the axis measures
     * @param values where the points are; those that are not finite are left out
     * @param halves how far ranges reach to each side, NaN where that is not known
     */
    public Builder ranges(
        String title, String unit, List<String> names, List<Double> values, List<Double> halves) {
      checkSizes(title, names, values);
      checkSizes(title, names, halves);
      return add(
          new Block.Ranges(
              title, unit, List.copyOf(names), List.copyOf(values), List.copyOf(halves)));
    }

    /**
     * A curve: in the page a plot, in the text a line.
     *
     * @param step what is counted from one value to the next
     * @param first the number of the first
     * @param unit what values are
     */
    public Builder curve(String title, String step, int first, String unit, List<Double> values) {
      return add(new Block.Curve(title, step, first, unit, List.copyOf(values)));
    }

    /**
     * A plot of bars, one line each; in the page only.
     *
     * @param values at least 0
     */
    public Builder bars(String title, String unit, List<String> names, List<Double> values) {
      checkSizes(title, names, values);
      return add(new Block.Bars(title, unit, List.copyOf(names), List.copyOf(values)));
    }

    /**
     * A histogram: in the page a plot, in the text a line.
     *
     * @param unit what is counted, and what is not shown
     * @param edges ascending, one more than there are counts; what is larger than 1e300 is not
     *     shown
     * @param counts at least 0
     * @throws IllegalArgumentException if there are more or fewer edges
     */
    public Builder histogram(String title, String unit, List<Double> edges, List<Long> counts) {
      if (edges.size() != counts.size() + 1) {
        throw new IllegalArgumentException(
            "histogram '%s': %s edges for %s counts".formatted(title, edges.size(), counts.size()));
      }
      return add(new Block.Histogram(title, unit, List.copyOf(edges), List.copyOf(counts)));
    }

    /** The summary of a part, as a stage of a pipeline is one. */
    public Builder part(Summary part) {
      return add(new Block.Part(part));
    }

    private static void checkSizes(String title, List<String> names, List<Double> values) {
      if (names.size() != values.size()) {
        throw new IllegalArgumentException(
            "plot '%s': %s values for %s names".formatted(title, values.size(), names.size()));
      }
    }

    /** The summary. */
    public Summary build() {
      endFigures();
      return new Summary(title, blocks);
    }
  }
}
