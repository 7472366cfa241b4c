package io.drawbar.quality;

import io.drawbar.Dataset;
import io.drawbar.error.DrawbarException;
import io.drawbar.error.NearestName;
import io.drawbar.summary.Summary;
import io.drawbar.type.DataType;
import io.drawbar.type.Row;
import io.drawbar.type.Schema;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What is in the columns of a dataset, found out in one pass over its rows:
 *
 * <pre>{@code
 * Profile profile = Profile.of(session.read(Csv.of(Loan.class).at("loans.csv")));
 * System.out.println(profile);                                 // a line a column
 * profile.column("income").distribution().quantile(0.5);       // more of one
 * profile.saveHtml(Path.of("loans.html"));                     // a page with histograms
 * }</pre>
 *
 * <p>The same to the bit on every engine, for every order, leaf and block: see the package page.
 */
public final class Profile {
  /** The columns of {@link #toRows}. */
  public static final Schema SCHEMA =
      Schema.empty()
          .with("column", DataType.STRING)
          .with("type", DataType.STRING)
          .with("rows", DataType.LONG)
          .with("nulls", DataType.LONG)
          .with("distinct", DataType.LONG)
          .with("distinctError", DataType.DOUBLE)
          .with("least", DataType.STRING)
          .with("greatest", DataType.STRING)
          .with("mean", DataType.DOUBLE)
          .with("standardDeviation", DataType.DOUBLE)
          .with("quantile05", DataType.DOUBLE)
          .with("quantile25", DataType.DOUBLE)
          .with("median", DataType.DOUBLE)
          .with("quantile75", DataType.DOUBLE)
          .with("quantile95", DataType.DOUBLE)
          .with("zeros", DataType.LONG)
          .with("negatives", DataType.LONG)
          .with("notNumbers", DataType.LONG)
          .with("infinities", DataType.LONG)
          .with("mostFrequent", DataType.STRING)
          .with("mostFrequentRows", DataType.LONG);

  private static final double[] QUANTILES = {0.05, 0.25, 0.5, 0.75, 0.95};

  private final long rows;
  private final List<ColumnProfile> columns;

  private Profile(long rows, List<ColumnProfile> columns) {
    this.rows = rows;
    this.columns = List.copyOf(columns);
  }

  /**
   * Runs, and tells what is in all columns, or in some.
   *
   * @param columns which; none for all
   * @throws io.drawbar.type.UnknownColumnException if one of them is not there
   * @throws DrawbarException if the run fails
   */
  public static Profile of(Dataset dataset, String... columns) {
    List<String> names = columns.length == 0 ? dataset.schema().names() : List.of(columns);
    Schema schema = dataset.schema();
    List<DataType> types = new ArrayList<>();
    for (String name : names) {
      types.add(schema.field(name, "Profile.of(dataset, ...)").type());
    }
    ProfileTally tally = dataset.reduce(new ProfileKernel(names, List.copyOf(types)));
    List<ColumnProfile> profiles = new ArrayList<>();
    for (int c = 0; c < names.size(); c++) {
      profiles.add(new ColumnProfile(names.get(c), types.get(c), tally.rows(), tally.column(c)));
    }
    return new Profile(tally.rows(), profiles);
  }

  /** How many rows there are. */
  public long rows() {
    return rows;
  }

  /** The columns, in order. */
  public List<ColumnProfile> columns() {
    return columns;
  }

  /**
   * What is in a column.
   *
   * @throws DrawbarException if it is not in this profile
   */
  public ColumnProfile column(String name) {
    return columns.stream()
        .filter(column -> column.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new DrawbarException(
                    "no column '%s' in this profile of %s columns.%s"
                        .formatted(
                            name,
                            columns.size(),
                            NearestName.suggestion(
                                name, columns.stream().map(ColumnProfile::name).toList()))));
  }

  /**
   * The profile as rows of {@link #SCHEMA}, one a column: {@code session.read(Records.of(
   * Profile.SCHEMA, profile.toRows()))} makes a dataset of it. Numbers from {@code mean} to {@code
   * infinities} are those of {@link ColumnProfile#distribution}: of a text its length, of a list
   * its size. What is not known is null.
   */
  public List<Row> toRows() {
    return columns.stream().map(Profile::row).toList();
  }

  private static Row row(ColumnProfile column) {
    Distribution numbers = column.distribution();
    List<Object> cells = new ArrayList<>();
    cells.add(column.name());
    cells.add(column.type().toString());
    cells.add(column.rows());
    cells.add(column.nulls());
    cells.add(column.hasValues() ? column.distinct() : null);
    cells.add(column.hasValues() ? column.distinctError() : null);
    cells.add(ProfileText.value(column.least()));
    cells.add(ProfileText.value(column.greatest()));
    cells.add(known(numbers.mean()));
    cells.add(known(numbers.standardDeviation()));
    for (double share : QUANTILES) {
      cells.add(known(numbers.quantile(share).value()));
    }
    cells.add(numbers.zeros());
    cells.add(numbers.negatives());
    cells.add(numbers.notNumbers());
    cells.add(numbers.infinities() + numbers.negativeInfinities());
    boolean hasFrequent = !column.frequent().isEmpty();
    cells.add(hasFrequent ? ProfileText.value(column.frequent().get(0).value()) : null);
    cells.add(hasFrequent ? column.frequent().get(0).count() : null);
    return Row.of(SCHEMA, cells.toArray());
  }

  private static Double known(double value) {
    return value != value ? null : (Double) value;
  }

  /** All that is known, as text and as a page; each of the first 200 columns at length. */
  public Summary summary() {
    return ProfileText.summary(this);
  }

  /**
   * Writes {@link #summary} as one page of HTML, with histograms, that needs nothing else.
   *
   * @throws io.drawbar.summary.SummaryFileException if something is there already, or it cannot be
   *     written
   */
  public void saveHtml(Path path) {
    summary().saveHtml(path);
  }

  /** A line, and a table of the columns. */
  @Override
  public String toString() {
    return ProfileText.overview(this).build().toString();
  }
}
