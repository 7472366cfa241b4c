package io.drawbar.testkit;

import static io.drawbar.expr.Functions.col;
import static io.drawbar.expr.Functions.vector;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawbar.Dataset;
import io.drawbar.RunReport;
import io.drawbar.Session;
import io.drawbar.config.Config;
import io.drawbar.io.Csv;
import io.drawbar.learn.LogisticRegression;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Shows that it is the size of the data alone that decides whether rows are trained on in the
 * program's process: a file of as many bytes as {@code drawbar.gather.bytes} is, one of a byte more
 * is not.
 */
final class GatheringEvidence {
  private static final LogisticRegression TRAINER =
      LogisticRegression.on("x").predicting("alarm").withL2(.1).standardised().withMostSteps(5);

  private final Path file;
  private final Function<Config, Session> opening;

  /** Evidence of the engine of sessions that are opened so. */
  GatheringEvidence(ContractData data, Function<Config, Session> opening) {
    file = Path.of(data.file("readings.csv", Packing.PLAIN));
    this.opening = opening;
  }

  /** A training: the fingerprint of its model, and the runs that it took. */
  private record Trained(String fingerprint, List<RunReport> runs) {
    /** Whether one run sent all blocks here, and nothing else ran. */
    boolean isGathered() {
      return runs.size() == 1 && runs.get(0).stages().get(0).name().contains("send blocks of");
    }
  }

  private Trained trained(long gatherBytes) {
    Config config =
        Config.of(
            "drawbar.gather.bytes",
            Long.toString(gatherBytes),
            "drawbar.leaf.bytes",
            "1024",
            "drawbar.block.rows",
            "10");
    List<RunReport> runs = new ArrayList<>();
    try (Session session = opening.apply(config)) {
      session.listen(runs::add);
      Dataset rows =
          session
              .read(Csv.of(ContractData.READING).at(file.toString()))
              .where(
                  col("heat")
                      .isNotNull()
                      .and(col("load").isNotNull())
                      .and(col("alarm").isNotNull()))
              .withColumn("x", vector(col("heat"), col("load")));
      return new Trained(TRAINER.fit(rows).fingerprint(), runs);
    }
  }

  /**
   * Trains on both sides of the limit.
   *
   * @param engine which one, for messages
   */
  void rowsAreGatheredUpToTheLimit(String engine) {
    Trained gathered = trained(size());
    Trained held = trained(size() - 1);
    assertThat(gathered.isGathered()).as("%s: %s", engine, gathered.runs()).isTrue();
    assertThat(held.isGathered()).as("%s: %s", engine, held.runs()).isFalse();
    assertThat(held.fingerprint()).as(engine).isEqualTo(gathered.fingerprint());
  }

  private long size() {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
