package io.drawbar.engine.flink;

import io.drawbar.spi.FrameOutput;
import io.drawbar.spi.Layout;
import io.drawbar.spi.LeafInput;
import io.drawbar.spi.LeafReader;
import io.drawbar.spi.Source;
import io.drawbar.spi.Split;
import io.drawbar.spi.Stage;
import io.drawbar.spi.StageInput;
import io.drawbar.spi.StageProgram;
import io.drawbar.spi.StageTask;
import io.drawbar.spi.TaskContext;
import io.drawbar.type.Schema;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;

/** Small stages to put an engine through its paces. */
final class Programs {
  private Programs() {}

  /** A number that travels as a split, with as much ballast as wanted. */
  record Number(int value, byte[] ballast) implements Split {
    @Override
    public long firstUnit() {
      return value;
    }

    @Override
    public long bytes() {
      return 1;
    }
  }

  /** Splits with the numbers from 0 on. */
  record Numbers(int count, int ballast) implements Source {
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
          .<Split>mapToObj(i -> new Number(i, new byte[ballast]))
          .toList();
    }

    @Override
    public LeafReader open(Split split, Layout layout, List<String> columns) {
      throw new UnsupportedOperationException();
    }
  }

  /** What a task does, as far as it does not do the usual. */
  interface Behaviour extends Serializable {
    default void open(TaskContext context) throws IOException {}

    default void split(TaskContext context, int number, FrameOutput output) throws IOException {}

    default void frame(TaskContext context, byte[] frame, FrameOutput output) throws IOException {}

    default void end(TaskContext context, FrameOutput output) throws IOException {}

    default void close(TaskContext context) {}
  }

  static Stage stage(int id, StageInput input, Behaviour behaviour) {
    return new Stage(id, "stage" + id, input, new Program(behaviour));
  }

  static LeafInput numbers(int count) {
    return new LeafInput(new Numbers(count, 0), new Layout(1, 1, 1), 1);
  }

  /** Sends each number to the receiver that it is congruent to. */
  static Behaviour send() {
    return new Behaviour() {
      @Override
      public void split(TaskContext context, int number, FrameOutput output) throws IOException {
        output.emit(number % context.receivers(), bytes(number));
      }
    };
  }

  /** Passes every frame on. */
  static Behaviour pass() {
    return new Behaviour() {
      @Override
      public void frame(TaskContext context, byte[] frame, FrameOutput output) throws IOException {
        output.emit(number(frame) % context.receivers(), frame);
      }
    };
  }

  static byte[] bytes(int number) {
    return java.nio.ByteBuffer.allocate(4).putInt(number).array();
  }

  static int number(byte[] frame) {
    return java.nio.ByteBuffer.wrap(frame).getInt();
  }

  record Program(Behaviour behaviour) implements StageProgram {
    @Override
    public StageTask open(TaskContext context, FrameOutput output) {
      try {
        behaviour.open(context);
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
      return new StageTask() {
        @Override
        public void split(Split split) throws IOException {
          behaviour.split(context, ((Number) split).value(), output);
        }

        @Override
        public void frame(byte[] frame) throws IOException {
          behaviour.frame(context, frame, output);
        }

        @Override
        public void endInput() throws IOException {
          behaviour.end(context, output);
        }

        @Override
        public boolean failed() {
          return false;
        }

        @Override
        public void close() {
          behaviour.close(context);
        }
      };
    }
  }
}
