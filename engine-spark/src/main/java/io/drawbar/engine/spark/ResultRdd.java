package io.drawbar.engine.spark;

import java.util.List;
import java.util.function.Supplier;
import org.apache.spark.Dependency;
import org.apache.spark.OneToOneDependency;
import org.apache.spark.Partition;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskContext;
import org.apache.spark.rdd.RDD;
import scala.Tuple2;
import scala.collection.Iterator;
import scala.collection.immutable.List$;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * The frames that the stages of a graph's result emit, as an RDD that a program uses when it likes:
 * files are not looked at, and nothing is run, before Spark asks where it comes from.
 */
final class ResultRdd extends RDD<Tuple2<Integer, byte[]>> {

  private static final ClassTag<Tuple2<Integer, byte[]>> FRAMES =
      ClassTag$.MODULE$.apply(Tuple2.class);

  /** On the driver only, which is where Spark asks. */
  private final transient Supplier<Translation> translator;

  private transient Translation translation;
  private transient RDD<Tuple2<Integer, byte[]>> translated;

  ResultRdd(SparkContext context, Supplier<Translation> translator) {
    super(context, List$.MODULE$.<Dependency<?>>empty(), FRAMES);
    this.translator = translator;
  }

  /** Of the graph; made when it is first asked for. */
  synchronized Translation translation() {
    if (translation == null) {
      translation = translator.get();
    }
    return translation;
  }

  private synchronized RDD<Tuple2<Integer, byte[]>> translated() {
    if (translated == null) {
      translated = translation().results().rdd();
    }
    return translated;
  }

  @Override
  public Seq<Dependency<?>> getDependencies() {
    List<Dependency<?>> one = List.of(new OneToOneDependency<>(translated()));
    return CollectionConverters.asScala(one).toSeq();
  }

  @Override
  public Partition[] getPartitions() {
    return translated().partitions();
  }

  @Override
  public Iterator<Tuple2<Integer, byte[]>> compute(Partition partition, TaskContext context) {
    return this.<Tuple2<Integer, byte[]>>firstParent(FRAMES).iterator(partition, context);
  }
}
