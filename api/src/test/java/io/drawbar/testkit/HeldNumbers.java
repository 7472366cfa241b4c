package io.drawbar.testkit;

import static io.drawbar.testkit.Graphs.decoded;
import static io.drawbar.testkit.Graphs.encoded;
import static io.drawbar.testkit.Graphs.numbers;
import static io.drawbar.testkit.Graphs.reduce;
import static io.drawbar.testkit.Graphs.stage;

import io.drawbar.spi.FrameMerger;
import io.drawbar.spi.FrameOutput;
import io.drawbar.spi.HeldBlocks;
import io.drawbar.spi.Split;
import io.drawbar.spi.StageGraph;
import io.drawbar.spi.StageProgram;
import io.drawbar.spi.StageTask;
import io.drawbar.spi.SuperstepProgram;
import io.drawbar.spi.TaskContext;
import java.io.IOException;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Numbers that are held, a block each, and supersteps over them, without a kernel. */
public final class HeldNumbers {
  /** What tasks hold and nobody has closed; in one process only. */
  private static final AtomicInteger HELD = new AtomicInteger();

  private HeldNumbers() {}

  /** How many tasks of this process hold numbers. */
  public static int tasksThatHold() {
    return HELD.get();
  }

  /** Done where rows are read or folded. */
  public interface Meanwhile extends Serializable {
    /** May fail. */
    void at(long number) throws IOException;
  }

  /** The numbers from 0, in two stages: all of them twice. */
  public static StageGraph graph(int count, Meanwhile reading) {
    return reduce(
        stage(0, numbers(count), new Holding(reading)),
        stage(1, numbers(count), new Holding(reading)));
  }

  public static StageGraph graph(int count) {
    return graph(count, number -> {});
  }

  /** A state: a factor, and some ballast. */
  public static byte[] state(long factor, int bytes) {
    byte[] state = new byte[Math.max(Long.BYTES, bytes)];
    ByteBuffer.wrap(state).putLong(factor);
    return state;
  }

  /** What frames of {@link Sum} say in all. */
  public static long total(List<byte[]> frames) {
    return frames.stream().mapToLong(frame -> ByteBuffer.wrap(frame).getLong()).sum();
  }

  /** What {@link Sum} gives for {@link #graph} and a factor. */
  public static long expected(int count, long factor) {
    return (long) count * (count - 1) * factor;
  }

  /** Emits how many numbers it has read, and keeps them. */
  private record Holding(Meanwhile reading) implements StageProgram {
    @Override
    public StageTask open(TaskContext context, FrameOutput output) {
      return new Task(reading, output);
    }
  }

  private static final class Task implements StageTask {
    private final Meanwhile reading;
    private final FrameOutput output;
    private final Blocks blocks = new Blocks();

    Task(Meanwhile reading, FrameOutput output) {
      this.reading = reading;
      this.output = output;
    }

    @Override
    public void split(Split split) throws IOException {
      long number = ((Graphs.Number) split).value();
      reading.at(number);
      blocks.numbers.add(number);
    }

    @Override
    public void frame(byte[] frame) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void endInput() throws IOException {
      output.emit(0, encoded(blocks.numbers.size()));
    }

    @Override
    public boolean failed() {
      return false;
    }

    @Override
    public HeldBlocks held() {
      blocks.hold();
      return blocks;
    }

    @Override
    public void close() {}
  }

  private static final class Blocks implements HeldBlocks {
    private final List<Long> numbers = new ArrayList<>();
    private boolean isHeld;
    private boolean closed;

    synchronized void hold() {
      if (!isHeld) {
        isHeld = true;
        HELD.incrementAndGet();
      }
    }

    @Override
    public int count() {
      if (closed) {
        throw new IllegalStateException("they have been let go of");
      }
      return numbers.size();
    }

    @Override
    public long heapBytes() {
      return 8L * numbers.size();
    }

    @Override
    public synchronized void close() {
      if (isHeld && !closed) {
        HELD.decrementAndGet();
      }
      closed = true;
    }
  }

  /**
   * The sum of the numbers, times the factor.
   *
   * @param folding done before each number
   * @param frameBytes how long a frame is, at least 8
   */
  public record Sum(Meanwhile folding, int frameBytes) implements SuperstepProgram {
    public static Sum plain() {
      return new Sum(number -> {}, Long.BYTES);
    }

    @Override
    public String describe() {
      return "sum";
    }

    @Override
    public Worker open(byte[] state) {
      long factor = ByteBuffer.wrap(state).getLong();
      return new Worker() {
        private long sum;

        @Override
        public void fold(HeldBlocks held, int index) throws IOException {
          long number = ((Blocks) held).numbers.get(index);
          folding.at(number);
          sum += number * factor;
        }

        @Override
        public byte[] end() {
          return state(sum, frameBytes);
        }
      };
    }

    @Override
    public FrameMerger merger() {
      return (left, right) -> encoded(decoded(left) + decoded(right));
    }
  }
}
