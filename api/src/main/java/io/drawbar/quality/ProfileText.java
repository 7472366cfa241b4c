package io.drawbar.quality;

import io.drawbar.quality.ColumnProfile.Measure;
import io.drawbar.quality.ColumnProfile.ValueCount;
import io.drawbar.quality.Distribution.Histogram;
import io.drawbar.quality.Distribution.Quantile;
import io.drawbar.summary.Summary;
import io.drawbar.text.DecimalFormatter;
import io.drawbar.type.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A profile for people. */
final class ProfileText {
  /** More columns are in the table alone, and a page stays one that a browser opens. */
  static final int MOST_AT_LENGTH = 200;

  private static final int INTERVALS = 30;
  private static final String NOTHING = "\u2013";
  private static final int SIGNIFICANT = 6;
  private static final int BRIEF = 5;

  private ProfileText() {}

  /** A value as it is written in files; null for null. */
  static String value(Object value) {
    if (value instanceof Double number) {
      return DecimalFormatter.toString(number);
    }
    return value == null ? null : value.toString();
  }

  /** A value as it is shown: an empty text can be seen. */
  private static String shown(Object value) {
    if (value == null) {
      return NOTHING;
    }
    return value instanceof String text && text.isBlank() ? '"' + text + '"' : value(value);
  }

  /** A value where there is little room. */
  private static String brief(Object value) {
    if (value instanceof Double number) {
      return Summary.digits(number, BRIEF);
    }
    return cut(shown(value), 16);
  }

  private static String cut(String text, int most) {
    int end = text.offsetByCodePoints(0, Math.min(most, text.codePointCount(0, text.length())));
    return end < text.length() ? text.substring(0, end) + "\u2026" : text;
  }

  private static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  private static String percent(long count, long all) {
    return count == 0 ? "0" : Summary.digits(100.0 * count / all, 3) + " %";
  }

  /** A count, and what share of all that is. */
  private static String share(long count, long all) {
    return count == 0 ? "0" : count(count) + " (" + percent(count, all) + ")";
  }

  /** The number of values, and how far off it may be. */
  private static String distinct(ColumnProfile column) {
    if (!column.hasValues()) {
      return NOTHING;
    }
    if (column.isComplete()) {
      return count(column.distinct());
    }
    return "\u2248 " + count(rounded(column.distinct(), column.distinctError()));
  }

  /** Without the digits that nothing is known of. */
  private static long rounded(long number, double error) {
    long unit = 1;
    while (unit * 10 <= number * error) {
      unit *= 10;
    }
    return (number + unit / 2) / unit * unit;
  }

  private static String quantile(Quantile quantile) {
    if (quantile.isExact() || quantile.value() != quantile.value()) {
      return Summary.digits(quantile.value(), SIGNIFICANT);
    }
    double half = Math.max(quantile.high() - quantile.value(), quantile.value() - quantile.low());
    return Summary.digits(quantile.value(), SIGNIFICANT) + " \u00b1 " + Summary.digits(half, 1);
  }

  static Summary.Builder overview(Profile profile) {
    List<List<?>> lines = new ArrayList<>();
    for (ColumnProfile column : profile.columns()) {
      Distribution numbers = column.distribution();
      boolean isNumber = column.measure() == Measure.VALUES || column.measure() == Measure.ELEMENTS;
      boolean hasMedian = isNumber && column.type() != DataType.BOOLEAN;
      lines.add(
          List.of(
              cut(column.name(), 40),
              column.type().toString(),
              percent(column.nulls(), column.rows()),
              distinct(column),
              brief(column.least()),
              hasMedian ? Summary.digits(numbers.quantile(0.5).value(), BRIEF) : NOTHING,
              isNumber ? Summary.digits(numbers.mean(), BRIEF) : NOTHING,
              brief(column.greatest()),
              column.frequent().isEmpty() ? NOTHING : brief(column.frequent().get(0).value())));
    }
    int columns = profile.columns().size();
    return Summary.of(
            "Profile of %s %s in %s %s"
                .formatted(
                    count(profile.rows()),
                    profile.rows() == 1 ? "row" : "rows",
                    count(columns),
                    columns == 1 ? "column" : "columns"))
        .table(
            "columns",
            List.of(
                "column",
                "type",
                "null",
                "distinct",
                "least",
                "median",
                "mean",
                "greatest",
                "most frequent"),
            lines);
  }

  static Summary summary(Profile profile) {
    Summary.Builder all = overview(profile);
    int shown = Math.min(MOST_AT_LENGTH, profile.columns().size());
    if (shown < profile.columns().size()) {
      all.note(
          "The first %s columns follow at length; Profile.of(dataset, names...) shows others."
              .formatted(shown));
    }
    profile.columns().subList(0, shown).forEach(column -> all.part(part(column)));
    return all.build();
  }

  private static Summary part(ColumnProfile column) {
    Summary.Builder part = Summary.of(column.name());
    part.figure("type", column.type().toString());
    part.figure("null", share(column.nulls(), column.rows()));
    if (column.hasValues()) {
      part.figure("distinct", distinct(column));
      if (!column.isComplete()) {
        part.figure(
            "standard error of that", Summary.digits(100 * column.distinctError(), 2) + " %");
      }
      if (column.distinct() > 0) {
        String few = column.isComplete() ? "" : "\u2248 ";
        part.figure(
            "values that are there once",
            few + Summary.digits(100 * column.singleShare(), 3) + " %");
      }
    }
    if (column.nullItems() > 0) {
      part.figure("null items", column.nullItems());
    }
    if (column.type() == DataType.STRING) {
      texts(part, column);
    }
    if (column.type() == DataType.BOOLEAN) {
      part.figure("true", share(count(column, true), column.rows()));
      part.figure("false", share(count(column, false), column.rows()));
    } else {
      numbers(part, column);
      histogram(part, column);
    }
    frequent(part, column);
    return part.build();
  }

  private static long count(ColumnProfile column, boolean wanted) {
    return column.frequent().stream()
        .filter(value -> value.value().equals(wanted))
        .mapToLong(ValueCount::count)
        .sum();
  }

  private static void texts(Summary.Builder part, ColumnProfile column) {
    part.figure("empty", share(column.distribution().zeros(), column.rows()));
    if (column.least() != null) {
      part.figure("least", shown(column.least()));
      part.figure("greatest", shown(column.greatest()));
      part.figure("shortest", shown(column.shortest()));
      part.figure("longest", shown(column.longest()));
    }
  }

  private static void numbers(Summary.Builder part, ColumnProfile column) {
    Distribution numbers = column.distribution();
    String of =
        switch (column.measure()) {
          case VALUES, ELEMENTS -> "";
          case LENGTHS -> " length";
          case SIZES -> " size";
        };
    if (column.measure() == Measure.ELEMENTS) {
      part.figure("finite elements", numbers.count());
    }
    if (of.isEmpty() || column.measure() == Measure.SIZES) {
      part.figure(of.isEmpty() ? "zeros" : "empty", zeros(column));
    }
    if (of.isEmpty()) {
      part.figure("negative", share(numbers.negatives(), numbers.count()));
    }
    if (numbers.notNumbers() > 0) {
      part.figure("NaN", numbers.notNumbers());
    }
    if (numbers.infinities() + numbers.negativeInfinities() > 0) {
      part.figure(
          "infinite, -infinite",
          count(numbers.infinities()) + ", " + count(numbers.negativeInfinities()));
    }
    if (numbers.count() == 0) {
      return;
    }
    part.figure("least" + of, whole(column, column.least(), numbers.least()));
    part.figure("5 %" + of, quantile(numbers.quantile(0.05)));
    part.figure("25 %" + of, quantile(numbers.quantile(0.25)));
    part.figure("median" + of, quantile(numbers.quantile(0.5)));
    part.figure("75 %" + of, quantile(numbers.quantile(0.75)));
    part.figure("95 %" + of, quantile(numbers.quantile(0.95)));
    part.figure("greatest" + of, whole(column, column.greatest(), numbers.greatest()));
    part.figure("mean" + of, numbers.mean());
    part.figure("standard deviation", numbers.standardDeviation());
  }

  private static String zeros(ColumnProfile column) {
    return share(column.distribution().zeros(), column.distribution().count());
  }

  /** A whole number with all its digits. */
  private static String whole(ColumnProfile column, Object exact, double number) {
    return column.type() == DataType.LONG ? exact.toString() : Summary.digits(number, SIGNIFICANT);
  }

  private static void histogram(Summary.Builder part, ColumnProfile column) {
    Distribution numbers = column.distribution();
    if (numbers.count() == 0) {
      return;
    }
    boolean isWhole = column.type() == DataType.LONG || column.measure() != Measure.VALUES;
    isWhole &= column.measure() != Measure.ELEMENTS;
    Histogram histogram =
        isWhole ? numbers.histogramOfWhole(INTERVALS) : numbers.histogram(INTERVALS);
    StringBuilder unit = new StringBuilder();
    unit.append(column.measure() == Measure.ELEMENTS ? "elements" : "rows");
    if (histogram.below() > 0) {
      unit.append("; ").append(count(histogram.below())).append(" are less, not shown");
    }
    if (histogram.above() > 0) {
      unit.append("; ").append(count(histogram.above())).append(" are greater, not shown");
    }
    String title =
        switch (column.measure()) {
          case VALUES -> "values";
          case LENGTHS -> "lengths";
          case ELEMENTS -> "elements";
          case SIZES -> "sizes";
        };
    part.histogram(title, unit.toString(), histogram.edges(), histogram.counts());
  }

  private static void frequent(Summary.Builder part, ColumnProfile column) {
    if (column.hasValues() && !column.isComplete()) {
      part.note(
          "Which values are the most frequent is not known: there are more than are counted one by"
              + " one.");
      return;
    }
    boolean isRepeated = !column.frequent().isEmpty() && column.frequent().get(0).count() > 1;
    if (isRepeated && column.type() != DataType.BOOLEAN) {
      List<String> names = new ArrayList<>();
      List<Double> counts = new ArrayList<>();
      List<List<?>> lines = new ArrayList<>();
      for (ValueCount value : column.frequent()) {
        names.add(shown(value.value()));
        counts.add((double) value.count());
        lines.add(List.of(shown(value.value()), share(value.count(), column.rows())));
      }
      part.table("most frequent", List.of("value", "rows"), lines);
      part.bars("how often", "rows", names, counts);
    }
  }
}
