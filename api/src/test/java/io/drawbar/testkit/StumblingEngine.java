package io.drawbar.testkit;

import io.drawbar.spi.Capabilities;
import io.drawbar.spi.Engine;
import io.drawbar.spi.FrameMerger;
import io.drawbar.spi.FrameOutput;
import io.drawbar.spi.HeldBlocks;
import io.drawbar.spi.HeldData;
import io.drawbar.spi.Run;
import io.drawbar.spi.Split;
import io.drawbar.spi.Stage;
import io.drawbar.spi.StageGraph;
import io.drawbar.spi.StageProgram;
import io.drawbar.spi.StageTask;
import io.drawbar.spi.SuperstepProgram;
import io.drawbar.spi.TaskContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.IntPredicate;

/**
 * An engine whose tasks all fail in their first attempt: those of even numbers when all their
 * frames have been sent, those of odd ones when half of their work is done. Over rows that are
 * held, one worker fails for each program of supersteps, when it has folded all its blocks. What
 * has failed is written to a folder, so that tasks may run in any JVM. Closing this leaves the
 * engine running.
 */
public final class StumblingEngine implements Engine {
  private final Engine engine;
  private final Path folder;
  private final Fall fall;
  private final IntPredicate runs;
  private int begun;

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
    this(engine, folder, fall, run -> true);
  }

  /**
   * An engine over another, some of whose runs stumble: where each takes long.
   *
   * @param runs which do, counted from 0
   */
  public StumblingEngine(Engine engine, Path folder, Fall fall, IntPredicate runs) {
    this.engine = engine;
    this.folder = folder;
    this.fall = fall;
    this.runs = runs;
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
    return engine.run(runs.test(begun++) ? stumbling(graph) : graph);
  }

  @Override
  public Optional<HeldData> hold(StageGraph graph) {
    return engine.hold(stumbling(graph)).map(Rows::new);
  }

  private String newMark() {
    return folder.resolve(UUID.randomUUID().toString()).toString();
  }

  private StageGraph stumbling(StageGraph graph) {
    String mark = newMark();
    return new StageGraph(
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
        graph.terminal());
  }

  @Override
  public void close() {}

  /** Fails, but only the first time that it comes to a mark. */
  private static void stumble(String mark, Fall fall) throws IOException {
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

  /** Rows over which supersteps stumble. */
  private final class Rows implements HeldData {
    private final HeldData rows;
    private SuperstepProgram last;
    private SuperstepProgram stumbling;

    Rows(HeldData rows) {
      this.rows = rows;
    }

    @Override
    public Run loading() {
      return rows.loading();
    }

    @Override
    public List<byte[]> superstep(SuperstepProgram program, byte[] state)
        throws InterruptedException {
      if (program != last) {
        last = program;
        stumbling = new Supersteps(program, newMark(), fall);
      }
      return rows.superstep(stumbling, state);
    }

    @Override
    public void close() {
      rows.close();
    }
  }

  private record Supersteps(SuperstepProgram program, String mark, Fall fall)
      implements SuperstepProgram {
    @Override
    public String describe() {
      return program.describe();
    }

    @Override
    public Worker open(byte[] state) throws IOException {
      Worker worker = program.open(state);
      return new Worker() {
        @Override
        public void fold(HeldBlocks held, int index) throws IOException {
          worker.fold(held, index);
        }

        @Override
        public byte[] end() {
          try {
            stumble(mark, fall);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
          return worker.end();
        }
      };
    }

    @Override
    public FrameMerger merger() {
      return program.merger();
    }
  }

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

    @Override
    public void split(Split split) throws IOException {
      task.split(split);
      if (!atTheEnd) {
        stumble(mark, fall);
      }
    }

    @Override
    public void frame(byte[] frame) throws IOException {
      task.frame(frame);
      if (!atTheEnd) {
        stumble(mark, fall);
      }
    }

    @Override
    public void endInput() throws IOException {
      task.endInput();
      if (!task.failed()) {
        stumble(mark, fall);
      }
    }

    @Override
    public boolean failed() {
      return task.failed();
    }

    @Override
    public HeldBlocks held() {
      return task.held();
    }

    @Override
    public void close() throws IOException {
      task.close();
    }
  }
}
