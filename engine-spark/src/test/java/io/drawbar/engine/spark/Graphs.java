package io.drawbar.engine.spark;

import io.drawbar.spi.ExchangeInput;
import io.drawbar.spi.FrameOutput;
import io.drawbar.spi.Layout;
import io.drawbar.spi.LeafInput;
import io.drawbar.spi.LeafReader;
import io.drawbar.spi.Source;
import io.drawbar.spi.Split;
import io.drawbar.spi.Stage;
import io.drawbar.spi.StageGraph;
import io.drawbar.spi.StageProgram;
import io.drawbar.spi.StageTask;
import io.drawbar.spi.TaskContext;
import io.drawbar.spi.Terminal;
import io.drawbar.type.Schema;
import java.io.IOException;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Small graphs over whole numbers: a split is a number, a frame is eight bytes. */
final class Graphs {
  static final Layout LAYOUT = new Layout(1, 1, 1);

  private Graphs() {}

  /** A split that stands for a number. */
  record Number(long value, List<String> locations) implements Split {
    @Override
    public long firstUnit() {
      return value;
    }

    @Override
    public long bytes() {
      return 8;
    }
  }

  /** The numbers from 0. */
  record Numbers(int count) implements Source {
    @Override
    public Schema schema() {
      throw new UnsupportedOperationException();
    }

    @Override
    public String describe() {
      return "numbers";
    }

    @Override
    public List<Split> splits(Layout layout, int desired, int alignment) {
      return IntStream.range(0, count).<Split>mapToObj(i -> new Number(i, List.of())).toList();
    }

    @Override
    public LeafReader open(Split split, Layout layout, List<String> columns) {
      throw new UnsupportedOperationException();
    }
  }

  /** What a task does with one number. */
  @FunctionalInterface
  interface OnNumber extends Serializable {
    void accept(TaskContext context, FrameOutput output, long number) throws IOException;
  }

  /** What a task does when it has closed. */
  @FunctionalInterface
  interface OnClose extends Serializable {
    void run(TaskContext context) throws IOException;
  }

  /** A program that does something with each number, and then gives their sum or nothing. */
  record Program(OnNumber onNumber, boolean sums, OnClose onClose) implements StageProgram {
    @Override
    public StageTask open(TaskContext context, FrameOutput output) {
      return new Task(this, context, output);
    }
  }

  private static final class Task implements StageTask {
    private final Program program;
    private final TaskContext context;
    private final FrameOutput output;
    private long sum;

    Task(Program program, TaskContext context, FrameOutput output) {
      this.program = program;
      this.context = context;
      this.output = output;
    }

    @Override
    public void split(Split split) throws IOException {
      number(((Number) split).value());
    }

    @Override
    public void frame(byte[] frame) throws IOException {
      number(decoded(frame));
    }

    private void number(long number) throws IOException {
      sum += number;
      program.onNumber().accept(context, output, number);
    }

    @Override
    public void endInput() throws IOException {
      if (program.sums()) {
        output.emit(0, encoded(sum));
      }
    }

    @Override
    public boolean failed() {
      return false;
    }

    @Override
    public void close() throws IOException {
      program.onClose().run(context);
    }
  }

  /** Sends each number to the task that its remainder names. */
  static StageProgram route() {
    return doing((context, output, n) -> output.emit((int) (n % context.receivers()), encoded(n)));
  }

  /** The same, of numbers that have come by that rule. */
  static StageProgram routeWhatIsMine() {
    return doing(
        (context, output, n) -> {
          if (n % context.tasks() != context.task()) {
            throw new IOException(n + " came to task " + context.task());
          }
          output.emit((int) (n % context.receivers()), encoded(n));
        });
  }

  static StageProgram doing(OnNumber onNumber) {
    return new Program(onNumber, false, context -> {});
  }

  static StageProgram sum() {
    return summing((context, output, number) -> {});
  }

  static StageProgram summing(OnNumber onNumber) {
    return new Program(onNumber, true, context -> {});
  }

  static StageProgram closing(OnNumber onNumber, OnClose onClose) {
    return new Program(onNumber, true, onClose);
  }

  static Stage source(int id, int count, StageProgram program) {
    return new Stage(id, "source " + id, new LeafInput(new Numbers(count), LAYOUT, 1), program);
  }

  static Stage exchange(int id, List<Integer> from, StageProgram program) {
    return new Stage(id, "exchange " + id, new ExchangeInput(from, 1 << 12), program);
  }

  static StageGraph collect(Stage... stages) {
    return new StageGraph("test", List.of(stages), new Terminal.Collect());
  }

  static StageGraph reduce(Stage... stages) {
    Terminal plus = new Terminal.Reduce((a, b) -> encoded(decoded(a) + decoded(b)));
    return new StageGraph("test", List.of(stages), plus);
  }

  static byte[] encoded(long number) {
    return ByteBuffer.allocate(8).putLong(number).array();
  }

  static long decoded(byte[] frame) {
    return ByteBuffer.wrap(frame).getLong();
  }

  static List<Long> sorted(List<byte[]> frames) {
    return frames.stream().map(Graphs::decoded).sorted().toList();
  }

  static List<Long> range(int count) {
    return LongStream.range(0, count).boxed().toList();
  }

  static long total(List<byte[]> frames) {
    return frames.stream().mapToLong(Graphs::decoded).sum();
  }

  static List<Long> twice(int count) {
    List<Long> all = new ArrayList<>(range(count));
    all.addAll(range(count));
    return all.stream().sorted().toList();
  }
}
