package io.drawbar.internal.kernel;

import java.io.IOException;

/** Where the last operator of a stage puts its frames; a task has one. */
interface Outbox {
  /** Ends the task: nothing follows. */
  void end(TaskSummary summary) throws IOException;
}
