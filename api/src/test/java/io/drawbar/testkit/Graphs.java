package io.drawbar.testkit;

import io.drawbar.spi.ExchangeInput;
import io.drawbar.spi.FrameOutput;
import io.drawbar.spi.Layout;
import io.drawbar.spi.LeafInput;
import io.drawbar.spi.LeafReader;
import io.drawbar.spi.Source;
import io.drawbar.spi.Split;
import io.drawbar.spi.Stage;
import io.drawbar.spi.StageGraph;
import io.drawbar.spi.StageInput;
import io.drawbar.spi.StageProgram;
import io.drawbar.spi.StageTask;
import io.drawbar.spi.TaskContext;
import io.drawbar.spi.Terminal;
import io.drawbar.type.Schema;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Small graphs over whole numbers, to put an engine through its paces without a kernel: a split is
 * a number, a frame is a number in eight bytes, what a task does is a lambda.
 */
public final class Graphs {
  private static final Layout LAYOUT = new Layout(1, 1, 1);

  private Graphs() {}

  /**
   * A split that stands for a number.
   *
   * @param ballast makes it heavy
   * @param locations hosts that are said to have it
   */
  public record Number(long value, byte[] ballast, List<String> locations) implements Split {
    @Override
    public long firstUnit() {
      return value;
    }

    @Override
    public long bytes() {
      return 8;
    }
  }

  /**
   * The numbers from 0, one a split.
   *
   * @param ballast how many bytes each split carries besides
   */
  public record Numbers(int count, int ballast) implements Source {
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
      return IntStream.range(0, count)
          .<Split>mapToObj(i -> new Number(i, new byte[ballast], List.of()))
          .toList();
    }

    @Override
    public LeafReader open(Split split, Layout layout, List<String> columns) {
      throw new UnsupportedOperationException();
    }
  }

  /** What a task does when it is opened or has been closed. */
  @FunctionalInterface
  public interface AtEdge extends Serializable {
    void run(TaskContext context) throws Exception;
  }

  /** What a task does with each number it meets; -1 stands for an empty frame. */
  @FunctionalInterface
  public interface OnNumber extends Serializable {
    void take(TaskContext context, FrameOutput output, long number) throws Exception;
  }

  /** What a task does at its end, with all the numbers it has met. */
  @FunctionalInterface
  public interface AtEnd extends Serializable {
    void run(TaskContext context, FrameOutput output, List<Long> numbers) throws Exception;
  }

  /** What the tasks of a stage do, one thing at a time. */
  public record Program(AtEdge onOpen, OnNumber onNumber, AtEnd atEnd, AtEdge onClose)
      implements StageProgram {
    public Program opening(AtEdge other) {
      return new Program(other, onNumber, atEnd, onClose);
    }

    public Program ending(AtEnd other) {
      return new Program(onOpen, onNumber, other, onClose);
    }

    public Program closing(AtEdge other) {
      return new Program(onOpen, onNumber, atEnd, other);
    }

    @Override
    public StageTask open(TaskContext context, FrameOutput output) {
      try {
        io(() -> onOpen.run(context));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return new Task(this, context, output);
    }
  }

  private static final class Task implements StageTask {
    private final Program program;
    private final TaskContext context;
    private final FrameOutput output;
    private final List<Long> numbers = new ArrayList<>();

    Task(Program program, TaskContext context, FrameOutput output) {
      this.program = program;
      this.context = context;
      this.output = output;
    }

    @Override
    public void split(Split split) throws IOException {
      take(((Number) split).value());
    }

    @Override
    public void frame(byte[] frame) throws IOException {
      take(frame.length == 0 ? -1 : decoded(frame));
    }

    private void take(long number) throws IOException {
      numbers.add(number);
      io(() -> program.onNumber().take(context, output, number));
    }

    @Override
    public void endInput() throws IOException {
      io(() -> program.atEnd().run(context, output, numbers));
    }

    @Override
    public boolean failed() {
      return false;
    }

    @Override
    public void close() throws IOException {
      io(() -> program.onClose().run(context));
    }
  }

  private interface Work {
    void run() throws Exception;
  }

  private static void io(Work work) throws IOException {
    try {
      work.run();
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e);
    }
  }

  /** Does something with each number. */
  public static Program doing(OnNumber onNumber) {
    return new Program(context -> {}, onNumber, (context, output, numbers) -> {}, context -> {});
  }

  /** Sends each number to the task that its remainder names. */
  public static Program route() {
    return doing((context, output, n) -> output.emit((int) (n % context.receivers()), encoded(n)));
  }

  /** The same, of numbers that have come by that rule. */
  public static Program routeWhatIsMine() {
    return doing(
        (context, output, n) -> {
          if (n % context.tasks() != context.task()) {
            throw new IOException(n + " came to task " + context.task());
          }
          output.emit((int) (n % context.receivers()), encoded(n));
        });
  }

  /** Does something with each number, and sends their sum to one receiver, also if it is 0. */
  public static Program summing(OnNumber onNumber) {
    return doing(onNumber)
        .ending(
            (context, output, numbers) ->
                output.emit(
                    context.task() % context.receivers(),
                    encoded(numbers.stream().mapToLong(n -> n).sum())));
  }

  public static Program sum() {
    return summing((context, output, number) -> {});
  }

  /** Each task sends what it was told of itself, once: read it with {@link #told}. */
  public static Program tell() {
    return doing((context, output, number) -> {})
        .ending(
            (context, output, numbers) ->
                output.emit(
                    0,
                    ByteBuffer.allocate(24)
                        .putLong(context.task())
                        .putLong(context.tasks())
                        .putLong(context.memoryBytes())
                        .array()));
  }

  /** What a task of {@link #tell} knew. */
  public record Told(long task, long tasks, long memoryBytes) {}

  /** Reads a frame of {@link #tell}. */
  public static Told told(byte[] frame) {
    ByteBuffer buffer = ByteBuffer.wrap(frame);
    return new Told(buffer.getLong(), buffer.getLong(), buffer.getLong());
  }

  public static LeafInput numbers(int count) {
    return numbers(count, 0);
  }

  public static LeafInput numbers(int count, int ballast) {
    return new LeafInput(new Numbers(count, ballast), LAYOUT, 1);
  }

  public static ExchangeInput from(int mostReceivers, Integer... stages) {
    return new ExchangeInput(List.of(stages), mostReceivers);
  }

  public static Stage stage(int id, StageInput input, StageProgram program) {
    return new Stage(id, "stage " + id + " of a test", input, program);
  }

  public static Stage source(int id, int count, StageProgram program) {
    return stage(id, numbers(count), program);
  }

  public static Stage exchange(int id, List<Integer> from, StageProgram program) {
    return stage(id, new ExchangeInput(from, 1 << 12), program);
  }

  public static StageGraph graph(Terminal terminal, Stage... stages) {
    return new StageGraph("test", List.of(stages), terminal);
  }

  public static StageGraph collect(Stage... stages) {
    return graph(new Terminal.Collect(), stages);
  }

  /** Adds up what the stages of the result send. */
  public static StageGraph reduce(Stage... stages) {
    return graph(
        new Terminal.Reduce((a, b) -> encoded(Math.addExact(decoded(a), decoded(b)))), stages);
  }

  /**
   * Two stages without a consumer that read leaves: the numbers below 30 and those below 20. Each
   * task sends the sum of its numbers.
   */
  public static Stage[] twoLeafResults() {
    return new Stage[] {source(0, 30, sum()), source(1, 20, sum())};
  }

  /**
   * Two stages without a consumer, one behind an exchange and one that reads leaves, of the same
   * numbers as {@link #twoLeafResults}.
   */
  public static Stage[] leafAndExchangeResults() {
    return new Stage[] {
      source(0, 30, route()), exchange(1, List.of(0), sum()), source(2, 20, sum())
    };
  }

  /** What the frames of {@link #twoLeafResults} and {@link #leafAndExchangeResults} add up to. */
  public static final long TWO_RESULTS = 30 * 29 / 2 + 20 * 19 / 2;

  public static byte[] encoded(long number) {
    return ByteBuffer.allocate(8).putLong(number).array();
  }

  public static long decoded(byte[] frame) {
    return ByteBuffer.wrap(frame).getLong();
  }

  /** The numbers in frames, ascending. */
  public static List<Long> sorted(List<byte[]> frames) {
    return frames.stream().map(Graphs::decoded).sorted().toList();
  }

  public static long total(List<byte[]> frames) {
    return frames.stream().mapToLong(Graphs::decoded).sum();
  }

  public static List<Long> range(int count) {
    return LongStream.range(0, count).boxed().toList();
  }

  public static List<Long> twice(int count) {
    return LongStream.range(0, 2L * count).map(n -> n / 2).boxed().toList();
  }
}
