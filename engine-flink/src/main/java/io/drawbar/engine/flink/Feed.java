package io.drawbar.engine.flink;

import io.drawbar.spi.Split;
import io.drawbar.spi.StageTask;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import org.apache.flink.api.java.tuple.Tuple2;

/**
 * What the elements that reach a task are to it.
 *
 * @param <T> the elements
 */
interface Feed<T> extends Serializable {

  /** Before anything else, in the task of that number. */
  default void open(int number) {}

  /** Feeds a task with an element. */
  void take(StageTask task, T element) throws IOException;

  /** Feeds it with what was held back. */
  default void end(StageTask task) throws IOException {}

  /** Frames that other stages have emitted. */
  record Frames() implements Feed<Tuple2<Integer, byte[]>> {
    @Override
    public void take(StageTask task, Tuple2<Integer, byte[]> element) throws IOException {
      task.frame(element.f1);
    }
  }

  /**
   * The word to start, see {@link TaskSource}: the splits lie in a file.
   *
   * @param folder where
   * @param stage the id of the stage
   */
  record Splits(RunFolder folder, int stage) implements Feed<Tuple2<Integer, byte[]>> {

    /** The name of the file that has the splits of a task. */
    static String file(int stage, int task) {
      return "splits-" + stage + "-" + task;
    }

    @Override
    public void take(StageTask task, Tuple2<Integer, byte[]> element) throws IOException {
      ClassLoader classes = Thread.currentThread().getContextClassLoader();
      List<Split> splits = folder.get(file(stage, element.f0), classes);
      for (Split split : splits) {
        task.split(split);
      }
    }
  }
}
