package io.drawbar.io;

import io.drawbar.config.Config;
import io.drawbar.spi.FileSystem;
import java.io.IOException;
import java.util.List;

/**
 * Completes what a run has left that was ended while it put its output at its place, on a machine
 * that cannot be asked whether the run is over. Runs of the same machine that are over need no
 * help: the next run that writes to the place does this by itself.
 */
public final class OutputRecovery {
  private OutputRecovery() {}

  /** What was done. */
  public enum Outcome {
    /** No run had left anything. */
    NOTHING_LEFT,
    /** The output was decided on, and is now at its place. */
    COMPLETED,
    /** Nothing had been decided; what was at the place is there. */
    UNDONE
  }

  /**
   * Recovers an output. Whoever calls this knows that the run that was writing there is over.
   *
   * @param path the folder or file that was written
   * @throws TargetBusyException if the run is at work on this machine
   * @throws CommitException if files cannot be moved; what is left stays
   */
  public static Outcome recover(String path) {
    return recover(new UriFileSystem().configured(Config.load(), List.of(path)), path);
  }

  /** The same on another file system. */
  public static Outcome recover(FileSystem system, String path) {
    String target = system.absolute(path).replaceFirst("/+$", "");
    RunId run = RunId.begin();
    String home = Turn.hidden(target, run.toString());
    try {
      Turn turn = new Turn(system, target, run);
      system.createFolder(home);
      Outcome outcome = turn.recover(true);
      turn.refuseTaken(); // by a run that is at work
      return outcome;
    } catch (IOException e) {
      throw new CommitException("cannot recover %s: %s".formatted(path, e.getMessage()), e);
    } finally {
      try {
        system.delete(home);
      } catch (IOException e) {
        // It is empty, or holds what was replaced; the next run removes it.
      }
      run.end();
    }
  }
}
