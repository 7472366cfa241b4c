package io.drawbar;

import io.drawbar.testkit.BrokenOffTraining;
import io.drawbar.testkit.HeldTraining;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A training is broken off and taken up; on other engines, and after a kill: see the contract. */
@Timeout(120)
class BrokenOffTrainingTest {
  @TempDir Path folder;

  @Test
  void anInterruptedOneGoesOnWhereRowsAreGathered() {
    BrokenOffTraining.interruptAndResume(
        folder,
        HeldTraining.LINE,
        Session::open,
        config -> Session.open(config.with("drawbar.gather.bytes", "1 MiB")));
    BrokenOffTraining.interruptAndResume(
        folder,
        HeldTraining.LINE,
        config -> Session.open(config.with("drawbar.gather.bytes", "1 MiB")),
        Session::open);
  }

  @Test
  void theSameRowsInAnotherOrderAreAnotherTraining() {
    BrokenOffTraining.interruptAndReverse(folder, Session::open);
  }
}
