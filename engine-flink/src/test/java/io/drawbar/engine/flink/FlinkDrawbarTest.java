package io.drawbar.engine.flink;

import static io.drawbar.expr.Functions.avg;
import static io.drawbar.expr.Functions.col;
import static io.drawbar.expr.Functions.count;
import static io.drawbar.expr.Functions.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbar.Dataset;
import io.drawbar.Session;
import io.drawbar.config.Config;
import io.drawbar.error.DrawbarException;
import io.drawbar.expr.EvaluationException;
import io.drawbar.feature.VectorAssembler;
import io.drawbar.io.Records;
import io.drawbar.learn.LinearRegression;
import io.drawbar.learn.LinearRegressionModel;
import io.drawbar.spi.BadRowException;
import io.drawbar.spi.EngineException;
import io.drawbar.type.DataType;
import io.drawbar.type.Field;
import io.drawbar.type.ListType;
import io.drawbar.type.Row;
import io.drawbar.type.Schema;
import io.drawbar.type.VectorType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.ExecutionEnvironment;
import org.apache.flink.api.java.io.DiscardingOutputFormat;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Sessions attached to an environment, and the ways of rows into them and out again. */
@Timeout(120)
class FlinkDrawbarTest {

  private static final int ROWS = 10_000;

  /** How often elements have passed a step of the program's. */
  private static final AtomicInteger SEEN = new AtomicInteger();

  private StreamExecutionEnvironment environment;
  private Session session;

  /** A POJO as Flink knows them. */
  public static final class Reading {
    public String machine;
    public int number;
    public float temperature;
    public Double weight;
  }

  @BeforeEach
  void open() {
    SEEN.set(0);
    environment = StreamExecutionEnvironment.createLocalEnvironment(2);
    session = FlinkDrawbar.session(environment);
  }

  @AfterEach
  void close() {
    session.close();
  }

  private static Reading reading(long n) {
    Reading reading = new Reading();
    reading.machine = "m" + n % 5;
    reading.number = (int) n;
    reading.temperature = n / 4f;
    reading.weight = n % 3 == 0 ? null : n * 0.1;
    return reading;
  }

  private DataStream<Reading> readings() {
    return environment.fromData(LongStream.range(0, ROWS).mapToObj(n -> reading(n)).toList());
  }

  @Test
  void pojosAreRows() {
    Dataset dataset = FlinkDrawbar.dataset(session, readings().rebalance());
    assertThat(dataset.schema().fields())
        .containsExactlyInAnyOrder(
            Field.optional("machine", DataType.STRING),
            Field.required("number", DataType.LONG),
            Field.required("temperature", DataType.DOUBLE),
            Field.optional("weight", DataType.DOUBLE));
    List<Row> rows =
        dataset
            .where(col("number").ge(5))
            .groupBy("machine")
            .agg(count().as("n"), sum("number").as("sum"), avg("temperature").as("average"))
            .collect();
    assertThat(rows).hasSize(5);
    for (Row row : rows) {
      long machine = row.stringValue("machine").charAt(1) - '0';
      long n = ROWS / 5 - 1;
      long total = LongStream.range(5, ROWS).filter(i -> i % 5 == machine).sum();
      assertThat(row.longValue("n")).isEqualTo(n);
      assertThat(row.longValue("sum")).isEqualTo(total);
      assertThat(row.doubleValue("average")).isEqualTo(total / 4.0 / n);
    }
    assertThat(dataset.agg(count(col("weight")).as("n")).collect().get(0).longValue("n"))
        .isEqualTo(ROWS - (ROWS + 2) / 3);
  }

  @Test
  void tuplesAndRowsAreRows() {
    DataStream<Tuple2<Integer, String>> tuples =
        environment.fromData(Tuple2.of(1, "a"), Tuple2.of(2, "b"));
    assertThat(sorted(FlinkDrawbar.dataset(session, tuples).collect()))
        .extracting(row -> row.value(0), row -> row.value(1))
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(1L, "a"),
            org.assertj.core.groups.Tuple.tuple(2L, "b"));
    Schema schema =
        Schema.empty()
            .with("x", new VectorType(2))
            .with("words", new ListType(DataType.STRING))
            .with(Field.optional("y", DataType.BOOLEAN));
    DataStream<org.apache.flink.types.Row> unnamed =
        environment
            .fromData(1)
            .map(
                i ->
                    org.apache.flink.types.Row.of(
                        new double[] {1, 2}, new String[] {"a", null}, null))
            .returns(
                Types.ROW(
                    Types.PRIMITIVE_ARRAY(Types.DOUBLE),
                    Types.OBJECT_ARRAY(Types.STRING),
                    Types.BOOLEAN));
    Row row = FlinkDrawbar.dataset(session, unnamed, schema).collect().get(0);
    assertThat((double[]) row.value(0)).containsExactly(1, 2);
    assertThat(row.value(1)).isEqualTo(Arrays.asList("a", null));
    assertThat(row.value(2)).isNull();
  }

  private static List<Row> sorted(List<Row> rows) {
    return rows.stream().sorted(Comparator.comparing(row -> row.value(0).toString())).toList();
  }

  @Test
  void whatTheProgramDoesBeforeRunsInTheSameJob() {
    DataStream<Tuple2<String, Integer>> sums =
        readings()
            .rebalance()
            .map(reading -> Tuple2.of(reading.machine, reading.number))
            .returns(Types.TUPLE(Types.STRING, Types.INT))
            .setParallelism(5)
            .keyBy(pair -> pair.f0)
            .sum(1)
            .setParallelism(3);
    // Of a batch, Flink gives the last sum only.
    assertThat(sorted(FlinkDrawbar.dataset(session, sums).collect()))
        .extracting(row -> row.value(1))
        .containsExactlyElementsOf(
            LongStream.range(0, 5)
                .mapToObj(m -> LongStream.range(0, ROWS).filter(n -> n % 5 == m).sum())
                .toList());
  }

  @Test
  void streamsHaveNoOrderAndResultsAreTheSameAllTheSame() {
    List<List<Row>> collected = new ArrayList<>();
    List<LinearRegressionModel> models = new ArrayList<>();
    for (int tasks : List.of(1, 3)) {
      DataStream<Reading> shuffled = readings().rebalance().map(r -> r).setParallelism(tasks);
      Dataset dataset = FlinkDrawbar.dataset(session, shuffled).where(col("weight").isNotNull());
      collected.add(dataset.collect());
      models.add(
          LinearRegression.on("x")
              .predicting("weight")
              .fit(dataset.transform(VectorAssembler.of("temperature").into("x"))));
    }
    assertThat(collected.get(0)).hasSizeGreaterThan(ROWS / 2).isEqualTo(collected.get(1));
    assertThat(models.get(0)).isEqualTo(models.get(1));
  }

  @Test
  void theProgramsOwnStreamsAreLeftAlone() throws Exception {
    DataStream<Reading> readings = readings();
    readings
        .map(
            reading -> {
              SEEN.incrementAndGet();
              return reading.number;
            })
        .sinkTo(new DiscardingSink<>());
    int before = environment.getTransformations().size();
    Dataset dataset = FlinkDrawbar.dataset(session, readings);
    assertThat(dataset.count()).isEqualTo(ROWS);
    assertThat(SEEN).hasValue(0);
    assertThat(environment.getTransformations()).hasSize(before);
    environment.execute();
    assertThat(SEEN).hasValue(ROWS);
  }

  @Test
  void rowsThatAreNoneAreErrorsInTheData() {
    DataStream<Integer> one = environment.fromData(1, 2, 3);
    DataStream<Reading> readings =
        one.map(
            i -> {
              SEEN.incrementAndGet();
              return reading(i);
            });
    Schema required = Schema.empty().with(Field.required("weight", DataType.DOUBLE));
    assertThatThrownBy(() -> FlinkDrawbar.dataset(session, readings, required).collect())
        .isInstanceOf(BadRowException.class)
        .hasMessageContaining("column 'weight'")
        .hasMessageContaining("is null");
    assertThat(SEEN).as("nothing was tried again").hasValue(3);
  }

  @Test
  void whatCannotBeADatasetIsRefusedAtOnce() {
    assertThatThrownBy(
            () -> FlinkDrawbar.dataset(session, environment.fromSequence(0, Long.MAX_VALUE)))
        .isInstanceOf(DrawbarException.class)
        .hasMessageContaining("Long")
        .hasMessageContaining("map them to rows");
    DataStream<Tuple2<Integer, BigDecimal>> decimals =
        environment.fromData(Tuple2.of(1, BigDecimal.ONE));
    assertThatThrownBy(() -> FlinkDrawbar.dataset(session, decimals))
        .isInstanceOf(DrawbarException.class)
        .hasMessageContaining("column 'f1'")
        .hasMessageContaining("BigDecimal")
        .hasMessageContaining("map()");
    Schema wrong = Schema.empty().with("machine", DataType.LONG);
    assertThatThrownBy(() -> FlinkDrawbar.dataset(session, readings(), wrong))
        .isInstanceOf(DrawbarException.class)
        .hasMessageContaining("column 'machine' of type LONG")
        .hasMessageContaining("declare it as STRING");
    Schema missing = Schema.empty().with("price", DataType.LONG);
    assertThatThrownBy(() -> FlinkDrawbar.dataset(session, readings(), missing))
        .isInstanceOf(DrawbarException.class)
        .hasMessageContaining("column 'price'")
        .hasMessageContaining("[machine, number, temperature, weight]");
    DataStream<Tuple2<Long, Long>> unbounded =
        environment
            .socketTextStream("localhost", 1)
            .map(line -> Tuple2.of(1L, 2L))
            .returns(Types.TUPLE(Types.LONG, Types.LONG));
    assertThatThrownBy(() -> FlinkDrawbar.dataset(session, unbounded))
        .isInstanceOf(DrawbarException.class)
        .hasMessageContaining("unbounded source 'Socket Stream'");
  }

  @Test
  void sessionsOfOthersAreRefused() {
    try (Session local = Session.open()) {
      assertThatThrownBy(() -> FlinkDrawbar.dataset(local, readings()))
          .isInstanceOf(EngineException.class)
          .hasMessageContaining("runs on 'local'")
          .hasMessageContaining("FlinkDrawbar.session");
      assertThatThrownBy(() -> FlinkDrawbar.toDataStream(records(local)))
          .isInstanceOf(EngineException.class)
          .hasMessageContaining("runs on 'local'");
    }
    try (Session own = Session.open(Config.of("drawbar.engine", "flink"))) {
      assertThatThrownBy(() -> FlinkDrawbar.toDataStream(records(own)))
          .isInstanceOf(EngineException.class)
          .hasMessageContaining("FlinkDrawbar.session(environment)");
    }
    StreamExecutionEnvironment other = StreamExecutionEnvironment.createLocalEnvironment(1);
    try (Session second = FlinkDrawbar.session(other)) {
      assertThatThrownBy(() -> FlinkDrawbar.dataset(second, readings()))
          .isInstanceOf(EngineException.class)
          .hasMessageContaining("its own environment");
    }
  }

  private static Dataset records(Session session) {
    Schema schema =
        Schema.empty()
            .with("n", DataType.LONG)
            .with("x", new VectorType(2))
            .with(Field.optional("words", new ListType(DataType.STRING)));
    List<Row> rows =
        LongStream.range(0, ROWS)
            .mapToObj(
                n ->
                    Row.of(
                        schema,
                        n,
                        new double[] {n, -n},
                        n % 2 == 0 ? null : Arrays.asList("w" + n, null)))
            .toList();
    return session.read(Records.of(schema, rows));
  }

  @Test
  void datasetsAreStreams() throws Exception {
    for (RuntimeExecutionMode mode :
        List.of(RuntimeExecutionMode.STREAMING, RuntimeExecutionMode.BATCH)) {
      environment.setRuntimeMode(mode);
      Dataset dataset = records(session).where(col("n").lt(9_000));
      DataStream<org.apache.flink.types.Row> stream = FlinkDrawbar.toDataStream(dataset);
      List<org.apache.flink.types.Row> rows = new ArrayList<>();
      try (CloseableIterator<org.apache.flink.types.Row> all = stream.executeAndCollect()) {
        all.forEachRemaining(rows::add);
      }
      rows.sort(Comparator.comparing(row -> (Long) row.getField("n")));
      assertThat(rows).hasSize(9_000);
      for (int n = 0; n < rows.size(); n++) {
        assertThat(rows.get(n).getField("n")).isEqualTo((long) n);
        assertThat((double[]) rows.get(n).getField("x")).containsExactly(n, -n);
        assertThat((String[]) rows.get(n).getField("words"))
            .isEqualTo(n % 2 == 0 ? null : new String[] {"w" + n, null});
      }
    }
  }

  @Test
  void streamsGoThroughAnExchangeAndBack() throws Exception {
    Dataset grouped =
        FlinkDrawbar.dataset(session, readings()).groupBy("machine").agg(count().as("n"));
    List<String> rows = new ArrayList<>();
    try (CloseableIterator<String> all =
        FlinkDrawbar.toDataStream(grouped)
            .map(row -> row.getField("machine") + " " + row.getField("n"))
            .executeAndCollect()) {
      all.forEachRemaining(rows::add);
    }
    assertThat(rows)
        .containsExactlyInAnyOrder("m0 2000", "m1 2000", "m2 2000", "m3 2000", "m4 2000");
  }

  @Test
  void errorsInTheDataAreTheRootOfWhatTheJobFailsWith() {
    Dataset overflowing = records(session).select(col("n").plus(Long.MAX_VALUE).as("n"));
    FlinkDrawbar.toDataStream(overflowing).sinkTo(new DiscardingSink<>());
    assertThatThrownBy(() -> environment.execute())
        .rootCause()
        .isInstanceOf(EvaluationException.class);
  }

  @Test
  void checkpointsThatWouldCountRowsTwiceAreRefused() throws Exception {
    environment.enableCheckpointing(1_000);
    FlinkDrawbar.toDataStream(records(session)).sinkTo(new DiscardingSink<>());
    assertThatThrownBy(() -> environment.execute())
        .rootCause()
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("cannot be part of a checkpoint");
    environment.setRuntimeMode(RuntimeExecutionMode.BATCH);
    FlinkDrawbar.toDataStream(records(session)).sinkTo(new DiscardingSink<>());
    environment.execute();
  }

  @Test
  void dataSetsAreRows() throws Exception {
    ExecutionEnvironment sets = ExecutionEnvironment.createLocalEnvironment(2);
    var rows =
        sets.fromCollection(LongStream.range(0, ROWS).mapToObj(n -> reading(n)).toList())
            .rebalance()
            .map(
                reading -> {
                  SEEN.incrementAndGet();
                  return reading;
                });
    rows.output(new DiscardingOutputFormat<>());
    Dataset dataset = FlinkDrawbar.dataset(session, rows);
    assertThat(SEEN).hasValue(0);
    Row total = dataset.agg(count().as("n"), sum("number").as("sum")).collect().get(0);
    assertThat(total.longValue("n")).isEqualTo(ROWS);
    assertThat(total.longValue("sum")).isEqualTo((long) ROWS * (ROWS - 1) / 2);
    assertThat(dataset.count()).isEqualTo(ROWS);
    assertThat(SEEN).as("its job ran once, and without its own sink").hasValue(ROWS);
    Schema required = Schema.empty().with(Field.required("weight", DataType.DOUBLE));
    assertThatThrownBy(() -> FlinkDrawbar.dataset(session, rows, required).collect())
        .isInstanceOf(BadRowException.class)
        .hasMessageContaining("column 'weight'");
  }

  @Test
  void twoSessionsShareAnEnvironment() {
    try (Session second = FlinkDrawbar.session(environment)) {
      Dataset one = FlinkDrawbar.dataset(session, readings());
      Dataset two = FlinkDrawbar.dataset(second, readings());
      assertThat(one.count()).isEqualTo(two.count());
    }
    assertThat(FlinkDrawbar.dataset(session, readings()).count()).isEqualTo(ROWS);
  }
}
