package io.drawbar;

import io.drawbar.spi.Run;

/** A run on its way. */
public final class RunControl {
  private final long id;
  private final String name;
  private final Run run;

  RunControl(long id, String name, Run run) {
    this.id = id;
    this.name = name;
    this.run = run;
  }

  /** The number of the run in its session, from 1: that of its progress and its report. */
  public long id() {
    return id;
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

  @Override
  public String toString() {
    return "run %s: %s".formatted(id, name);
  }
}
