package io.drawbar.feature;

import static io.drawbar.expr.Functions.col;
import static io.drawbar.expr.Functions.dot;
import static io.drawbar.expr.Functions.nullOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawbar.Dataset;
import io.drawbar.Model;
import io.drawbar.ModelContent;
import io.drawbar.Pipeline;
import io.drawbar.PipelineStage;
import io.drawbar.Scorer;
import io.drawbar.Session;
import io.drawbar.config.Config;
import io.drawbar.error.DrawbarException;
import io.drawbar.expr.Expr;
import io.drawbar.io.Records;
import io.drawbar.type.DataType;
import io.drawbar.type.Row;
import io.drawbar.type.VectorType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Each transform of the package, learnt from tame rows, saved, loaded and applied to odd ones: what
 * a {@link Scorer} says of one row is what a batch says of it, to the bit, and what is an error of
 * its row there is one here.
 */
class FeatureScoringTest extends FeatureFixture {
  /** A row before all transforms. */
  record Customer(String city, String text, Double a, Double b, Long n, Boolean flag) {}

  record Index(Long index) {}

  record Terms(List<String> terms) {}

  record Means(Double a, Double n) {}

  record Filled(Double a, Long n, String city, Boolean flag) {}

  /** The elements of a vector, which no record holds as such; null beyond its last. */
  record Elements(
      Double e0,
      Double e1,
      Double e2,
      Double e3,
      Double e4,
      Double e5,
      Double e6,
      Double e7,
      Double e8) {}

  private static final List<Customer> TAME =
      List.of(
          new Customer("Bern", "The horse drew the cart", 1.5, 20.0, 0L, true),
          new Customer("Basel", "a cart", -2.0, 21.5, 1L, false),
          new Customer("Bern", "horse and cart", 0.1, 19.0, 2L, true),
          new Customer("Chur", "the the the", 7.25, -3.0, 1L, true),
          new Customer("Bern", "", 1.5, 1e6, 0L, false),
          new Customer("Basel", "drew", 3.0, 0.0, 1L, true));

  private static final List<Customer> ODD =
      List.of(
          TAME.get(0),
          TAME.get(3),
          new Customer(null, null, null, null, null, null),
          new Customer("Rome", "ÉTÉ été \uD83D\uDE9C", Double.NaN, 1.0, 2L, false),
          new Customer("", "   ", Double.POSITIVE_INFINITY, 1.0, -1L, false),
          new Customer("bern", "The-cart,THE cart", Double.NEGATIVE_INFINITY, 1.0, 3L, true),
          new Customer("Chur", "unheard of", -0.0, -0.0, 0L, true),
          new Customer("Bern", "horse", 1e300, -1e300, Long.MAX_VALUE, null),
          new Customer("Bern", null, -1e9, 5e-324, Long.MIN_VALUE, true),
          new Customer("Basel", "cart", 2.5, null, 1L, false),
          new Customer("Basel", "cart", null, 2.5, 1L, false),
          new Customer(null, "cart", 0.0, Double.NaN, null, false));

  /** A model after which the elements of its vector are columns of their own. */
  private record Unpacked(Model model, String vector) implements Model {
    private static final long serialVersionUID = 1;

    @Override
    public ModelContent content() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Dataset transform(Dataset input) {
      Dataset made = model.transform(input);
      int size = ((VectorType) made.schema().field(vector).type()).size();
      for (int i = 0; i < Elements.class.getRecordComponents().length; i++) {
        double[] one = new double[size];
        if (i < size) {
          one[i] = 1;
        }
        Expr element = i < size ? dot(col(vector), one) : nullOf(DataType.DOUBLE);
        made = made.withColumn("e" + i, element);
      }
      return made;
    }
  }

  private static final VectorAssembler NUMBERS = VectorAssembler.of("a", "b").into("x");

  @TestFactory
  Stream<DynamicTest> oneRowIsScoredAsMany() {
    StringIndexer cities = StringIndexer.on("city").into("index");
    Bucketizer buckets = Bucketizer.on("a").at(-1, 0, 1.5, 2.5).into("index");
    QuantileDiscretizer quantiles = QuantileDiscretizer.on("a").withBuckets(4).into("index");
    Tokenizer terms = Tokenizer.on("text").into("terms");
    HashingTermFrequency counts = HashingTermFrequency.on("terms").into("x").withElements(8);
    return Stream.of(
        scored(Index.class, cities),
        scored(Index.class, cities.unknownAs(Unknown.OWN_INDEX)),
        scored(Index.class, buckets),
        scored(Index.class, buckets.splitsBelow()),
        scored(Index.class, buckets.unknownAs(Unknown.OWN_INDEX)),
        scored(Index.class, quantiles),
        scored(Index.class, quantiles.unknownAs(Unknown.OWN_INDEX)),
        scored(Terms.class, terms),
        scored(Terms.class, terms.separatedBy("[^\\p{L}\\p{N}]+")),
        scored(Means.class, Imputer.on("a", "n")),
        scored(Filled.class, Imputer.on("a", "n").with(Filling.MEDIAN)),
        scored(Filled.class, Imputer.on("a", "n", "city", "flag").with(Filling.MOST_FREQUENT)),
        scored(
            Filled.class,
            Imputer.on("a").withConstant(-1.5),
            Imputer.on("n").withConstant(7),
            Imputer.on("city").withConstant("none"),
            Imputer.on("flag").withConstant(true)),
        scored(Elements.class, VectorAssembler.of("n", "a", "flag").into("x")),
        scored(Elements.class, terms, counts),
        scored(Elements.class, terms, counts, InverseDocumentFrequency.on("x")),
        scored(
            Elements.class, terms, counts, InverseDocumentFrequency.on("x").withLeastDocuments(2)),
        scored(Elements.class, NUMBERS, PolynomialExpansion.on("x").withDegree(3)),
        scored(Elements.class, OneHotEncoder.on("n").into("x")),
        scored(Elements.class, OneHotEncoder.on("n").into("x").droppingLast()),
        scored(
            Elements.class,
            cities.unknownAs(Unknown.OWN_INDEX),
            OneHotEncoder.on("index").into("x")),
        scored(Elements.class, NUMBERS, StandardScaler.on("x")),
        scored(Elements.class, NUMBERS, MinMaxScaler.on("x")),
        scored(Elements.class, NUMBERS, MinMaxScaler.on("x").to(-1, 3)),
        scored(Elements.class, NUMBERS, RobustScaler.on("x")),
        // Of sparse vectors, too.
        scored(Elements.class, terms, counts, StandardScaler.on("x")),
        scored(Elements.class, terms, counts, MinMaxScaler.on("x")),
        scored(Elements.class, terms, counts, RobustScaler.on("x")));
  }

  private <O extends Record> DynamicTest scored(Class<O> out, PipelineStage... stages) {
    return DynamicTest.dynamicTest(Arrays.toString(stages), () -> check(out, stages));
  }

  private <O extends Record> void check(Class<O> out, PipelineStage... stages) {
    try (Session session = Session.open(Config.of("drawbar.block.rows", "4"))) {
      Model model = saved(Pipeline.of(stages).fit(session.read(Records.of(TAME, Customer.class))));
      Model seen = out == Elements.class ? new Unpacked(model, "x") : model;
      Scorer<Customer, O> scorer = seen.scorer(Customer.class, out);
      List<Customer> fine = new ArrayList<>();
      List<Object> scores = new ArrayList<>();
      for (Customer customer : ODD) {
        Object one = outcome(() -> values(scorer.score(customer)));
        Object many = outcome(() -> batch(session, seen, out, List.of(customer)).get(0));
        assertThat(one).as(customer.toString()).isEqualTo(many);
        if (one instanceof List<?>) {
          fine.add(customer);
          scores.add(one);
        }
      }
      assertThat(fine).hasSizeGreaterThan(3);
      assertThat(scores.stream().distinct().count()).isGreaterThan(1);
      assertThat(batch(session, seen, out, fine)).isEqualTo(scores);
    }
  }

  /** What comes of it, or the kind of error. */
  private static Object outcome(Supplier<Object> work) {
    try {
      return work.get();
    } catch (DrawbarException e) {
      return e.getClass().getSimpleName();
    }
  }

  private static List<List<Object>> batch(
      Session session, Model model, Class<? extends Record> out, List<Customer> customers) {
    String[] names =
        Arrays.stream(out.getRecordComponents())
            .map(RecordComponent::getName)
            .toArray(String[]::new);
    List<List<Object>> all = new ArrayList<>();
    Dataset rows = session.read(Records.of(customers, Customer.class));
    for (Row row : model.transform(rows).select(names).collect()) {
      List<Object> values = new ArrayList<>();
      for (int i = 0; i < names.length; i++) {
        values.add(row.value(i));
      }
      all.add(values);
    }
    return all;
  }

  private static List<Object> values(Record score) {
    List<Object> values = new ArrayList<>();
    for (RecordComponent component : score.getClass().getRecordComponents()) {
      try {
        component.getAccessor().setAccessible(true);
        values.add(component.getAccessor().invoke(score));
      } catch (ReflectiveOperationException e) {
        throw new AssertionError(e);
      }
    }
    return values;
  }
}
