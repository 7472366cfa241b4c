package io.drawbar;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** When states are put down, by a clock that is set. */
class CheckpointPaceTest {
  private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 7);

  /** After which of the first supersteps, each of which takes so long, a checkpoint is due. */
  private List<Integer> due(CheckpointPace pace, int supersteps, long millis) {
    List<Integer> due = new ArrayList<>();
    for (int n = 1; n <= supersteps; n++) {
      clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
      if (pace.isDue()) {
        due.add(n);
        pace.begin();
      }
    }
    return due;
  }

  @Test
  void eachFourthSuperstep() {
    assertThat(due(new CheckpointPace(4, 3600, clock::get), 13, 1)).containsExactly(4, 8, 12);
    assertThat(due(new CheckpointPace(1, 3600, clock::get), 3, 1)).containsExactly(1, 2, 3);
  }

  @Test
  void soManySecondsAfterTheLast() {
    CheckpointPace pace = new CheckpointPace(100, 2, clock::get);
    assertThat(due(pace, 9, 700)).containsExactly(3, 6, 9);
    assertThat(due(new CheckpointPace(100, 2, clock::get), 3, 1999)).containsExactly(2);
    assertThat(due(new CheckpointPace(100, 0, clock::get), 2, 0)).containsExactly(1, 2);
  }

  @Test
  void whicheverIsFirst() {
    // By number after 4 of 100 ms; by time after 3 of 700 ms.
    CheckpointPace pace = new CheckpointPace(4, 2, clock::get);
    assertThat(due(pace, 4, 100)).containsExactly(4);
    assertThat(due(pace, 3, 700)).containsExactly(3);
  }
}
