package io.drawbar.engine.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbar.Session;
import io.drawbar.type.DataType;
import io.drawbar.type.Row;
import io.drawbar.type.Schema;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** An environment of a program's own with a session attached to it, and streams of pairs. */
@Timeout(120)
abstract class PairsFixture {
  static final int ROWS = 10_000;

  static final TypeInformation<Tuple2<Long, String>> PAIRS = Types.TUPLE(Types.LONG, Types.STRING);

  /** How often functions of the program's have failed. */
  static final AtomicInteger FAILURES = new AtomicInteger();

  static volatile CountDownLatch begun;

  StreamExecutionEnvironment environment;
  Session session;

  @BeforeEach
  final void open() {
    FAILURES.set(0);
    environment = StreamExecutionEnvironment.createLocalEnvironment(2);
    session = FlinkDrawbar.session(environment);
  }

  @AfterEach
  final void close() {
    session.close();
  }

  static Tuple2<Long, String> pair(long n) {
    return Tuple2.of(n % 1000, n % 7 == 0 ? null : "text " + n % 13);
  }

  /** Rows that come several times each, with nulls. */
  final DataStream<Tuple2<Long, String>> pairs(int tasks) {
    return environment
        .fromSequence(0, ROWS - 1)
        .map(PairsFixture::pair)
        .returns(PAIRS)
        .setParallelism(tasks);
  }

  final List<Row> rows(DataStream<Tuple2<Long, String>> pairs) {
    Schema schema =
        Schema.empty()
            .with("f0", DataType.LONG)
            .with(io.drawbar.type.Field.optional("f1", DataType.STRING));
    return FlinkDrawbar.dataset(session, pairs, schema).collect();
  }

  static void isAllOf(List<Row> rows) {
    Comparator<String> order = Comparator.naturalOrder();
    List<String> expected =
        LongStream.range(0, ROWS)
            .mapToObj(n -> pair(n).f0 + " " + pair(n).f1)
            .sorted(order)
            .toList();
    assertThat(rows.stream().map(row -> row.value(0) + " " + row.value(1)).sorted(order).toList())
        .isEqualTo(expected);
  }

  /** Of 10,000, in the middle; the first two times that anybody comes there. */
  static Tuple2<Long, String> failTwice(Tuple2<Long, String> pair) {
    if (pair.f0 == 500 && FAILURES.incrementAndGet() <= 2) {
      throw new IllegalStateException("planted");
    }
    return pair;
  }
}
