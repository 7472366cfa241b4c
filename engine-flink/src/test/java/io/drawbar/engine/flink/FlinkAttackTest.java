package io.drawbar.engine.flink;

import static io.drawbar.expr.Functions.count;
import static io.drawbar.expr.Functions.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbar.Dataset;
import io.drawbar.RunControl;
import io.drawbar.RunListener;
import io.drawbar.RunReport;
import io.drawbar.Session;
import io.drawbar.io.Records;
import io.drawbar.spi.BadRowException;
import io.drawbar.spi.EngineException;
import io.drawbar.spi.UnmappedTypeException;
import io.drawbar.type.DataType;
import io.drawbar.type.Row;
import io.drawbar.type.Schema;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.restartstrategy.RestartStrategies;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.ExecutionEnvironment;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.IterativeStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.types.RowKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams and sets that are broken, empty, cut otherwise, or belong to sessions that are gone. */
@Timeout(120)
class FlinkAttackTest {
  private static final int ROWS = 10_000;

  private static final TypeInformation<Tuple2<Long, String>> PAIRS =
      Types.TUPLE(Types.LONG, Types.STRING);

  /** How often functions of the program's have failed. */
  private static final AtomicInteger FAILURES = new AtomicInteger();

  private static volatile CountDownLatch begun;
  private static volatile CountDownLatch ended;

  private StreamExecutionEnvironment environment;
  private Session session;

  @BeforeEach
  void open() {
    FAILURES.set(0);
    environment = StreamExecutionEnvironment.createLocalEnvironment(2);
    session = FlinkDrawbar.session(environment);
  }

  @AfterEach
  void close() {
    session.close();
  }

  private static Tuple2<Long, String> pair(long n) {
    return Tuple2.of(n % 1000, n % 7 == 0 ? null : "text " + n % 13);
  }

  /** Rows that come several times each, with nulls. */
  private DataStream<Tuple2<Long, String>> pairs(int tasks) {
    return environment
        .fromSequence(0, ROWS - 1)
        .map(FlinkAttackTest::pair)
        .returns(PAIRS)
        .setParallelism(tasks);
  }

  private List<Row> rows(DataStream<Tuple2<Long, String>> pairs) {
    Schema schema =
        Schema.empty()
            .with("f0", DataType.LONG)
            .with(io.drawbar.type.Field.optional("f1", DataType.STRING));
    return FlinkDrawbar.dataset(session, pairs, schema).collect();
  }

  private static void isAllOf(List<Row> rows) {
    Comparator<String> order = Comparator.naturalOrder();
    List<String> expected =
        LongStream.range(0, ROWS)
            .mapToObj(n -> pair(n).f0 + " " + pair(n).f1)
            .sorted(order)
            .toList();
    assertThat(rows.stream().map(row -> row.value(0) + " " + row.value(1)).sorted(order).toList())
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void rowsAreNeitherLostNorDoubledWhenAttemptsFail(int tasks) {
    DataStream<Tuple2<Long, String>> failing =
        pairs(tasks)
            .rebalance()
            .map(FlinkAttackTest::failTwice)
            .returns(PAIRS)
            .setParallelism(tasks);
    isAllOf(rows(failing));
    assertThat(FAILURES).as("planted").hasValueGreaterThan(2);
  }

  /** Of 10,000, in the middle; the first two times that anybody comes there. */
  private static Tuple2<Long, String> failTwice(Tuple2<Long, String> pair) {
    if (pair.f0 == 500 && FAILURES.incrementAndGet() <= 2) {
      throw new IllegalStateException("planted");
    }
    return pair;
  }

  @Test
  void aStreamThatAlwaysFailsIsAnErrorOfTheEngine() {
    DataStream<Tuple2<Long, String>> failing =
        pairs(2)
            .map(
                pair -> {
                  if (pair.f0 == 500) {
                    throw new IllegalStateException("planted");
                  }
                  return pair;
                })
            .returns(PAIRS);
    assertThatThrownBy(() -> rows(failing))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("IllegalStateException: planted")
        .hasMessageContaining("in none of its stages");
    isAllOf(rows(pairs(2)));
  }

  @Test
  void partitionsMayBeEmptyAndSoMayAll() {
    DataStream<Tuple2<Long, String>> few = pairs(7).filter(pair -> pair.f0 == 3 && pair.f1 != null);
    assertThat(rows(few)).isNotEmpty().allMatch(row -> row.longValue("f0") == 3);
    DataStream<Tuple2<Long, String>> none = pairs(7).filter(pair -> pair.f0 < 0);
    assertThat(rows(none)).isEmpty();
    Dataset empty = FlinkDrawbar.dataset(session, none);
    assertThat(empty.groupBy("f1").agg(count().as("n")).collect()).isEmpty();
    assertThat(empty.agg(sum("f0").as("sum"), count().as("n")).collect().get(0).value("n"))
        .isEqualTo(0L);
  }

  @Test
  void theEnvironmentMayBeSetOtherwise() {
    environment.setRuntimeMode(RuntimeExecutionMode.STREAMING);
    environment.enableCheckpointing(10);
    environment.getConfig().enableObjectReuse();
    isAllOf(rows(pairs(2)));
    environment.disableOperatorChaining();
    isAllOf(rows(pairs(2)));
    environment.setParallelism(7);
    environment.setMaxParallelism(9);
    isAllOf(rows(pairs(7)));
  }

  @Test
  void longTextsEndABatch() {
    DataStream<Tuple2<Long, String>> longTexts =
        environment
            .fromSequence(0, 39)
            .map(n -> Tuple2.of(n, ("" + n % 10).repeat(4 << 20)))
            .returns(PAIRS)
            .setParallelism(1);
    Dataset dataset = FlinkDrawbar.dataset(session, longTexts);
    assertThat(
            dataset
                .groupBy("f1")
                .agg(count().as("n"))
                .agg(sum("n").as("n"))
                .collect()
                .get(0)
                .value("n"))
        .isEqualTo(40L);
  }

  @Test
  void thereIsOneNaN() {
    double payload = Double.longBitsToDouble(0xfff8_0000_0000_1234L);
    DataStream<Tuple2<Double, double[]>> stream =
        environment
            .fromData(1)
            .map(n -> Tuple2.of(payload, new double[] {payload, -0.0}))
            .returns(Types.TUPLE(Types.DOUBLE, Types.PRIMITIVE_ARRAY(Types.DOUBLE)));
    Schema schema = Schema.empty().with("f0", DataType.DOUBLE).with("f1", DataType.vector(2));
    Row row = FlinkDrawbar.dataset(session, stream, schema).collect().get(0);
    assertThat(Double.doubleToRawLongBits(row.doubleValue("f0")))
        .isEqualTo(Double.doubleToRawLongBits(Double.NaN));
    double[] vector = (double[]) row.value(1);
    assertThat(Double.doubleToRawLongBits(vector[0]))
        .isEqualTo(Double.doubleToRawLongBits(Double.NaN));
    assertThat(vector[1]).isEqualTo(-0.0);
  }

  @Test
  void arraysOfObjectsAreVectorsToo() {
    DataStream<Tuple2<Long, Double[]>> stream =
        environment
            .fromData(1L)
            .map(n -> Tuple2.of(n, new Double[] {1.0, 2.0}))
            .returns(Types.TUPLE(Types.LONG, Types.OBJECT_ARRAY(Types.DOUBLE)));
    Schema schema = Schema.empty().with("f1", DataType.vector(2));
    assertThat((double[]) FlinkDrawbar.dataset(session, stream, schema).collect().get(0).value(0))
        .containsExactly(1, 2);
  }

  /** An update of a changelog is no row; counted as one, sums would be wrong. */
  @Test
  void changelogsAreRefused() {
    List<org.apache.flink.types.Row> changes = new ArrayList<>();
    for (RowKind kind : List.of(RowKind.INSERT, RowKind.UPDATE_BEFORE, RowKind.UPDATE_AFTER)) {
      changes.add(org.apache.flink.types.Row.ofKind(kind, 1L));
    }
    DataStream<org.apache.flink.types.Row> changelog =
        environment.fromData(changes, Types.ROW_NAMED(new String[] {"n"}, Types.LONG));
    assertThatThrownBy(() -> FlinkDrawbar.dataset(session, changelog).collect())
        .isInstanceOf(BadRowException.class)
        .hasMessageContaining("of kind UPDATE_BEFORE")
        .hasMessageContaining("changelog");
  }

  @Test
  @SuppressWarnings("deprecation") // Iterations, which a batch has not.
  void whatFlinkDoesNotTranslateIsAnErrorOfTheEngine() {
    IterativeStream<Tuple2<Long, String>> loop = pairs(2).iterate(100);
    DataStream<Tuple2<Long, String>> again = loop.map(pair -> pair).returns(PAIRS);
    loop.closeWith(again.filter(pair -> false));
    assertThatThrownBy(() -> rows(again))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("teration");
  }

  /** Such as vectors of Flink's own library. */
  public static final class SparseVector {
    private final int size;

    SparseVector(int size) {
      this.size = size;
    }
  }

  @Test
  void typesWithoutACounterpartAreNamed() {
    for (TypeInformation<?> type :
        List.of(
            Types.BIG_DEC,
            Types.BIG_INT,
            Types.SQL_TIMESTAMP,
            Types.LOCAL_DATE,
            Types.INSTANT,
            Types.CHAR,
            Types.VOID,
            Types.MAP(Types.STRING, Types.LONG),
            Types.GENERIC(SparseVector.class))) {
      DataStream<org.apache.flink.types.Row> stream =
          environment
              .fromData(1)
              .map(n -> org.apache.flink.types.Row.of((Object) null))
              .returns(Types.ROW_NAMED(new String[] {"c"}, type));
      assertThatThrownBy(() -> FlinkDrawbar.dataset(session, stream))
          .as("%s", type)
          .isInstanceOf(UnmappedTypeException.class)
          .hasMessageContaining("column 'c' of the stream is of type " + type);
    }
  }

  @Test
  void aStreamOfASessionThatIsClosedSaysSo() {
    DataStream<org.apache.flink.types.Row> stream;
    try (Session closed = FlinkDrawbar.session(environment)) {
      stream =
          FlinkDrawbar.toDataStream(
              closed.read(Records.of(Schema.empty().with("n", DataType.LONG), List.of())));
    }
    stream.sinkTo(new DiscardingSink<>());
    assertThatThrownBy(() -> environment.execute())
        .rootCause()
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("session")
        .hasMessageContaining("closed");
  }

  @Test
  void aRunOfAStreamIsCancelled() throws Exception {
    begun = new CountDownLatch(1);
    CompletableFuture<RunControl> control = new CompletableFuture<>();
    session.listen(
        new RunListener() {
          @Override
          public void started(RunControl run) {
            control.complete(run);
          }

          @Override
          public void finished(RunReport report) {}
        });
    DataStream<Tuple2<Long, String>> slow =
        pairs(2)
            .map(
                pair -> {
                  begun.countDown();
                  Thread.sleep(10_000);
                  return pair;
                })
            .returns(PAIRS);
    Thread cancelling =
        new Thread(
            () -> {
              try {
                begun.await(60, TimeUnit.SECONDS);
                control.join().cancel(); // tasks may be at work before it is told
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    cancelling.start();
    assertThatThrownBy(() -> rows(slow))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("cancelled");
    cancelling.join();
    isAllOf(rows(pairs(2)));
  }

  @Test
  void sessionsMayBeClosedWhileOthersOnTheEnvironmentGoOn() throws Exception {
    begun = new CountDownLatch(1);
    Session second = FlinkDrawbar.session(environment);
    DataStream<Tuple2<Long, String>> slow =
        pairs(2)
            .map(
                pair -> {
                  begun.countDown();
                  Thread.sleep(10_000);
                  return pair;
                })
            .returns(PAIRS);
    Dataset waiting = FlinkDrawbar.dataset(second, slow);
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                waiting.count();
              } catch (Throwable e) {
                failure.set(e);
              }
            });
    thread.start();
    assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
    second.close();
    thread.join();
    assertThat(failure.get()).isInstanceOf(EngineException.class).hasMessageContaining("cancelled");
    isAllOf(rows(pairs(2)));
    assertThatThrownBy(waiting::count).hasMessageContaining("closed");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void aDataSetWhoseAttemptsFailIsReadOnce(int tasks) {
    ExecutionEnvironment sets = ExecutionEnvironment.createLocalEnvironment(tasks);
    sets.setRestartStrategy(RestartStrategies.fixedDelayRestart(5, 1));
    var failing =
        sets.generateSequence(0, ROWS - 1)
            .map(FlinkAttackTest::pair)
            .returns(PAIRS)
            .rebalance()
            .map(FlinkAttackTest::failTwice)
            .returns(PAIRS);
    isAllOf(FlinkDrawbar.dataset(session, failing).collect());
    assertThat(FAILURES).as("planted").hasValueGreaterThan(2);
  }

  @Test
  void aDataSetThatAlwaysFailsIsAnErrorOfTheEngine() {
    ExecutionEnvironment sets = ExecutionEnvironment.createLocalEnvironment(2);
    var failing =
        sets.generateSequence(0, 9)
            .map(
                n -> {
                  if (n == 5) {
                    throw new IllegalStateException("planted");
                  }
                  return pair(n);
                })
            .returns(PAIRS);
    Dataset dataset = FlinkDrawbar.dataset(session, failing);
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(dataset::count)
          .isInstanceOf(EngineException.class)
          .hasMessageContaining("the job of a DataSet failed")
          .hasMessageContaining("planted");
    }
  }

  @Test
  void theJobOfADataSetIsCancelled() throws Exception {
    begun = new CountDownLatch(1);
    ended = new CountDownLatch(1);
    ExecutionEnvironment sets = ExecutionEnvironment.createLocalEnvironment(2);
    var slow =
        sets.generateSequence(0, 9)
            .map(
                n -> {
                  begun.countDown();
                  return pair(sleeping(n));
                })
            .returns(PAIRS);
    Dataset dataset = FlinkDrawbar.dataset(session, slow);
    Thread waiting = Thread.currentThread();
    Thread interrupting =
        new Thread(
            () -> {
              try {
                begun.await(60, TimeUnit.SECONDS);
                waiting.interrupt();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    interrupting.start();
    assertThatThrownBy(dataset::count)
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("interrupted");
    assertThat(Thread.interrupted()).isTrue();
    assertThat(ended.await(60, TimeUnit.SECONDS)).as("its tasks are interrupted").isTrue();
    isAllOf(rows(pairs(2)));
  }

  private static long sleeping(long n) throws InterruptedException {
    try {
      Thread.sleep(60_000);
    } catch (InterruptedException e) {
      ended.countDown();
      throw e;
    }
    return n;
  }
}
