package io.drawbar.testkit;

import io.drawbar.spi.EngineException;
import io.drawbar.spi.Split;
import io.drawbar.spi.Stage;
import io.drawbar.spi.StageTask;
import io.drawbar.spi.TaskContext;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** One attempt at a task, taken step by step so that others can go on in between. */
final class ChaosAttempt {
  /** Whose attempt it is. */
  record Place(Stage stage, int task, int tasks, int receivers) {}

  /** A frame on its way. */
  record Emission(int receiver, byte[] frame) {}

  /** A piece of a task's input. */
  @FunctionalInterface
  interface Item {
    void feed(StageTask task) throws IOException;

    /** A range of leaves, shipped anew to each attempt. */
    static Item of(Split split) {
      return task -> task.split(shipped(split));
    }

    /** A frame, received anew by each attempt. */
    static Item of(byte[] frame) {
      return task -> task.frame(frame.clone());
    }
  }

  private final Place place;
  private final String name;
  private final List<Item> items;
  private final int stepsUntilGivenUp;
  private final List<Emission> emissions = new ArrayList<>();
  private StageTask task;
  private int steps;
  private boolean failed;

  /**
   * An attempt that has not begun.
   *
   * @param stepsUntilGivenUp after how many pieces of input it is given up, if it has more
   */
  ChaosAttempt(Place place, String name, List<Item> items, int stepsUntilGivenUp) {
    this.place = place;
    this.name = name;
    this.items = items;
    this.stepsUntilGivenUp = stepsUntilGivenUp;
  }

  /** Goes on a little; false once it has ended or was given up. */
  boolean step() throws IOException {
    if (task == null) {
      TaskContext context = TaskContext.of(place.task, place.tasks, place.receivers, name);
      task =
          shipped(place.stage.program())
              .open(
                  context,
                  (receiver, frame) -> emissions.add(new Emission(receiver, frame.clone())));
      return true;
    }
    if (steps == stepsUntilGivenUp) {
      abandon();
      return false;
    }
    if (steps < items.size()) {
      items.get(steps++).feed(task);
      return true;
    }
    task.endInput();
    failed = task.failed();
    task.close();
    return false;
  }

  /** Closes it as it stands. */
  void abandon() {
    try {
      if (task != null) {
        task.close();
      }
    } catch (IOException | RuntimeException e) {
      // Nobody hears of what an attempt says after it was given up.
    }
  }

  /** What it has emitted so far. */
  List<Emission> emissions() {
    return emissions;
  }

  /** Whether it has met an error in the data. */
  boolean failed() {
    return failed;
  }

  /** What arrives when something is sent. */
  static <T extends Serializable> T shipped(T thing) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(thing);
    } catch (IOException e) {
      throw new EngineException(
          "a %s cannot be sent to a task: %s".formatted(thing.getClass().getName(), e), e);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      @SuppressWarnings("unchecked") // It is what was written.
      T arrived = (T) in.readObject();
      return arrived;
    } catch (IOException | ClassNotFoundException e) {
      throw new EngineException(
          "a %s cannot be received by a task: %s".formatted(thing.getClass().getName(), e), e);
    }
  }

  @Override
  public String toString() {
    return "task %d of %d of stage %d (%s)"
        .formatted(place.task, place.tasks, place.stage.id(), place.stage.name());
  }
}
