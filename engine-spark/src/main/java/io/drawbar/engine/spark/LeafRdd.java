package io.drawbar.engine.spark;

import io.drawbar.spi.Split;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.Dependency;
import org.apache.spark.Partition;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskContext;
import org.apache.spark.rdd.RDD;
import scala.collection.Iterator;
import scala.collection.immutable.List$;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;

/** The splits of a source, one partition a task, each shipped with its own splits and no others. */
final class LeafRdd extends RDD<Split> {

  /* What Spark itself offers, makeRDD with preferences, ships partitions with spark.serializer, which in
   * a program that attaches may be Kryo; partitions of an RDD of our own travel with the task, whose
   * serializer is always Java's. */

  private static final int HOSTS = 3;

  /** On the driver only. */
  private final transient List<List<Split>> tasks;

  LeafRdd(SparkContext context, List<List<Split>> tasks) {
    super(context, List$.MODULE$.<Dependency<?>>empty(), ClassTag$.MODULE$.apply(Split.class));
    this.tasks = tasks;
  }

  @Override
  public Partition[] getPartitions() {
    Partition[] partitions = new Partition[tasks.size()];
    for (int i = 0; i < partitions.length; i++) {
      partitions[i] = new Task(i, tasks.get(i));
    }
    return partitions;
  }

  @Override
  public Iterator<Split> compute(Partition partition, TaskContext context) {
    return CollectionConverters.asScala(((Task) partition).splits().iterator());
  }

  @Override
  public Seq<String> getPreferredLocations(Partition partition) {
    return CollectionConverters.asScala(hosts(((Task) partition).splits())).toSeq();
  }

  /** The hosts that hold most of the bytes. */
  static List<String> hosts(List<Split> splits) {
    Map<String, Long> bytes = new HashMap<>();
    for (Split split : splits) {
      split.locations().forEach(host -> bytes.merge(host, split.bytes() + 1, Long::sum));
    }
    return bytes.entrySet().stream()
        .sorted(
            Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(HOSTS)
        .map(Map.Entry::getKey)
        .toList();
  }

  private record Task(int index, List<Split> splits) implements Partition {}
}
