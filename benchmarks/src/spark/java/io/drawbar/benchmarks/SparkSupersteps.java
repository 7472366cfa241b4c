package io.drawbar.benchmarks;

import java.util.function.Supplier;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;

/** A cached RDD of arrays; each superstep is a job, a large state is broadcast. */
final class SparkSupersteps implements Contender {
  private static final int MOST_IN_CLOSURE = 8 << 10;

  private final Supplier<SparkSession> session;
  private JavaRDD<long[]> shares;
  private JavaSparkContext context;

  SparkSupersteps(Supplier<SparkSession> session) {
    this.session = session;
  }

  @Override
  public void prepare(Input input) throws Exception {
    context = new JavaSparkContext(session.get().sparkContext());
    shares = context.parallelize(LocalSupersteps.shares(input, ByHand.CORES), ByHand.CORES).cache();
    shares.count();
  }

  @Override
  public double[] run(Input input) throws Exception {
    return Numbers.run(input, this::sum);
  }

  private long sum(long[] state) {
    if (state.length <= MOST_IN_CLOSURE) {
      return shares.map(values -> Numbers.sum(values, state)).reduce(Long::sum);
    }
    Broadcast<long[]> sent = context.broadcast(state);
    try {
      return shares.map(values -> Numbers.sum(values, sent.value())).reduce(Long::sum);
    } finally {
      sent.destroy(false);
    }
  }
}
