package io.drawbar.testkit;

/** How much chaos there was, over the runs of some engines that run one after the other. */
final class ChaosTally {
  long runs;
  long tasks;
  long attempts;
  long givenUp;
  long dropped;
  long scattered;
  long merges;
  long silenced;
  int mostTogether;

  @Override
  public String toString() {
    return ("%,d runs, %,d tasks, %,d attempts of which %,d were given up and %,d dropped, %,d"
            + " stages of scattered ranges, %,d merges, %,d tasks after a failed one silenced,"
            + " at most %d tasks together")
        .formatted(
            runs, tasks, attempts, givenUp, dropped, scattered, merges, silenced, mostTogether);
  }
}
