package io.drawbar;

import io.drawbar.spi.Progress.StageProgress;
import java.io.Console;
import java.io.PrintStream;
import java.util.Locale;

/** Draws the progress of runs on one line of a terminal, and wipes it out at their end. */
final class ProgressBar implements RunListener {
  private static final int WIDTH = 30;

  /** A run that takes no longer is over before anybody has read a bar. */
  private static final long QUIET_MILLIS = 500;

  private final PrintStream out;
  private int drawn;

  ProgressBar(PrintStream out) {
    this.out = out;
  }

  /** Whether there is a terminal; JDK 22 and later have a console also where there is none. */
  static boolean hasTerminal() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException e) {
      return true; // of a JDK before 22
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }

  @Override
  public synchronized void progress(RunProgress progress) {
    if (progress.elapsed().toMillis() < QUIET_MILLIS) {
      return;
    }
    int full = (int) Math.round(progress.share() * WIDTH);
    StageProgress last =
        progress.begun().isEmpty() ? null : progress.begun().get(progress.begun().size() - 1);
    String tasks =
        last == null
            ? "starting"
            : "stage %s of %s, task %s of %s"
                .formatted(last.stage() + 1, progress.stages(), last.ended(), last.tasks());
    String line =
        String.format(
            Locale.ROOT,
            "[%s%s] %3d %%  %s  %d s",
            "#".repeat(full),
            " ".repeat(WIDTH - full),
            (int) (progress.share() * 100),
            tasks,
            progress.elapsed().toSeconds());
    out.print("\r" + line + " ".repeat(Math.max(0, drawn - line.length())));
    out.flush();
    drawn = line.length();
  }

  /** Clears the line. */
  @Override
  public synchronized void ended(RunControl run) {
    if (drawn > 0) {
      out.print("\r" + " ".repeat(drawn) + "\r");
      out.flush();
      drawn = 0;
    }
  }

  @Override
  public void finished(RunReport report) {}
}
