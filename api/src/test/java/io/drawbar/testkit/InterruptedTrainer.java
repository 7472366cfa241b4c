package io.drawbar.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.drawbar.Dataset;
import io.drawbar.Model;
import io.drawbar.RunListener;
import io.drawbar.RunReport;
import io.drawbar.Session;
import io.drawbar.SuperstepProgress;
import io.drawbar.Trainer;
import io.drawbar.config.Config;
import io.drawbar.io.Records;
import io.drawbar.learn.GaussianMixture;
import io.drawbar.learn.LogisticRegression;
import io.drawbar.spi.EngineException;
import io.drawbar.type.DataType;
import io.drawbar.type.Row;
import io.drawbar.type.Schema;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/**
 * A trainer of the library that is broken off in one of its iterations, and taken up on another
 * engine: its model has to be that of a training that was left in peace.
 *
 * @param trainer what trains
 * @param iteration which of its iterations is broken off, from 0
 * @param supersteps after how many supersteps of that
 */
record InterruptedTrainer(Trainer<?> trainer, int iteration, int supersteps) {
  private static final Schema SCHEMA =
      Schema.empty().with("x", DataType.vector(2)).with("y", DataType.LONG);

  /** Opens a session with some configuration, of the engine that is meant. */
  interface Opening extends Function<Config, Session> {}

  /** Mixtures and classes; {@link HeldTraining} has others. */
  static List<InterruptedTrainer> all() {
    GaussianMixture mixture = GaussianMixture.on("x").withComponents(2).withMostSteps(5);
    LogisticRegression classes =
        LogisticRegression.on("x").predicting("y").withClasses(3).withTolerance(1e-12);
    return List.of(
        new InterruptedTrainer(mixture, 2, 3),
        // With what is known of the loss's curvature, and with what steps have said since.
        new InterruptedTrainer(classes, 0, 2),
        new InterruptedTrainer(classes, 0, 5));
  }

  /** Counts iterations and supersteps, breaks off at one, and writes down notices. */
  private final class Watch implements RunListener {
    private final List<String> notices = new ArrayList<>();
    private final boolean breaksOff;
    private int iterations;

    Watch(boolean breaksOff) {
      this.breaksOff = breaksOff;
    }

    @Override
    public void superstep(SuperstepProgress progress) {
      if (breaksOff && iterations == iteration && progress.supersteps() == supersteps) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void superstepsEnded() {
      iterations++;
    }

    @Override
    public void notice(String notice) {
      notices.add(notice);
    }

    @Override
    public void finished(RunReport report) {}
  }

  /** Two groups of rows that overlap, with labels of three classes that do so, too. */
  private static Dataset rows(Session session) {
    Random random = new Random(12);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      double far = i % 2 * 3.0;
      double[] x = {far + random.nextGaussian(), random.nextGaussian() - far};
      rows.add(Row.of(SCHEMA, x, (long) (i % 2 + random.nextInt(2))));
    }
    return session.read(Records.of(SCHEMA, rows));
  }

  private Model train(Opening opening, Config config, RunListener watch) {
    Config small = config.with("drawbar.leaf.rows", "60").with("drawbar.block.rows", "25");
    try (Session session = opening.apply(small)) {
      session.listen(watch);
      return trainer.fit(rows(session));
    }
  }

  /**
   * Interrupts the training on one engine, where rows are held, and takes it up on another.
   *
   * @param folder for checkpoints
   */
  void interruptAndResume(Path folder, Opening one, Opening other) {
    Config config =
        Config.of(
            "drawbar.checkpoint.folder",
            folder.toString(),
            "drawbar.checkpoint.supersteps",
            "1",
            "drawbar.gather.bytes",
            "0");
    EngineException broken =
        catchThrowableOfType(EngineException.class, () -> train(one, config, new Watch(true)));
    assertThat(Thread.interrupted()).as("the interrupt is kept").isTrue();
    assertThat(broken).hasMessageContaining("was interrupted after " + supersteps + " supersteps");
    Watch watch = new Watch(false);
    Model resumed = train(other, config, watch);
    assertThat(watch.notices).as("the iterations that had ended, and this").hasSize(iteration + 1);
    assertThat(watch.notices)
        .last()
        .asString()
        .contains("goes on after " + supersteps + " supersteps");
    Model undisturbed = train(other, Config.of("drawbar.gather.bytes", "1 MiB"), new Watch(false));
    assertThat(resumed.fingerprint()).isEqualTo(undisturbed.fingerprint());
  }

  @Override
  public String toString() {
    return "%s, broken off in iteration %s after %s supersteps"
        .formatted(trainer, iteration, supersteps);
  }
}
