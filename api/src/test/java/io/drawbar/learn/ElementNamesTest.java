package io.drawbar.learn;

import static io.drawbar.expr.Functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbar.Dataset;
import io.drawbar.Model;
import io.drawbar.Pipeline;
import io.drawbar.PipelineModel;
import io.drawbar.Session;
import io.drawbar.Transform;
import io.drawbar.config.Config;
import io.drawbar.expr.TypeMismatchException;
import io.drawbar.feature.OneHotEncoder;
import io.drawbar.feature.StandardScaler;
import io.drawbar.feature.StringIndexer;
import io.drawbar.feature.Unknown;
import io.drawbar.feature.VectorAssembler;
import io.drawbar.io.Records;
import io.drawbar.type.DataType;
import io.drawbar.type.Row;
import io.drawbar.type.Schema;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Elements are named by the columns they come of, through whatever lies in between. */
class ElementNamesTest {
  record House(double area, long rooms, String city, double price) {}

  record City(String city, double tax) {}

  private static final StringIndexer INDEXER = StringIndexer.on("city");

  @TempDir private Path folder;
  private Session session;
  private Dataset houses;

  @BeforeEach
  void open() {
    session = Session.open(Config.of("drawbar.engine", "local"));
    List<House> rows = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      String city = i % 5 == 0 ? "Chur" : i % 3 == 0 ? "Thun" : "Bern";
      rows.add(new House(50 + i * 7 % 11, 1 + i % 4, city, 3 * i));
    }
    houses = session.read(Records.of(rows, House.class));
  }

  @AfterEach
  void close() {
    session.close();
  }

  private Dataset assembled(String... columns) {
    return houses.transform(VectorAssembler.of(columns));
  }

  @Test
  void columnsAndExpressions() {
    assertThat(assembled("area", "rooms").elementNames("features"))
        .containsExactly("area", "rooms");
    Dataset kept =
        assembled("area", "rooms")
            .where(col("area").gt(0))
            .sortBy("price")
            .limit(30)
            .select(col("features").as("f"), col("city"))
            .rename("f", "x")
            .sample(.5, 1)
            .cache()
            .join(session.read(Records.of(List.of(new City("Bern", 1)), City.class)), "city");
    assertThat(kept.elementNames("x")).containsExactly("area", "rooms");
    assertThat(
            kept.lookup(kept.select("city", "tax").rename("tax", "more"), "city").elementNames("x"))
        .containsExactly("area", "rooms");
  }

  @Test
  void vectorsOfVectors() {
    Schema schema = Schema.empty().with("given", DataType.vector(2)).with("n", DataType.LONG);
    Dataset rows = session.read(Records.of(schema, List.of(Row.of(schema, new double[2], 1L))));
    assertThat(rows.elementNames("given")).containsExactly("given[0]", "given[1]");
    assertThat(rows.transform(VectorAssembler.of("n", "given").into("x")).elementNames("x"))
        .containsExactly("n", "given[0]", "given[1]");
    assertThatThrownBy(() -> rows.elementNames("n"))
        .isInstanceOf(TypeMismatchException.class)
        .hasMessage("elementNames(n): the column is LONG, not a vector");
  }

  @Test
  void labels() {
    Dataset indexed = houses.transform(INDEXER.fit(houses));
    Dataset encoded = indexed.transform(OneHotEncoder.on("cityIndex").into("hot").fit(indexed));
    assertThat(encoded.transform(VectorAssembler.of("area", "hot")).elementNames("features"))
        .containsExactly("area", "city=Bern", "city=Thun", "city=Chur");

    Dataset open = houses.transform(INDEXER.unknownAs(Unknown.OWN_INDEX).fit(houses));
    Dataset four =
        open.union(open.withColumn("cityIndex", col("cityIndex").times(0).plus(3)))
            .transform(
                OneHotEncoder.on("cityIndex")
                    .into("hot")
                    .fit(open.withColumn("cityIndex", col("cityIndex").times(0).plus(3))));
    // Branches have made the index in two ways.
    assertThat(four.elementNames("hot"))
        .containsExactly("cityIndex=0", "cityIndex=1", "cityIndex=2", "cityIndex=3");
  }

  @Test
  void branchesOfAUnion() {
    Dataset same = assembled("area", "rooms").union(assembled("area", "rooms"));
    assertThat(same.elementNames("features")).containsExactly("area", "rooms");
    Dataset other = assembled("area", "rooms").union(assembled("rooms", "area"));
    assertThat(other.elementNames("features")).containsExactly("features[0]", "features[1]");
  }

  @Test
  void aPipelineAndItsModelAreReadable() throws Exception {
    Pipeline pipeline =
        Pipeline.of(
            INDEXER,
            OneHotEncoder.on("cityIndex").into("hot").droppingLast(),
            VectorAssembler.of("area", "rooms", "hot").into("features"),
            StandardScaler.on("features"),
            LinearRegression.on("features").predicting("price"));
    assertThat(pipeline)
        .hasToString(
            """
            Pipeline.of(
                StringIndexer.on("city").into("cityIndex"),
                OneHotEncoder.on("cityIndex").into("hot").droppingLast(),
                VectorAssembler.of("area", "rooms", "hot").into("features"),
                StandardScaler.on("features"),
                LinearRegression.on("features").predicting("price"))""");

    PipelineModel model = pipeline.fit(houses);
    assertThat(model.toString())
        .startsWith(
            """
            pipeline of 5 stages:
              1. string indexer of 'city' into 'cityIndex': 3 labels (Bern, Thun, Chur)
              2. one-hot encoder of 'cityIndex' into 'hot': 3 categories, no element for the last
              3. VectorAssembler.of("area", "rooms", "hot").into("features")
              4. standard scaler of 'features': 4 elements
              5. linear regression on 'features': 40 rows, R²\
            """);
    assertThat(model.toString().lines().skip(6).map(line -> line.strip().split(" ")[0]))
        .containsExactly("intercept", "area", "rooms", "city=Bern", "city=Thun");

    model.save(folder.resolve("model"));
    assertThat(Model.load(folder.resolve("model"))).hasToString(model.toString());
    assertThat(
            Pipeline.of((Transform) rows -> rows, VectorAssembler.of("area"))
                .fit(houses)
                .toString())
        .contains("  1. a function\n  2. VectorAssembler.of(\"area\")");
  }

  @Test
  void aModelOfManyElementsIsNotPrintedInFull() {
    List<Double> coefficients = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 1060; i++) {
      coefficients.add(1.0);
      names.add("x[" + i + "]");
    }
    LinearRegressionModel model =
        new LinearRegressionModel(
            "x", names, coefficients, 0, 9, 1, 0, io.drawbar.Provenance.none());
    assertThat(model.toString().lines()).hasSize(53).last().isEqualTo("  and 1,010 more");
  }

  @Test
  void errorsBehindAScalerNameTheColumn() {
    Dataset constant = houses.withColumn("rooms", col("rooms").times(0).plus(3));
    assertThatThrownBy(
            () ->
                Pipeline.of(
                        VectorAssembler.of("area", "rooms"),
                        StandardScaler.on("features"),
                        LinearRegression.on("features").predicting("price"))
                    .fit(constant))
        .isInstanceOf(SingularMatrixException.class)
        .hasMessage(
            "LinearRegression.on(\"features\").predicting(\"price\"): 'rooms' is constant, and beside"
                + " an intercept it says nothing; leave it out of the vector");
  }
}
