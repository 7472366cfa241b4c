package io.drawbar.engine.flink;

import io.drawbar.spi.FrameMerger;
import io.drawbar.spi.FrameOutput;
import io.drawbar.spi.Split;
import io.drawbar.spi.StageProgram;
import io.drawbar.spi.StageTask;
import io.drawbar.spi.TaskContext;
import java.io.IOException;

/** Merges the frames that reach a task into one: the stage that a reduction by Flink adds. */
record MergeProgram(FrameMerger merger) implements StageProgram {

  @Override
  public StageTask open(TaskContext context, FrameOutput output) {
    return new Task(merger, output);
  }

  private static final class Task implements StageTask {
    private final FrameMerger merger;
    private final FrameOutput output;
    private byte[] merged;

    Task(FrameMerger merger, FrameOutput output) {
      this.merger = merger;
      this.output = output;
    }

    @Override
    public void split(Split split) {
      throw new UnsupportedOperationException("frames are merged, not " + split);
    }

    @Override
    public void frame(byte[] frame) {
      merged = merged == null ? frame : merger.merge(merged, frame);
    }

    @Override
    public void endInput() throws IOException {
      if (merged != null) {
        output.emit(0, merged);
      }
    }

    @Override
    public boolean failed() {
      return false;
    }

    @Override
    public void close() {}
  }
}
