package io.drawbar.benchmarks;

import io.drawbar.Model;
import io.drawbar.Pipeline;
import io.drawbar.PipelineModel;
import io.drawbar.Scorer;
import io.drawbar.Session;
import io.drawbar.config.Config;
import io.drawbar.feature.StandardScaler;
import io.drawbar.feature.StandardScalerModel;
import io.drawbar.feature.VectorAssembler;
import io.drawbar.io.Csv;
import io.drawbar.learn.LogisticRegression;
import io.drawbar.learn.LogisticRegressionModel;
import io.drawbar.type.DataType;
import io.drawbar.type.Field;
import io.drawbar.type.Schema;
import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One row at a time through a pipeline that assembles 100 features, scales them and asks a logistic
 * model: what a web service waits for, and what its garbage collector gets to do.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class ScoreBenchmark {

  /** What is scored. */
  public record Given(
      double x0,
      double x1,
      double x2,
      double x3,
      double x4,
      double x5,
      double x6,
      double x7,
      double x8,
      double x9,
      double x10,
      double x11,
      double x12,
      double x13,
      double x14,
      double x15,
      double x16,
      double x17,
      double x18,
      double x19,
      double x20,
      double x21,
      double x22,
      double x23,
      double x24,
      double x25,
      double x26,
      double x27,
      double x28,
      double x29,
      double x30,
      double x31,
      double x32,
      double x33,
      double x34,
      double x35,
      double x36,
      double x37,
      double x38,
      double x39,
      double x40,
      double x41,
      double x42,
      double x43,
      double x44,
      double x45,
      double x46,
      double x47,
      double x48,
      double x49,
      double x50,
      double x51,
      double x52,
      double x53,
      double x54,
      double x55,
      double x56,
      double x57,
      double x58,
      double x59,
      double x60,
      double x61,
      double x62,
      double x63,
      double x64,
      double x65,
      double x66,
      double x67,
      double x68,
      double x69,
      double x70,
      double x71,
      double x72,
      double x73,
      double x74,
      double x75,
      double x76,
      double x77,
      double x78,
      double x79,
      double x80,
      double x81,
      double x82,
      double x83,
      double x84,
      double x85,
      double x86,
      double x87,
      double x88,
      double x89,
      double x90,
      double x91,
      double x92,
      double x93,
      double x94,
      double x95,
      double x96,
      double x97,
      double x98,
      double x99) {}

  /** The score. */
  public record Score(double probability, long prediction) {}

  private static final int ROWS = 64;
  private static final int TRAINED = 2_000;

  private final Given[] given = new Given[ROWS];
  private final double[][] arrays = new double[ROWS][];
  private Scorer<Given, Score> scorer;
  private double[] means;
  private double[] deviations;
  private double[] coefficients;
  private double intercept;
  private int next;

  /** Trains on a few rows; both programs must then give the same scores. */
  @Setup
  public void train() throws ReflectiveOperationException {
    Input input = Logits.ROWS.of(TRAINED);
    PipelineModel model;
    try (Session session = Session.open(Config.of("drawbar.engine", "local"))) {
      model = train(session, input);
    }
    scorer = ((Model) model).scorer(Given.class, Score.class);
    StandardScalerModel scaler = (StandardScalerModel) model.stages().get(1);
    LogisticRegressionModel logits = (LogisticRegressionModel) model.stages().get(2);
    means = array(scaler.means());
    deviations = array(scaler.deviations());
    coefficients = array(logits.coefficients());
    intercept = logits.intercept();
    Constructor<?> constructor = Given.class.getDeclaredConstructors()[0];
    TrainingRows rows = TrainingRows.read(input.file(Logits.FILE));
    for (int i = 0; i < ROWS; i++) {
      arrays[i] = Arrays.copyOf(rows.rows()[i], Logits.FEATURES);
      given[i] = (Given) constructor.newInstance(Arrays.stream(arrays[i]).boxed().toArray());
    }
    check();
  }

  private static PipelineModel train(Session session, Input input) {
    List<String> names = IntStream.range(0, Logits.FEATURES).mapToObj(j -> "x" + j).toList();
    List<Field> fields = new ArrayList<>();
    names.forEach(name -> fields.add(Field.required(name, DataType.DOUBLE)));
    fields.add(Field.required("y", DataType.LONG));
    return Pipeline.of(
            VectorAssembler.of(names.toArray(String[]::new)).into("features"),
            StandardScaler.on("features"),
            LogisticRegression.on("features").predicting("y").withL2(0.01))
        .fit(
            session.read(
                Csv.of(new Schema(fields)).header().at(input.file(Logits.FILE).toString())));
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private void check() {
    for (next = 0; next < ROWS; next++) {
      Score ours = scorer.score(given[next]);
      Score theirs = plain(arrays[next]);
      boolean isSame = Math.abs(ours.probability() - theirs.probability()) < 1e-12;
      if (!isSame || ours.prediction() != theirs.prediction()) {
        throw new IllegalStateException("a score of %s instead of %s".formatted(ours, theirs));
      }
    }
  }

  private Score plain(double[] row) {
    double margin = intercept;
    for (int j = 0; j < row.length; j++) {
      margin += (row[j] - means[j]) / deviations[j] * coefficients[j];
    }
    double probability = 1 / (1 + Math.exp(-margin));
    return new Score(probability, probability >= 0.5 ? 1 : 0);
  }

  /** The scorer. */
  @Benchmark
  public Score drawbar() {
    next = next + 1 & ROWS - 1;
    return scorer.score(given[next]);
  }

  /** A loop over an array. */
  @Benchmark
  public Score handWritten() {
    next = next + 1 & ROWS - 1;
    return plain(arrays[next]);
  }
}
