package io.drawbar.engine.spark;

import java.io.Serializable;
import java.nio.ByteBuffer;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * Bytes for all tasks of a job: they travel with it while they are few, and as a broadcast else.
 */
final class Parcel implements Serializable, AutoCloseable {
  private static final long serialVersionUID = 1;

  /* Spark broadcasts a job's code anyway; each task then decodes it anew. A broadcast of our own costs
   * another round of messages, and is decoded once an executor. */
  private static final int MOST_WITH_THE_JOB = 64 << 10;

  private static final ClassTag<Object> ANYTHING = ClassTag$.MODULE$.Object();

  private final byte[] bytes;
  private final Broadcast<byte[]> broadcast;

  private Parcel(byte[] bytes, Broadcast<byte[]> broadcast) {
    this.bytes = bytes;
    this.broadcast = broadcast;
  }

  static Parcel of(JavaSparkContext spark, byte[] bytes) {
    return bytes.length <= MOST_WITH_THE_JOB
        ? new Parcel(bytes, null)
        : new Parcel(null, spark.broadcast(bytes));
  }

  /** Code: encoded once, and decoded only where it is run. */
  static Parcel ofCode(JavaSparkContext spark, Serializable code) {
    ByteBuffer encoded =
        SparkEnv.get().closureSerializer().newInstance().<Object>serialize(code, ANYTHING);
    byte[] bytes = new byte[encoded.remaining()];
    encoded.get(bytes);
    return of(spark, bytes);
  }

  /** In a task: what was sent. */
  byte[] bytes() {
    return broadcast == null ? bytes : broadcast.value();
  }

  /** In a task: the code that was sent. */
  <T> T code(Class<T> type) {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    return type.cast(
        SparkEnv.get()
            .closureSerializer()
            .newInstance()
            .<Object>deserialize(ByteBuffer.wrap(bytes()), loader, ANYTHING));
  }

  /** On the driver: no task will ask for it any more. */
  @Override
  public void close() {
    if (broadcast != null) {
      broadcast.destroy(false);
    }
  }
}
