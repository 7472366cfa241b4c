package io.drawbar;

import static io.drawbar.expr.Functions.col;
import static io.drawbar.expr.Functions.indexOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.drawbar.config.Config;
import io.drawbar.error.DrawbarException;
import io.drawbar.feature.Filling;
import io.drawbar.feature.Imputer;
import io.drawbar.feature.MinMaxScaler;
import io.drawbar.feature.StandardScaler;
import io.drawbar.feature.VectorAssembler;
import io.drawbar.internal.plan.LogicalPlan;
import io.drawbar.io.Csv;
import io.drawbar.io.Records;
import io.drawbar.learn.KMeans;
import io.drawbar.learn.LinearRegression;
import io.drawbar.learn.LogisticRegression;
import io.drawbar.type.DataType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What trainers in a pipeline say of empty cells, and that its ways out can be taken. */
class MissingValuesTest {
  record Point(double x, Double y, double z) {}

  record Flagged(Boolean isNew, Double y, double z) {}

  private static final String FROM = " cannot be learned from: 1 null in 'y'. ";
  private static final String WAYS =
      "Leave them out with where(col(\"y\").isNotNull()) before 'features' is made, or fill them in:"
          + " Imputer.on(\"y\") as a first stage of the pipeline";

  @TempDir private Path folder;
  private Session session;
  private Dataset points;

  @BeforeEach
  void open() throws IOException {
    session = Session.open(Config.of("drawbar.engine", "local"));
    Path file = folder.resolve("points.csv");
    Files.writeString(file, "x,y,z\n1,2,0\n2,,1\n4,1,0\n3,7,1\n5,6,0\n");
    points = session.read(Csv.of(Point.class).header().at(file.toString()));
  }

  @AfterEach
  void close() {
    session.close();
  }

  /** A pipeline with what is given, between an assembler and whatever else. */
  private static Pipeline pipeline(PipelineStage... stages) {
    PipelineStage[] all = new PipelineStage[stages.length + 1];
    all[0] = VectorAssembler.of("x", "y");
    System.arraycopy(stages, 0, all, 1, stages.length);
    return Pipeline.of(all);
  }

  private static List<Trainer<?>> trainers() {
    return List.of(
        StandardScaler.on("features"),
        MinMaxScaler.on("features"),
        KMeans.on("features").withClusters(2),
        LinearRegression.on("features").predicting("z"),
        LogisticRegression.on("features").predicting("z").withL2(1));
  }

  @Test
  void theColumnOfTheDataIsNamed() {
    for (Trainer<?> trainer : trainers()) {
      assertThatThrownBy(() -> pipeline(trainer).fit(points))
          .hasMessageStartingWith(trainer.toString())
          .hasMessageContaining(FROM)
          .hasMessageEndingWith(WAYS);
    }
  }

  @Test
  void bothWaysOutCanBeTaken() {
    for (Trainer<?> trainer : trainers()) {
      Dataset left = points.where(col("y").isNotNull());
      assertThat(pipeline(trainer).fit(left).transform(left).count()).isEqualTo(4);
      Pipeline filling = Pipeline.of(Imputer.on("y"), pipeline(trainer));
      assertThat(filling.fit(points).transform(points).count()).isEqualTo(5);
    }
  }

  @Test
  void throughScalersAndRenamedColumns() {
    Dataset renamed = points.rename("y", "why").where(col("x").gt(1)).cache();
    Dataset assembled =
        renamed
            .transform(VectorAssembler.of("x", "why"))
            .transform(VectorAssembler.of("features", "z").into("more"));
    assertThatThrownBy(() -> StandardScaler.on("more").fit(assembled))
        .hasMessageContaining("1 null in 'why'. Leave them out with where(col(\"why\")")
        .hasMessageContaining("before 'more' is made");
  }

  @Test
  void columnsThatAreNoNumbers() {
    List<Flagged> rows =
        List.of(new Flagged(null, 1.0, 1), new Flagged(true, null, 2), new Flagged(null, 2.0, 3));
    Dataset flagged = session.read(Records.of(rows, Flagged.class));
    Pipeline pipeline =
        Pipeline.of(VectorAssembler.of("y", "isNew"), StandardScaler.on("features"));
    assertThatThrownBy(() -> pipeline.fit(flagged))
        .hasMessageContaining(
            "3 rows cannot be learned from: 2 null in 'isNew', 1 null in 'y'. Leave them out with"
                + " where(col(\"isNew\").isNotNull().and(col(\"y\").isNotNull())) before 'features'"
                + " is made, or fill them in: Imputer.on(\"y\") and"
                + " Imputer.on(\"isNew\").with(Filling.MOST_FREQUENT) as a first stage");
    Pipeline filling =
        Pipeline.of(Imputer.on("y"), Imputer.on("isNew").with(Filling.MOST_FREQUENT), pipeline);
    assertThat(filling.fit(flagged).transform(flagged).count()).isEqualTo(3);
  }

  /** Of 60 steps there are 10^12 ways back, and two columns. */
  @Test
  void manyWaysBackAreGoneOnce() {
    Dataset steps = points;
    for (int i = 0; i < 30; i++) {
      steps =
          steps.withColumn("x", col("x").plus(col("y"))).withColumn("y", col("x").minus(col("y")));
    }
    Dataset made = points.withColumn("sum", col("x").plus(col("y")));
    assertThat(ElementNames.columns(made.transform(VectorAssembler.of("sum")).plan(), "features"))
        .containsExactly("x", "y");
    LogicalPlan plan = steps.transform(VectorAssembler.of("x", "y", "z")).plan();
    assertThat(
            assertTimeoutPreemptively(
                Duration.ofMinutes(1), () -> ElementNames.columns(plan, "features")))
        .containsExactly("z");
  }

  /** What cannot be counted is not named; what is to be explained is said all the same. */
  @Test
  void aCountThatFailsHidesNothing() {
    Dataset assembled =
        points
            .withColumn("label", col("x").cast(DataType.STRING))
            .withColumn("index", indexOf(col("label"), List.of("nothing")))
            .transform(VectorAssembler.of("index", "y"));
    assertThatThrownBy(() -> assembled.select("index").collect())
        .isInstanceOf(DrawbarException.class);
    MissingValues missing = MissingValues.of(assembled, "features");
    assertThat(missing.found(3)).isEqualTo("3 null in 'features'");
    assertThat(missing.leaving()).isEqualTo("where(col(\"features\").isNotNull())");
    assertThat(missing.filling()).isEmpty();
  }
}
