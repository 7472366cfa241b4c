package io.drawbar;

import static io.drawbar.expr.Functions.col;
import static io.drawbar.expr.Functions.count;
import static io.drawbar.expr.Functions.explode;
import static io.drawbar.expr.Functions.indexOf;
import static io.drawbar.expr.Functions.lit;
import static io.drawbar.expr.Functions.split;
import static io.drawbar.expr.Functions.vector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.drawbar.config.Config;
import io.drawbar.error.DrawbarException;
import io.drawbar.expr.EvaluationException;
import io.drawbar.expr.TypeMismatchException;
import io.drawbar.feature.StandardScalerModel;
import io.drawbar.feature.VectorAssembler;
import io.drawbar.io.Records;
import io.drawbar.learn.LinearRegressionModel;
import io.drawbar.learn.LogisticRegressionModel;
import io.drawbar.type.DataType;
import io.drawbar.type.RecordBindingException;
import io.drawbar.type.Row;
import io.drawbar.type.UnknownColumnException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class ScorerTest {
  record Customer(int age, Double income, boolean member, String city) {}

  record Wrong(String age, Double income, boolean member) {}

  record Fewer(int age) {}

  record Score(Double prediction, int age) {}

  record Bare(double prediction) {}

  record WrongScore(long prediction) {}

  private static final LinearRegressionModel PLANE =
      new LinearRegressionModel(
          "features",
          List.of("a", "b", "c"),
          List.of(.1, 1 / 3.0, -7.7),
          .3,
          9,
          1,
          0,
          Provenance.none());

  /** A model of a lambda, as users may write. */
  private record Sketch(Transform steps) implements Model {
    private static final long serialVersionUID = 1;

    @Override
    public ModelContent content() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Dataset transform(Dataset input) {
      return steps.transform(input);
    }
  }

  private static final Model MODEL =
      new Sketch(
          d ->
              PLANE.transform(
                  VectorAssembler.of("age", "income", "member").into("features").transform(d)));

  private static List<Customer> customers(int count) {
    Random random = new Random(3);
    List<Customer> customers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Double income = random.nextInt(9) == 0 ? null : Math.scalb(random.nextGaussian(), i % 60);
      customers.add(new Customer(random.nextInt(), income, random.nextBoolean(), "c" + i));
    }
    return customers;
  }

  @Test
  void aScoreHasTheBitsOfTheBatch() {
    List<Customer> customers = customers(5000);
    Scorer<Customer, Score> scorer = MODEL.scorer(Customer.class, Score.class);
    try (Session session = Session.open(Config.of("drawbar.engine", "local"))) {
      Dataset batch = session.read(Records.of(customers, Customer.class)).transform(MODEL);
      List<Row> rows = batch.collect();
      for (int i = 0; i < customers.size(); i++) {
        Score score = scorer.score(customers.get(i));
        assertThat(score.prediction()).isEqualTo(rows.get(i).value("prediction"));
        assertThat(score.age()).isEqualTo(customers.get(i).age());
      }
    }
  }

  record Kinds(
      int small,
      long whole,
      double number,
      boolean flag,
      Integer smallOrNone,
      Long wholeOrNone,
      Double numberOrNone,
      Boolean flagOrNone,
      String text) {}

  @Test
  void componentsOfAllKindsComeThroughAsTheyAre() {
    Model nothing = new Sketch(d -> d.withColumn("unused", col("small").plus(1)));
    Scorer<Kinds, Kinds> scorer = nothing.scorer(Kinds.class, Kinds.class);
    Kinds full = new Kinds(-1, 1L << 40, .1, true, 7, -8L, -0.0, false, "ä");
    Kinds empty = new Kinds(Integer.MIN_VALUE, 0, Double.NaN, false, null, null, null, null, null);
    for (int i = 0; i < 3; i++) {
      assertThat(scorer.score(full)).isEqualTo(full);
      assertThat(scorer.score(empty)).isEqualTo(empty);
    }
    record Narrow(int whole) {}
    Scorer<Kinds, Narrow> narrows = nothing.scorer(Kinds.class, Narrow.class);
    assertThat(narrows.score(empty)).isEqualTo(new Narrow(0));
    assertThatThrownBy(() -> narrows.score(full))
        .isInstanceOf(RecordBindingException.class)
        .hasMessageContaining("'whole' = 1099511627776 does not fit the int of Narrow");
  }

  record Odd(double prediction) {
    Odd {
      if (prediction > 0) {
        throw new IllegalArgumentException("above zero");
      }
    }
  }

  record Sly(int age, Double income, boolean member) {
    @Override
    public int age() {
      throw new IllegalStateException("nobody asks");
    }
  }

  @Test
  void recordsThatRefuseAreNamed() {
    assertThatThrownBy(
            () -> MODEL.scorer(Customer.class, Odd.class).score(new Customer(9, 0.0, false, "a")))
        .isInstanceOf(RecordBindingException.class)
        .hasMessageContaining("Odd refuses")
        .hasMessageContaining("above zero");
    Scorer<Sly, Bare> sly = MODEL.scorer(Sly.class, Bare.class);
    assertThatThrownBy(() -> sly.score(new Sly(1, 1.0, true)))
        .isInstanceOf(RecordBindingException.class)
        .hasMessageEndingWith("Sly.age() failed")
        .hasRootCauseMessage("nobody asks");
  }

  record Point(int a, double b, boolean c) {}

  record Likely(double probability, long prediction) {}

  /** A score is 32 bytes; a row that was boxed and copied would be ten times that. */
  @Test
  void nothingIsAllocatedButTheScore() {
    Model model =
        new Sketch(
            d ->
                new LogisticRegressionModel(
                        "scaled",
                        List.of("a", "b", "c"),
                        DataType.LONG,
                        2,
                        List.of(.5, -.25, 1.0),
                        List.of(.125),
                        9,
                        1,
                        0,
                        1,
                        Provenance.none())
                    .transform(
                        new StandardScalerModel(
                                "features",
                                "scaled",
                                List.of(1.0, 2.0, .5),
                                List.of(2.0, 3.0, .5),
                                Provenance.none())
                            .transform(VectorAssembler.of("a", "b", "c").transform(d))));
    Scorer<Point, Likely> scorer = model.scorer(Point.class, Likely.class);
    Point point = new Point(3, 4, true);
    for (int i = 0; i < 20_000; i++) {
      assertScored(scorer, point);
    }
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 10_000; i++) {
      assertScored(scorer, point);
    }
    long each = (threads.getCurrentThreadAllocatedBytes() - before) / 10_000;
    assertThat(each).isLessThan(64);
  }

  private static void assertScored(Scorer<Point, Likely> scorer, Point point) {
    if (scorer.score(point).prediction() != 1) {
      throw new AssertionError();
    }
  }

  @Test
  void manyThreadsGetTheirOwnScores() throws Exception {
    List<Customer> customers = customers(4000);
    Scorer<Customer, Score> scorer = MODEL.scorer(Customer.class, Score.class);
    List<Score> expected = customers.stream().map(scorer::score).toList();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<Score>> found = new ArrayList<>();
      for (Customer customer : customers) {
        found.add(threads.submit(() -> scorer.score(customer)));
      }
      for (int i = 0; i < expected.size(); i++) {
        assertThat(found.get(i).get()).isEqualTo(expected.get(i));
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void whatIsMissingIsNamed() {
    Scorer<Customer, Bare> scorer = MODEL.scorer(Customer.class, Bare.class);
    assertThatThrownBy(() -> scorer.score(null))
        .isInstanceOf(DrawbarException.class)
        .hasMessage("score(null): what is scored is a record Customer, and here is none");
    assertThatThrownBy(() -> scorer.score(new Customer(30, null, true, null)))
        .isInstanceOf(RecordBindingException.class)
        .hasMessageStartingWith("'prediction' is null in ")
        .hasMessageEndingWith("; in what is scored, 'income' is null");
  }

  @Test
  void mistakesFailWhenTheScorerIsMade() {
    assertThatThrownBy(() -> MODEL.scorer(Fewer.class, Bare.class))
        .isInstanceOf(UnknownColumnException.class)
        .hasMessageStartingWith(
            "record Fewer has not all the components that the model needs: VectorAssembler.of(")
        .hasMessageContaining("): no column 'income'; the columns are: age LONG.");
    assertThatThrownBy(() -> MODEL.scorer(Wrong.class, Bare.class))
        .isInstanceOf(TypeMismatchException.class)
        .hasMessageContaining("'age' is STRING");
    assertThatThrownBy(() -> MODEL.scorer(Customer.class, WrongScore.class))
        .isInstanceOf(RecordBindingException.class)
        .hasMessageContaining("holds LONG, the column is DOUBLE");
    assertThatThrownBy(() -> MODEL.scorer(Customer.class, Wrong.class))
        .isInstanceOf(RecordBindingException.class);
    record Absent(double predicted) {}
    assertThatThrownBy(() -> MODEL.scorer(Customer.class, Absent.class))
        .isInstanceOf(UnknownColumnException.class)
        .hasMessageContaining("no column 'predicted'");
  }

  @Test
  void aModelThatBringsRowsTogetherHasNoScorer() {
    record Counted(long n) {}
    Model groups = new Sketch(d -> d.groupBy("city").agg(count().as("n")));
    assertThatThrownBy(() -> groups.scorer(Customer.class, Counted.class))
        .isInstanceOf(UnsupportedModelException.class)
        .hasMessageContaining("brings rows together")
        .hasMessageContaining("by [city]");
    Model limits = new Sketch(d -> d.limit(5).withColumn("n", col("age")));
    assertThatThrownBy(() -> limits.scorer(Customer.class, Counted.class))
        .isInstanceOf(UnsupportedModelException.class)
        .hasMessageContaining("brings rows together");
    Model looks = new Sketch(d -> d.withColumn("n", col("age").plus(d.count())));
    assertThatThrownBy(() -> looks.scorer(Customer.class, Counted.class))
        .isInstanceOf(UnsupportedModelException.class)
        .hasMessageContaining("looks at its rows");
  }

  @Test
  void aRowThatIsDroppedOrMultipliedIsAnError() {
    record Word(String city) {}
    Model drops = new Sketch(d -> d.where(col("age").gt(0)));
    Scorer<Customer, Word> scorer = drops.scorer(Customer.class, Word.class);
    assertThat(scorer.score(new Customer(1, 1.0, true, "a")).city()).isEqualTo("a");
    assertThatThrownBy(() -> scorer.score(new Customer(-1, 1.0, true, "a")))
        .isInstanceOf(DrawbarException.class)
        .hasMessageContaining("0 rows of Customer[age=-1");
    Model multiplies = new Sketch(d -> d.select(explode(split(col("city"), ",")).as("city")));
    assertThatThrownBy(
            () ->
                multiplies
                    .scorer(Customer.class, Word.class)
                    .score(new Customer(1, 1.0, true, "a,b")))
        .isInstanceOf(DrawbarException.class)
        .hasMessageContaining("2 rows of");
  }

  @Test
  void anErrorInARowDoesNotSpoilTheScorer() {
    record Number(long city) {}
    Model casts = new Sketch(d -> d.withColumn("city", col("city").cast(DataType.LONG)));
    Scorer<Customer, Number> scorer = casts.scorer(Customer.class, Number.class);
    assertThatThrownBy(() -> scorer.score(new Customer(1, 1.0, true, "x")))
        .isInstanceOf(EvaluationException.class)
        .hasMessageContaining("'x' is not a LONG");
    assertThat(scorer.score(new Customer(1, 1.0, true, "17")).city()).isEqualTo(17);
    assertThatThrownBy(() -> scorer.score(new Customer(1, 1.0, true, null)))
        .isInstanceOf(RecordBindingException.class)
        .hasMessageContaining("declare it as its boxed type");
  }

  record Asked(Double income, String city) {}

  record Answer(Double prediction) {}

  /**
   * Where a part of a vector has become null before another one refuses the row, the vector of the
   * row before must not come back.
   */
  @Test
  void aRefusedRowCostsNoCopyAndLeavesNothingBehind() {
    List<String> labels = List.of("a", "b", "c");
    Model model =
        new Sketch(
            d ->
                PLANE.transform(
                    d.withColumn(
                        "features",
                        vector(
                            col("income").plus(1.0),
                            indexOf(col("city"), labels).cast(DataType.DOUBLE),
                            lit(2.0)))));
    List<Asked> rows =
        List.of(
            new Asked(7.5, "b"),
            new Asked(null, "x"),
            new Asked(null, "c"),
            new Asked(2.5, "x"),
            new Asked(.1, "a"),
            new Asked(null, "a"),
            new Asked(-1e9, "c"));
    Scorer<Asked, Answer> scorer = model.scorer(Asked.class, Answer.class);
    Scorer<Asked, Bare> strict = model.scorer(Asked.class, Bare.class);
    for (int round = 0; round < 3; round++) {
      for (Asked row : rows) {
        if (row.city().equals("x")) {
          assertThatThrownBy(() -> scorer.score(row)).isInstanceOf(EvaluationException.class);
          assertThatThrownBy(() -> strict.score(row)).isInstanceOf(EvaluationException.class);
        } else {
          Double fresh = model.scorer(Asked.class, Answer.class).score(row).prediction();
          assertThat(fresh == null).isEqualTo(row.income() == null);
          assertThat(scorer.score(row).prediction()).as("%s", row).isEqualTo(fresh);
          if (fresh == null) {
            assertThatThrownBy(() -> strict.score(row)).isInstanceOf(RecordBindingException.class);
          } else {
            assertThat(strict.score(row).prediction()).isEqualTo(fresh);
          }
        }
        assertThat(List.of(scorer.idle(), strict.idle())).containsExactly(1, 1);
      }
    }
  }

  private static int made;

  record Counting(double prediction) {
    Counting {
      made++;
      if (prediction > 0) {
        throw new IllegalArgumentException("above zero");
      }
    }
  }

  record Broken(double prediction) {
    Broken {
      if (prediction > 0) {
        throw new AssertionError("broken");
      }
    }
  }

  record BrokenOrNot(double prediction, Integer age) {
    BrokenOrNot {
      if (prediction > 0) {
        throw new AssertionError("broken");
      }
    }
  }

  record Torn(int age, Double income, boolean member) {
    @Override
    public int age() {
      throw new AssertionError("torn");
    }
  }

  @Test
  void aConstructorIsCalledOnceAndErrorsComeAsTheyAre() {
    Customer customer = new Customer(9, 0.0, false, "a");
    made = 0;
    assertThatThrownBy(() -> MODEL.scorer(Customer.class, Counting.class).score(customer))
        .isInstanceOf(RecordBindingException.class)
        .hasRootCauseMessage("above zero");
    assertThat(made).isEqualTo(1);
    assertThatThrownBy(() -> MODEL.scorer(Customer.class, Broken.class).score(customer))
        .isInstanceOf(AssertionError.class)
        .hasMessage("broken");
    assertThatThrownBy(() -> MODEL.scorer(Customer.class, BrokenOrNot.class).score(customer))
        .isInstanceOf(AssertionError.class)
        .hasMessage("broken");
    assertThatThrownBy(() -> MODEL.scorer(Torn.class, Bare.class).score(new Torn(1, 1.0, true)))
        .isInstanceOf(AssertionError.class)
        .hasMessage("torn");
  }
}
