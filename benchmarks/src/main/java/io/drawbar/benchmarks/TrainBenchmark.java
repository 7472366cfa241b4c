package io.drawbar.benchmarks;

import io.drawbar.Dataset;
import io.drawbar.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.annotations.Param;

/**
 * A {@link Training} from rows that are kept in memory, or from CSV. What each run has learned is
 * held to the least objective that is known, after the clocks have stopped, and how far it is from
 * that is printed.
 */
public class TrainBenchmark extends JobBenchmark {

  /** What is learned: the name of a {@link Training}. */
  @Param({
    "logistic",
    "softmax",
    "linear",
    "lassoPath",
    "kmeans",
    "gmm",
    "pca",
    "naiveBayes",
  })
  public String trainer;

  /** The number of rows. */
  @Param("1000000")
  public int rows;

  /** Where the rows are when the clock starts: {@code cached} in memory or in a {@code csv}. */
  @Param("cached")
  public String from;

  private final List<double[]> learned = new ArrayList<>();

  private Training training() {
    return Training.named(trainer);
  }

  @Override
  Work job() {
    return training().from(from);
  }

  @Override
  Input input() {
    return training().data().of(rows);
  }

  @Override
  Contender drawbar(Session session) {
    return portable(session, training(), from);
  }

  static Contender portable(Session session, Training training, String from) {
    return new Portable(session, training, from.equals("cached"));
  }

  /** A plain program. */
  static Contender byHand(Training training, String from) {
    return new Plain(training, from.equals("cached"));
  }

  /** All at the end: it takes longer than many a run, and a part of the machine. */
  @Override
  double[] checked(Input input, double[] found) {
    learned.add(found);
    return found;
  }

  @Override
  void finish(Input input, String contender) {
    TrainingRows all = training().read(input);
    double least = training().least(input, all);
    for (double[] numbers : learned) {
      double excess = training().checked(contender, numbers, all, least);
      System.out.printf(
          Locale.ROOT,
          "%s by %s: objective %.12g, %.2g of it more than the least known%n",
          trainer,
          contender,
          training().objective(numbers, all),
          excess);
    }
  }

  private static final class Portable implements Contender {
    private final Session session;
    private final Training training;
    private final boolean isCached;
    private Dataset cached;

    Portable(Session session, Training training, boolean isCached) {
      this.session = session;
      this.training = training;
      this.isCached = isCached;
    }

    @Override
    public void prepare(Input input) {
      if (isCached) {
        cached = training.read(session, input).cache();
        cached.count();
      }
    }

    @Override
    public double[] run(Input input) {
      return training.drawbar(isCached ? cached : training.read(session, input));
    }
  }

  private static final class Plain implements Contender {
    /** Where Drawbar's descents end, too. */
    private static final double TOLERANCE = 1e-6;

    private final Training training;
    private final boolean isCached;
    private TrainingRows cached;

    Plain(Training training, boolean isCached) {
      this.training = training;
      this.isCached = isCached;
    }

    @Override
    public void prepare(Input input) {
      cached = isCached ? training.read(input) : null;
    }

    @Override
    public double[] run(Input input) {
      return training.byHand(isCached ? cached : training.read(input), TOLERANCE);
    }
  }
}
