package io.drawbar;

import static io.drawbar.expr.Functions.avg;
import static io.drawbar.expr.Functions.col;
import static io.drawbar.expr.Functions.explode;
import static io.drawbar.expr.Functions.split;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.drawbar.config.Config;
import io.drawbar.error.DrawbarException;
import io.drawbar.expr.TypeMismatchException;
import io.drawbar.io.Csv;
import io.drawbar.io.MissingFileException;
import io.drawbar.io.Records;
import io.drawbar.io.TextFiles;
import io.drawbar.spi.EngineException;
import io.drawbar.type.DuplicateColumnException;
import io.drawbar.type.RecordBindingException;
import io.drawbar.type.UnknownColumnException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.regex.PatternSyntaxException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An error names the call it came of, as it is written, and leads to the line where it is. */
class CallErrorsTest {
  record Sale(String city, double price) {}

  record Place(String town, double price) {}

  record Measured(float value) {}

  record Dated(LocalDate day) {}

  record Exact(BigDecimal amount) {}

  record Lettered(char grade) {}

  private static final String COLUMNS = "the columns are: city STRING, price DOUBLE.";

  @TempDir private Path folder;
  private Session session;
  private Dataset sales;
  private Dataset places;

  @BeforeEach
  void open() {
    session = Session.open(Config.of("drawbar.engine", "local"));
    sales = session.read(Records.of(List.of(new Sale("Bern", 2)), Sale.class));
    places = session.read(Records.of(List.of(new Place("Bern", 2)), Place.class));
  }

  @AfterEach
  void close() {
    session.close();
  }

  private static void fails(
      ThrowingCallable call, Class<? extends DrawbarException> type, String message) {
    assertThatThrownBy(call).isInstanceOf(type).hasMessage(message);
  }

  @Test
  void aColumnThatIsNotThere() {
    Class<UnknownColumnException> unknown = UnknownColumnException.class;
    String no = "no column 'prize'; " + COLUMNS + " Did you mean 'price'?";
    fails(() -> sales.where(col("prize").gt(3)), unknown, "where(prize > 3): " + no);
    fails(() -> sales.select("city", "prize"), unknown, "select(city, prize): " + no);
    fails(
        () -> sales.withColumn("x", col("prize").plus(1)),
        unknown,
        "withColumn(x, prize + 1): " + no);
    fails(
        () -> sales.groupBy("prize").agg(avg("price")),
        unknown,
        "groupBy(prize).agg(avg(price)): " + no);
    fails(
        () -> sales.groupBy("city").agg(avg("prize").as("mean")),
        unknown,
        "groupBy(city).agg(avg(prize) as mean): " + no);
    fails(() -> sales.agg(avg("prize")), unknown, "agg(avg(prize)): " + no);
    fails(() -> sales.sortBy(col("prize").desc()), unknown, "sortBy(prize desc): " + no);
    fails(() -> sales.drop("prize"), unknown, "drop(prize): " + no);
    fails(() -> sales.rename("prize", "cost"), unknown, "rename(prize, cost): " + no);
    fails(() -> sales.as(Place.class), unknown, "as(Place): no column 'town'; " + COLUMNS);
    fails(
        () -> sales.collect(Place.class), unknown, "collect(Place): no column 'town'; " + COLUMNS);
  }

  @Test
  void twoDatasetsThatDoNotFit() {
    Class<UnknownColumnException> unknown = UnknownColumnException.class;
    String left =
        " on 'town': the left side has no column 'town'; it has: city STRING, price DOUBLE. If it is"
            + " called otherwise there, rename(\"city\", \"town\") it first.";
    fails(() -> sales.join(places, "town"), unknown, "join" + left);
    fails(() -> sales.semiJoin(places, "town"), unknown, "semiJoin" + left);
    fails(() -> sales.lookup(places, "town"), unknown, "lookup" + left);
    fails(
        () -> sales.leftJoin(places, "price", "city"),
        unknown,
        "leftJoin on 'price', 'city': the right side has no column 'city'; it has: town STRING, price"
            + " DOUBLE. If it is called otherwise there, rename(\"town\", \"city\") it first.");
    fails(
        () -> sales.join(places, "prize"),
        unknown,
        "join on 'prize': the left side has no column 'prize'; it has: city STRING, price DOUBLE. Did"
            + " you mean 'price'?");
    fails(
        () -> sales.join(sales, "city"),
        DuplicateColumnException.class,
        "join on 'city': both sides have a column 'price'; rename one before: rename(\"price\","
            + " \"...\"), or drop(\"price\")");
    fails(
        () -> sales.join(sales.select(col("price").as("city")), "city"),
        TypeMismatchException.class,
        "join on 'city': 'city' is STRING on the left and DOUBLE on the right; cast one of them");
    fails(
        () -> sales.antiJoin(places),
        TypeMismatchException.class,
        "antiJoin: at least one column is needed that both sides have; name it after the other side:"
            + " (other, \"price\")");
    fails(
        () -> sales.union(places),
        TypeMismatchException.class,
        "union: both sides need the same columns in the same order, but here are (city STRING, price"
            + " DOUBLE) and (town STRING, price DOUBLE); select them");
    try (Session other = Session.open(Config.of("drawbar.engine", "local"))) {
      Dataset elsewhere = other.read(Records.of(List.of(new Place("Bern", 2)), Place.class));
      fails(
          () -> sales.union(elsewhere),
          DrawbarException.class,
          "union: the other dataset belongs to another session");
    }
  }

  @Test
  void whatCannotBeDone() {
    fails(
        () -> sales.where(col("price")),
        TypeMismatchException.class,
        "where(price) is DOUBLE; a condition is BOOLEAN");
    fails(
        () -> sales.select("city", "city"),
        DuplicateColumnException.class,
        "select(city, city): two columns are named 'city'; rename one with as(\"...\")");
    fails(
        () -> sales.rename("city", "price"),
        DuplicateColumnException.class,
        "rename(city, price): there is a column 'price' already; drop(\"price\") before, or take another"
            + " name");
    fails(
        () -> sales.sortBy("price desc"),
        UnknownColumnException.class,
        "sortBy(price desc): no column 'price desc'; a direction is said with"
            + " sortBy(col(\"price\").desc())");
    fails(
        () -> sales.sortBy("city", "price ASC"),
        UnknownColumnException.class,
        "sortBy(city, price ASC): no column 'price ASC'; a direction is said with"
            + " sortBy(col(\"price\").asc())");
    fails(
        () -> sales.select(split(col("city"), ",").as("l")).distinct(),
        TypeMismatchException.class,
        "distinct(): groupBy(l): a LIST(STRING) is not a key");
    fails(
        () -> sales.limit(-1), DrawbarException.class, "limit(-1): a number of rows is at least 0");
    fails(
        () -> sales.split(1.5, 42),
        DrawbarException.class,
        "split(1.5, 42): a share is from 0 to 1, not 1.5");
    fails(
        () -> sales.where(explode(split(col("city"), ",")).eq("a")),
        TypeMismatchException.class,
        "where((explode(split(city, \",\")) = 'a')): explode(split(city, \",\")) belongs in a select"
            + " before this");
    Object[] many = new Object[100];
    Arrays.setAll(many, i -> "a column " + i);
    assertThatThrownBy(() -> sales.drop(Arrays.copyOf(many, many.length, String[].class)))
        .hasMessageStartingWith("drop(a column 0, a column 1, ")
        .hasMessageContaining("...: no column 'a column 0'");
  }

  @Test
  void aBadRegularExpressionIsShownWithItsPlace() {
    assertThatThrownBy(() -> split(col("city"), "a(b"))
        .isExactlyInstanceOf(DrawbarException.class)
        .hasMessage(
            "split(city, \"a(b\"): this is no regular expression: Unclosed group at position 3,"
                + " counted from 0; a character like ( or | itself is written \\( or \\|")
        .hasCauseInstanceOf(PatternSyntaxException.class);
  }

  /** Sources are listed on the run's own thread; who waits is told where, all the same. */
  @Test
  void aMissingFileLeadsToTheUsersLine() {
    Dataset missing = session.read(TextFiles.at(folder + "/no.txt"));
    Throwable thrown = catchThrowable(missing::collect);
    assertThat(thrown).isInstanceOf(MissingFileException.class);
    assertThat(thrown.getStackTrace())
        .anySatisfy(
            line -> assertThat(line.getClassName()).isEqualTo(CallErrorsTest.class.getName()))
        .anySatisfy(line -> assertThat(line.getMethodName()).isEqualTo("splits"));
  }

  @Test
  void aFolderWithoutFiles() throws Exception {
    String empty = folder.resolve("empty").toString();
    Files.createDirectories(Path.of(empty, "below"));
    Files.writeString(Path.of(empty, ".hidden"), "x");
    Dataset lines = session.read(TextFiles.at(empty));
    fails(
        lines::collect,
        MissingFileException.class,
        ("no file is in the folder %s, nor in a folder below it, but for those that are not read:"
                + " their names begin with _ or .")
            .formatted(empty));

    Files.writeString(Path.of(empty, "below", "none.txt"), "");
    assertThat(lines.count()).isZero();

    // What a run without rows has written, another one reads.
    String written = folder.resolve("written").toString();
    sales.where(col("price").lt(0)).write(Csv.to(written));
    assertThat(session.read(Csv.of(Sale.class).at(written)).count()).isZero();
  }

  /** The header is read by a task: what went wrong there is the same exception here. */
  @Test
  void aHeaderWithAColumnTwice() throws Exception {
    Path file = Files.writeString(folder.resolve("twice.csv"), "city,price,city\na,1,b\n");
    fails(
        () -> session.read(Csv.of(Sale.class).header().at(file.toString())).count(),
        DuplicateColumnException.class,
        file + " has 2 columns 'city'; its header is: city, price, city. Rename all but one.");
  }

  @Test
  void aPathThatIsNone() {
    String path = folder + "/a\0b";
    fails(
        () -> session.read(TextFiles.at(path)).count(),
        MissingFileException.class,
        "'%s/a\\0b' is no path: Nul character not allowed, at position %s"
            .formatted(folder, path.indexOf('\0')));
  }

  @Test
  void aFunctionThatGivesNull() {
    assertThatThrownBy(() -> sales.as(Sale.class).map(Place.class, s -> null).collect())
        .hasMessageStartingWith(
            "map Sale to Place: the function gave null for (city=Bern, price=2.0) where a Place is"
                + " wanted; leave rows out with filter or flatMap");
  }

  @Test
  void componentsThatAreNoColumns() {
    String but =
        "; a column can be boolean, int, long, double, their boxed forms, String, or a List"
            + " of String, Long, Double or Boolean: use ";
    Class<RecordBindingException> binding = RecordBindingException.class;
    String of = " of record " + CallErrorsTest.class.getName();
    fails(
        () -> Csv.of(Measured.class),
        binding,
        "component 'value'"
            + of
            + "$Measured is a float"
            + but
            + "double, or String where each digit counts");
    fails(
        () -> Csv.of(Exact.class),
        binding,
        "component 'amount'"
            + of
            + "$Exact is a BigDecimal"
            + but
            + "double, or String where each digit counts");
    fails(
        () -> Csv.of(Dated.class),
        binding,
        "component 'day'"
            + of
            + "$Dated is a LocalDate"
            + but
            + "String (2024-01-31 is ordered as the day is), or long (LocalDate.toEpochDay,"
            + " Instant.toEpochMilli)");
    fails(
        () -> Csv.of(Lettered.class),
        binding,
        "component 'grade'" + of + "$Lettered is a char" + but + "String");
  }

  @Test
  void aSessionThatIsClosed() {
    session.close();
    fails(
        () -> sales.collect(),
        EngineException.class,
        "the session is closed, and engine 'local' with it: nothing runs in it any more. Open another"
            + " one, and read in it: datasets belong to their session");
  }
}
