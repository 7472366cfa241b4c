package io.drawbar.engine.spark;

import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.ShuffledRDD;
import scala.Tuple2;
import scala.reflect.ClassTag$;

/** Moves frames to the tasks they are addressed to: one of Spark's shuffles. */
final class Exchange {

  private Exchange() {}

  /** One partition a receiver, of the frames addressed to it with their address. */
  static ShuffledRDD<Integer, byte[], byte[]> to(
      int receivers, JavaRDD<Tuple2<Integer, byte[]>> frames) {
    ShuffledRDD<Integer, byte[], byte[]> shuffled =
        new ShuffledRDD<>(
            frames.rdd(),
            new Receivers(receivers),
            ClassTag$.MODULE$.apply(Integer.class),
            ClassTag$.MODULE$.apply(byte[].class),
            ClassTag$.MODULE$.apply(byte[].class));
    return shuffled.setSerializer(new FrameSerializer());
  }

  /** A frame's key is the partition it goes to. */
  private static final class Receivers extends Partitioner {
    private static final long serialVersionUID = 1;

    private final int count;

    Receivers(int count) {
      this.count = count;
    }

    @Override
    public int numPartitions() {
      return count;
    }

    @Override
    public int getPartition(Object key) {
      return (Integer) key;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Receivers that && that.count == count;
    }

    @Override
    public int hashCode() {
      return count;
    }
  }
}
