package io.drawbar.io;

import io.drawbar.error.DrawbarException;
import io.drawbar.spi.FileSystem;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What runs have left that were killed: hidden folders, which never hold an only copy. */
final class Litter {
  private static final Logger LOG = LoggerFactory.getLogger(Litter.class);

  private Litter() {}

  /** Removes what is left next to an output by runs that are surely over; tries, and says so. */
  static void remove(FileSystem system, String target) {
    String start = Turn.hidden(target, "");
    int slash = start.lastIndexOf('/') + 1;
    String above = slash == 0 ? "." : start.substring(0, Math.max(1, slash - 1));
    String name = start.substring(slash);
    try {
      for (String entry : system.entries(above)) {
        boolean isOver =
            entry.startsWith(name)
                && RunId.of(entry.substring(name.length()))
                    .filter(run -> run.life() == RunId.Life.IS_OVER)
                    .isPresent();
        if (isOver) {
          system.delete(start + entry.substring(name.length()));
        }
      }
    } catch (IOException | DrawbarException e) {
      LOG.info("what killed runs have left next to {} stays: {}", target, e.getMessage());
    }
  }
}
