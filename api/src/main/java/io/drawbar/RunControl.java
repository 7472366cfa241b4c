package io.drawbar;

import io.drawbar.spi.Run;

/** A run on its way. */
public final class RunControl {
  private final String name;
  private final Run run;

  RunControl(String name, Run run) {
    this.name = name;
    this.run = run;
  }

  /** What is run. */
  public String name() {
    return name;
  }

  /**
   * Asks the run to end soon: the call that waits for it then throws an {@link
   * io.drawbar.spi.EngineException}, and no output is left. Does nothing once it has ended.
   */
  public void cancel() {
    run.cancel();
  }
}
