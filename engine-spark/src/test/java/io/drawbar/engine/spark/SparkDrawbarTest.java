package io.drawbar.engine.spark;

import static io.drawbar.expr.Functions.avg;
import static io.drawbar.expr.Functions.count;
import static io.drawbar.expr.Functions.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbar.Dataset;
import io.drawbar.Session;
import io.drawbar.Transform;
import io.drawbar.config.Config;
import io.drawbar.io.Records;
import io.drawbar.learn.LinearRegression;
import io.drawbar.learn.LinearRegressionModel;
import io.drawbar.spi.EngineException;
import io.drawbar.spi.Layout;
import io.drawbar.type.DataType;
import io.drawbar.type.Field;
import io.drawbar.type.Schema;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rows of DataFrames as datasets. */
@Timeout(60)
class SparkDrawbarTest extends AttachedSpark {
  record Reading(String machine, double temperature) {}

  /** 100,000 rows in 5 partitions: five batches and more each. */
  @Test
  void aggregatesTheRowsOfADataFrame() {
    long count = 100_000;
    List<io.drawbar.type.Row> groups =
        dataset(numbers(count))
            .groupBy("key")
            .agg(sum("n").as("sum"), avg("x").as("average"), count().as("rows"))
            .collect();
    assertThat(groups).hasSize(7);
    for (io.drawbar.type.Row group : groups) {
      long key = group.longValue("key");
      long[] members = LongStream.range(0, count).filter(n -> n % 7 == key).toArray();
      assertThat(group.longValue("rows")).isEqualTo(members.length);
      assertThat(group.longValue("sum")).isEqualTo(LongStream.of(members).sum());
      // Quarters of whole numbers below 2^40: each sum is exact, so one rounding is left.
      assertThat(group.value("average"))
          .isEqualTo(LongStream.of(members).sum() / 4.0 / members.length);
    }
  }

  /** However Spark has divided the rows: where order counts, it is that of the content. */
  @Test
  void resultsDoNotDependOnPartitions() {
    Dataset one = dataset(numbers(9000).coalesce(1));
    Dataset seven = dataset(numbers(9000).repartition(7));
    assertThat(seven.collect()).isEqualTo(one.collect()).hasSize(9000);
    assertThat(seven.limit(10).collect()).isEqualTo(one.limit(10).collect());
    LinearRegression trainer = LinearRegression.on("features").predicting("n");
    Transform features = io.drawbar.feature.VectorAssembler.of("key", "x").into("features");
    LinearRegressionModel expected = trainer.fit(one.transform(features));
    LinearRegressionModel model = trainer.fit(seven.transform(features));
    assertThat(model.coefficients()).isEqualTo(expected.coefficients());
    assertThat(model.intercept()).isEqualTo(expected.intercept());
  }

  @Test
  void rowsAreTakenAsTheyArriveIfThatWillDo() {
    List<io.drawbar.type.Row> some = dataset(numbers(9000)).asArrives().limit(10).collect();
    assertThat(some).hasSize(10).doesNotHaveDuplicates();
    assertThat(dataset(numbers(10)).asArrives().collect()).hasSize(10);
  }

  @Test
  void aDataFrameHasNoOrderAndKeepsItsSchema() {
    DataFrameSource source = new DataFrameSource(numbers(3));
    assertThat(source.isOrdered()).isFalse();
    assertThat(source.schema())
        .isEqualTo(
            new Schema(
                List.of(
                    Field.optional("key", DataType.LONG),
                    Field.required("n", DataType.LONG),
                    Field.optional("x", DataType.DOUBLE))));
  }

  /** Results of a shuffle of the program's own are its own: they are not cleaned up with ours. */
  @Test
  void readsADataFrameOfAShuffleTwice() {
    org.apache.spark.sql.Dataset<Row> shuffled =
        numbers(1000).groupBy("key").agg(functions.sum("n").as("n"));
    Dataset dataset = dataset(shuffled).groupBy("key").agg(sum("n").as("n"));
    for (int i = 0; i < 2; i++) {
      assertThat(dataset.agg(sum("n").as("n")).collect().get(0).longValue("n")).isEqualTo(499_500);
    }
  }

  @Test
  void aDataFrameWithoutPartitionsHasNoRows() {
    assertThat(dataset(spark.emptyDataFrame().selectExpr("1L AS n")).count()).isZero();
    StructType schema = new StructType().add("n", DataTypes.LongType);
    assertThat(dataset(spark.createDataFrame(List.<Row>of(), schema)).count()).isZero();
    assertThat(
            dataset(
                    spark.createDataFrame(
                        spark
                            .sparkContext()
                            .emptyRDD(scala.reflect.ClassTag$.MODULE$.apply(Row.class)),
                        schema))
                .count())
        .isZero();
  }

  @Test
  void twoSessionsOnOneSparkWorkSideBySide() {
    Session other = SparkDrawbar.session(spark, Config.of("drawbar.parallelism", "3"));
    Dataset here = dataset(numbers(700));
    Dataset there = SparkDrawbar.dataset(other, numbers(70));
    assertThat(there.count()).isEqualTo(70);
    assertThat(here.count()).isEqualTo(700);
    other.close();
    assertThatThrownBy(there::count).hasMessageContaining("closed");
    assertThatThrownBy(() -> SparkDrawbar.toDataFrame(there)).hasMessageContaining("closed");
    assertThat(here.count()).isEqualTo(700);
  }

  @Test
  void otherEnginesRefuseADataFrame() {
    try (Session local = Session.open(Config.of("drawbar.engine", "local"))) {
      org.apache.spark.sql.Dataset<Row> frame = numbers(3);
      assertThatThrownBy(() -> SparkDrawbar.dataset(local, frame))
          .isInstanceOf(EngineException.class)
          .hasMessageContaining("needs a session on Spark, and this one is on engine 'local'");
      Dataset records = local.read(Records.of(List.of(new Reading("a", 1)), Reading.class));
      assertThatThrownBy(() -> SparkDrawbar.toDataFrame(records))
          .isInstanceOf(EngineException.class)
          .hasMessageContaining("SparkDrawbar.session(spark)");
      assertThatThrownBy(local.read(new DataFrameSource(frame))::count)
          .isInstanceOf(EngineException.class)
          .hasMessageContaining("SparkDrawbar.session(spark)");
    }
    DataFrameSource source = new DataFrameSource(numbers(3));
    assertThatThrownBy(() -> source.splits(new Layout(1, 1, 1), 1, 1))
        .isInstanceOf(EngineException.class);
  }

  /** A session that was opened has a Spark, too; one that has stopped cannot be attached to. */
  @Test
  void anOpenSessionSaysHowToAttach() {
    assertThatThrownBy(() -> Session.open(Config.of("drawbar.engine", "spark")))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("SparkDrawbar.session(sparkSession)");
  }
}
