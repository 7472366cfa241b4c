package io.drawbar.engine.mapreduce;

import io.drawbar.Session;
import io.drawbar.config.Config;
import io.drawbar.spi.EngineException;
import io.drawbar.spi.Source;
import io.drawbar.type.Schema;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.mapreduce.InputFormat;

/**
 * Drawbar in a program that has a Hadoop {@link Configuration} of its own.
 *
 * <pre>{@code
 * Job job = Job.getInstance(configuration);
 * FileInputFormat.addInputPath(job, new Path("/logs"));
 * Source source =
 *     MapReduceDrawbar.inputFormat(
 *         job.getConfiguration(),
 *         SequenceFileInputFormat.class,
 *         schema,
 *         (Text page, LongWritable visits) -> Row.of(schema, page.toString(), visits.get()));
 * try (Session session = MapReduceDrawbar.session(configuration)) {
 *   session.read(source).groupBy("page").agg(sum("visits").as("visits")).show();
 * }
 * }</pre>
 */
public final class MapReduceDrawbar {

  private MapReduceDrawbar() {}

  /** A session on the Hadoop of a configuration, with the settings of Drawbar found as always. */
  public static Session session(Configuration configuration) {
    return session(configuration, Config.load());
  }

  /**
   * A session on the Hadoop of a configuration, which is copied. What it says goes before what this
   * engine would set, and {@code drawbar.mapreduce.conf.*} before both.
   *
   * @throws EngineException if it names a cluster that does not answer
   */
  public static Session session(Configuration configuration, Config config) {
    return Session.attach(new MapReduceEngine(Hadoop.of(configuration, config)), config);
  }

  /**
   * The records of an input format, for a session on any engine that has Hadoop on its class path.
   * The format's own splits are its units, so its rows are without order: where order is observed,
   * they are sorted by content.
   *
   * @param configuration says what the input is, as for a job; copied, and shipped to tasks
   * @param format the class of an input format of {@code org.apache.hadoop.mapreduce}
   * @param schema what the rows are
   * @param mapping makes a row of a record
   * @param <K> the type of its keys
   * @param <V> the type of its values
   */
  public static <K, V> Source inputFormat(
      Configuration configuration,
      Class<? extends InputFormat> format,
      Schema schema,
      RowMapping<K, V> mapping) {
    return new InputFormatSource<>(configuration, format, schema, mapping);
  }
}
