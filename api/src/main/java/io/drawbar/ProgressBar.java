package io.drawbar;

import io.drawbar.spi.Progress.StageProgress;
import java.io.Console;
import java.io.PrintStream;
import java.util.Locale;

/**
 * Draws the progress of runs and of trainings on one line of a terminal, and wipes it out at their
 * end.
 */
final class ProgressBar implements RunListener {
  private static final int WIDTH = 30;

  /** A run that takes no longer is over before anybody has read a bar. */
  private static final long QUIET_MILLIS = 500;

  private static final long MILLIS_BETWEEN = 200;

  private final PrintStream out;
  private int drawn;

  /** How far into an iteration its line was drawn last. */
  private long drawnAt;

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
    StageProgress last =
        progress.begun().isEmpty() ? null : progress.begun().get(progress.begun().size() - 1);
    String tasks =
        last == null
            ? "starting"
            : "stage %s of %s, task %s of %s"
                .formatted(last.stage() + 1, progress.stages(), last.ended(), last.tasks());
    draw("%s  %s  %d s".formatted(bar(progress.share()), tasks, progress.elapsed().toSeconds()));
  }

  @Override
  public synchronized void superstep(SuperstepProgress progress) {
    long millis = progress.elapsed().toMillis();
    if (millis < QUIET_MILLIS || millis < drawnAt + MILLIS_BETWEEN && millis >= drawnAt) {
      return;
    }
    drawnAt = millis;
    StringBuilder line = new StringBuilder();
    progress.most().ifPresent(most -> line.append(bar((double) progress.supersteps() / most)));
    line.append("  superstep ").append(progress.supersteps());
    progress.most().ifPresent(most -> line.append(" of at most ").append(most));
    progress.loss().ifPresent(l -> line.append(String.format(Locale.ROOT, ", loss %.6g", l)));
    String about = progress.isExpected() ? "about" : "up to";
    progress.left().ifPresent(l -> line.append(", %s %d s left".formatted(about, l.toSeconds())));
    draw(line.toString().strip());
  }

  private static String bar(double share) {
    int full = (int) Math.round(Math.min(1, share) * WIDTH);
    return String.format(
        Locale.ROOT,
        "[%s%s] %3d %%",
        "#".repeat(full),
        " ".repeat(WIDTH - full),
        (int) (Math.min(1, share) * 100));
  }

  private void draw(String line) {
    out.print("\r" + line + " ".repeat(Math.max(0, drawn - line.length())));
    out.flush();
    drawn = line.length();
  }

  @Override
  public synchronized void ended(RunControl run) {
    clear();
  }

  @Override
  public synchronized void superstepsEnded() {
    clear();
  }

  private void clear() {
    if (drawn > 0) {
      out.print("\r" + " ".repeat(drawn) + "\r");
      out.flush();
      drawn = 0;
    }
  }

  @Override
  public void finished(RunReport report) {}
}
