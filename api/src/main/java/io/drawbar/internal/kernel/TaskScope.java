package io.drawbar.internal.kernel;

import io.drawbar.iterate.Partial;
import io.drawbar.iterate.PartialForm;
import io.drawbar.spi.FrameOutput;
import io.drawbar.spi.SpillFile;
import io.drawbar.spi.SpillFolder;
import io.drawbar.spi.TaskContext;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the operators of a task share: who they are, where frames go, and where in the data they
 * stand.
 */
final class TaskScope {
  final TaskContext context;
  final int stage;
  final StageReport report = new StageReport();
  final TaskMemory memory;
  private final FrameOutput output;
  private Outbox outbox;

  /** The unit and block being worked on, for the position of an error. */
  long unit;

  long block;

  /** The file at hand, in a stage that reads. */
  String input;

  /** How rows are held against what is expected of them, by the number of that. */
  final SortedMap<Integer, ExpectationTally> expectations = new TreeMap<>();

  /** The rows that stay with the task, if any do. */
  HeldRows held;

  /** The header of the frame at hand, in a stage that is fed with frames. */
  Envelope frame;

  /** Its length. */
  int frameBytes;

  private final SpillFolder spillFolder;
  private final Set<SpillFile> spillFiles = new HashSet<>();

  TaskScope(TaskContext context, int stage, Spilling spilling, FrameOutput output) {
    this.context = context;
    this.stage = stage;
    this.output = output;
    memory = new TaskMemory(context, stage, spilling.bytes(context));
    spillFolder = spilling.folder(context.spillFolder());
  }

  /** The outbox of a last step that sends frames of rows; asked for once, when the step opens. */
  ExchangeOutbox rowOutbox() {
    ExchangeOutbox made = new ExchangeOutbox(context, stage, output);
    outbox = made;
    return made;
  }

  /** The outbox of a last step that folds; asked for once, when the step opens. */
  <P extends Partial<P>> ReduceOutbox<P> partialOutbox(PartialForm<P> form) {
    ReduceOutbox<P> made = new ReduceOutbox<>(context, stage, output, form);
    outbox = made;
    return made;
  }

  /** Where what has no room in memory is put down. */
  SpillFolder spillFolder() {
    return spillFolder;
  }

  /** A file for what has no room in memory, which is closed with the task. */
  SpillFile spillFile() throws IOException {
    SpillFile file = spillFolder.create();
    spillFiles.add(file);
    return file;
  }

  /** Closes a file that nobody needs any more. */
  void close(SpillFile file) throws IOException {
    spillFiles.remove(file);
    file.close();
  }

  /** Closes the files that are left. */
  void close() throws IOException {
    for (SpillFile file : List.copyOf(spillFiles)) {
      close(file);
    }
  }

  /** Ends the task. */
  void end(TaskSummary summary) throws IOException {
    outbox.end(summary);
  }
}
