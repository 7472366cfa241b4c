package io.drawbar.internal.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbar.spi.Split;
import java.util.List;
import org.junit.jupiter.api.Test;

class SplitQueueTest {
  private record Numbered(long firstUnit) implements Split {
    @Override
    public long bytes() {
      return 1;
    }
  }

  private static final List<Split> THREE =
      List.of(new Numbered(0), new Numbered(1), new Numbered(2));

  @Test
  void givesEachOnceInOrder() {
    SplitQueue queue = new SplitQueue(THREE);
    assertThat(queue.size()).isEqualTo(3);
    assertThat(List.of(queue.take(), queue.take(), queue.take())).isEqualTo(THREE);
    assertThat(queue.take()).isNull();
  }

  @Test
  void givesNothingOnceDropped() {
    SplitQueue queue = new SplitQueue(THREE);
    queue.take();
    queue.drop();
    assertThat(queue.take()).isNull();
  }
}
