package io.drawbar;

import io.drawbar.testkit.BrokenOffTraining;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A program that trains is killed, and another goes on where it was. */
@Timeout(120)
class BrokenOffTrainingTest {
  @TempDir Path folder;

  @Test
  void aProcessIsKilledAndAnotherGoesOnWithMoreThreads() throws Exception {
    BrokenOffTraining.killAndResume(
        folder,
        List.of("drawbar.parallelism=1"),
        config -> Session.open(config.with("drawbar.parallelism", "3")));
  }

  @Test
  void anInterruptedOneGoesOnWhereRowsAreGathered() {
    BrokenOffTraining.interruptAndResume(
        folder,
        Session::open,
        config -> Session.open(config.with("drawbar.gather.bytes", "1 MiB")));
    BrokenOffTraining.interruptAndResume(
        folder,
        config -> Session.open(config.with("drawbar.gather.bytes", "1 MiB")),
        Session::open);
  }

  @Test
  void theSameRowsInAnotherOrderAreAnotherTraining() {
    BrokenOffTraining.interruptAndReverse(folder, Session::open);
  }
}
