package io.drawbar.engine.mapreduce;

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
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** Small graphs over numbers. */
final class Graphs {

  private Graphs() {}

  /** What a task does with each number it meets; a frame is one number or padding around it. */
  interface OnNumber extends Serializable {
    void take(long number, TaskContext context, FrameOutput output) throws Exception;
  }

  /** What a task does at the end with all the numbers it has met. */
  interface AtEnd extends Serializable {
    void end(List<Long> numbers, TaskContext context, FrameOutput output) throws Exception;
  }

  record Number(long number) implements Split {
    @Override
    public long firstUnit() {
      return number;
    }

    @Override
    public long bytes() {
      return 8;
    }
  }

  /** The numbers below a count, one a split. */
  record Numbers(int count) implements Source {
    @Override
    public Schema schema() {
      throw new UnsupportedOperationException();
    }

    @Override
    public String describe() {
      return "numbers below " + count;
    }

    @Override
    public List<Split> splits(Layout layout, int desired, int alignment) {
      return LongStream.range(0, count).mapToObj(n -> (Split) new Number(n)).toList();
    }

    @Override
    public LeafReader open(Split split, Layout layout, List<String> columns) {
      throw new UnsupportedOperationException();
    }
  }

  record Program(OnNumber onNumber, AtEnd atEnd) implements StageProgram {
    @Override
    public StageTask open(TaskContext context, FrameOutput output) {
      List<Long> met = new ArrayList<>();
      return new StageTask() {
        @Override
        public void split(Split split) throws IOException {
          take(((Number) split).number());
        }

        @Override
        public void frame(byte[] frame) throws IOException {
          take(frame.length == 0 ? -1 : ByteBuffer.wrap(frame).getLong());
        }

        private void take(long number) throws IOException {
          met.add(number);
          io(() -> onNumber.take(number, context, output));
        }

        @Override
        public void endInput() throws IOException {
          io(() -> atEnd.end(met, context, output));
        }

        @Override
        public boolean failed() {
          return false;
        }

        @Override
        public void close() {}
      };
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

  static byte[] frame(long number) {
    return ByteBuffer.allocate(8).putLong(number).array();
  }

  /** Sends each number to the receiver that its value says. */
  static Program route() {
    return new Program(
        (n, context, out) -> out.emit((int) (n % context.receivers()), frame(n)),
        (numbers, context, out) -> {});
  }

  /** Emits the sum to one receiver at the end, also if there was nothing. */
  static Program sum() {
    return new Program(
        (n, context, out) -> {},
        (numbers, context, out) ->
            out.emit(
                context.task() % context.receivers(),
                frame(numbers.stream().mapToLong(n -> n).sum())));
  }

  static LeafInput numbers(int count) {
    return new LeafInput(new Numbers(count), new Layout(1, 1, 1), 1);
  }

  static ExchangeInput from(int receivers, Integer... stages) {
    return new ExchangeInput(List.of(stages), receivers);
  }

  static Stage stage(int id, StageInput input, StageProgram program) {
    return new Stage(id, "stage " + id + " of a test", input, program);
  }

  static StageGraph graph(Terminal terminal, Stage... stages) {
    return new StageGraph("test", List.of(stages), terminal);
  }

  static StageGraph collect(Stage... stages) {
    return graph(new Terminal.Collect(), stages);
  }

  static List<Long> numbersIn(List<byte[]> frames) {
    return frames.stream().map(frame -> ByteBuffer.wrap(frame).getLong()).sorted().toList();
  }
}
