package io.drawbar.testkit;

import io.drawbar.spi.Capabilities;
import io.drawbar.spi.Engine;
import io.drawbar.spi.FrameOutput;
import io.drawbar.spi.Run;
import io.drawbar.spi.Split;
import io.drawbar.spi.Stage;
import io.drawbar.spi.StageGraph;
import io.drawbar.spi.StageProgram;
import io.drawbar.spi.StageTask;
import io.drawbar.spi.TaskContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * An engine whose tasks all fail in their first attempt: those of even numbers when all their
 * frames have been sent, those of odd ones when half of their work is done. What has failed is
 * written to a folder, so that tasks may run in any JVM. Closing this leaves the engine running.
 */
public final class StumblingEngine implements Engine {
  private final Engine engine;
  private final Path folder;
  private final Fall fall;

  /** What a failure is. */
  public enum Fall {
    /** An exception. */
    THROW,
    /** The end of the JVM that the task runs in, which must not be that of the driver. */
    HALT
  }

  /**
   * An engine over another.
   *
   * @param folder that driver and tasks see
   */
  public StumblingEngine(Engine engine, Path folder, Fall fall) {
    this.engine = engine;
    this.folder = folder;
    this.fall = fall;
  }

  /** How many attempts have failed. */
  public long stumbles() {
    try (var files = Files.list(folder)) {
      return files.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Capabilities capabilities() {
    return engine.capabilities();
  }

  @Override
  public Run run(StageGraph graph) {
    String mark = folder.resolve(UUID.randomUUID().toString()).toString();
    return engine.run(
        new StageGraph(
            graph.name(),
            graph.stages().stream()
                .map(
                    stage ->
                        new Stage(
                            stage.id(),
                            stage.name(),
                            stage.input(),
                            new Program(stage.program(), mark + "-" + stage.id() + "-", fall)))
                .toList(),
            graph.terminal()));
  }

  @Override
  public void close() {}

  private record Program(StageProgram program, String mark, Fall fall) implements StageProgram {
    @Override
    public StageTask open(TaskContext context, FrameOutput output) {
      boolean atTheEnd = context.task() % 2 == 0;
      return new Task(program.open(context, output), mark + context.task(), atTheEnd, fall);
    }
  }

  private static final class Task implements StageTask {
    private final StageTask task;
    private final String mark;
    private final boolean atTheEnd;
    private final Fall fall;

    Task(StageTask task, String mark, boolean atTheEnd, Fall fall) {
      this.task = task;
      this.mark = mark;
      this.atTheEnd = atTheEnd;
      this.fall = fall;
    }

    private void stumble() throws IOException {
      try {
        Files.createFile(Path.of(mark));
      } catch (FileAlreadyExistsException e) {
        return; // It has failed before.
      }
      if (fall == Fall.HALT) {
        Runtime.getRuntime().halt(1);
      }
      throw new IOException("planted: a first attempt fails");
    }

    @Override
    public void split(Split split) throws IOException {
      task.split(split);
      if (!atTheEnd) {
        stumble();
      }
    }

    @Override
    public void frame(byte[] frame) throws IOException {
      task.frame(frame);
      if (!atTheEnd) {
        stumble();
      }
    }

    @Override
    public void endInput() throws IOException {
      task.endInput();
      if (!task.failed()) {
        stumble();
      }
    }

    @Override
    public boolean failed() {
      return task.failed();
    }

    @Override
    public void close() throws IOException {
      task.close();
    }
  }
}
