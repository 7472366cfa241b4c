package io.drawbar.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbar.error.DrawbarException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Threads that share blocks: each block is folded once, and nobody waits for ever. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BlockThreadsTest {
  private record Some(int count) implements HeldBlocks {
    @Override
    public long heapBytes() {
      return 0;
    }

    @Override
    public void close() {}
  }

  @FunctionalInterface
  private interface Fold {
    void block(int index) throws Exception;
  }

  /** Sums the numbers of the blocks it has folded, and does something at each. */
  private record Numbers(Fold fold) implements SuperstepProgram {
    @Override
    public String describe() {
      return "numbers";
    }

    @Override
    public FrameMerger merger() {
      throw new AssertionError("nobody merges here");
    }

    @Override
    public Worker open(byte[] state) {
      return new Worker() {
        private int sum;

        @Override
        public void fold(HeldBlocks held, int index) throws IOException {
          try {
            fold.block(index);
          } catch (IOException | RuntimeException e) {
            throw e;
          } catch (Exception e) {
            throw new AssertionError(e);
          }
          sum += index;
        }

        @Override
        public byte[] end() {
          return ByteBuffer.allocate(Integer.BYTES).putInt(sum).array();
        }
      };
    }
  }

  private static int sum(BlockThreads threads, Fold fold) throws InterruptedException {
    return threads.superstep(new Numbers(fold), new byte[0]).stream()
        .mapToInt(frame -> ByteBuffer.wrap(frame).getInt())
        .sum();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void eachBlockIsFoldedOnceASuperstep(int workers) throws InterruptedException {
    try (BlockThreads threads = new BlockThreads(workers, List.of(new Some(100), new Some(1)))) {
      for (int step = 0; step < 2_000; step++) {
        assertThat(sum(threads, index -> {})).isEqualTo(4950);
      }
    }
  }

  @Test
  void threadsThatAskAtTheSameTimeAreServedOneAfterTheOther() throws Exception {
    AtomicInteger inside = new AtomicInteger();
    try (BlockThreads threads = new BlockThreads(1, List.of(new Some(10)))) {
      List<CompletableFuture<Integer>> sums =
          IntStream.range(0, 4)
              .mapToObj(
                  asker ->
                      CompletableFuture.supplyAsync(
                          () -> {
                            try {
                              return sum(
                                  threads,
                                  index -> {
                                    assertThat(inside.incrementAndGet()).isEqualTo(1);
                                    inside.decrementAndGet();
                                  });
                            } catch (InterruptedException e) {
                              throw new AssertionError(e);
                            }
                          }))
              .toList();
      for (CompletableFuture<Integer> each : sums) {
        assertThat(each.get()).isEqualTo(45);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void whoAsksAfterCloseIsToldSo(int workers) throws InterruptedException {
    BlockThreads threads = new BlockThreads(workers, List.of(new Some(10)));
    assertThat(sum(threads, index -> {})).isEqualTo(45);
    threads.close();
    assertThatThrownBy(() -> sum(threads, index -> {}))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("let go of");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void closeEndsASuperstep(int workers) throws Exception {
    BlockThreads threads = new BlockThreads(workers, List.of(new Some(1_000)));
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    AtomicInteger folded = new AtomicInteger();
    CompletableFuture<Integer> asked =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return sum(
                    threads,
                    index -> {
                      folded.incrementAndGet();
                      begun.countDown();
                      closed.await();
                    });
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
            });
    begun.await();
    threads.close();
    closed.countDown();
    assertThatThrownBy(() -> asked.get(30, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("let go of");
    assertThat(folded.get()).isLessThanOrEqualTo(workers);
  }

  @Test
  void anInterruptEndsASuperstepAndAnotherMayFollow() throws InterruptedException {
    try (BlockThreads threads = new BlockThreads(1, List.of(new Some(1_000)))) {
      AtomicInteger folded = new AtomicInteger();
      assertThatThrownBy(
              () ->
                  sum(
                      threads,
                      index -> {
                        folded.incrementAndGet();
                        Thread.currentThread().interrupt();
                      }))
          .isInstanceOf(InterruptedException.class);
      assertThat(folded).hasValue(1);
      assertThat(Thread.currentThread().isInterrupted()).isFalse();
      assertThat(sum(threads, index -> {})).isEqualTo(999 * 500);
    }
  }

  @Test
  void whatAFoldThrowsIsAnErrorOfTheEngineUnlessItIsOneOfTheLibrary() {
    try (BlockThreads threads = new BlockThreads(2, List.of(new Some(4)))) {
      assertThatThrownBy(
              () ->
                  sum(
                      threads,
                      index -> {
                        throw new IllegalStateException("a bug of a user's");
                      }))
          .isInstanceOf(EngineException.class)
          .hasMessageContaining("a bug of a user's")
          .hasCauseInstanceOf(IllegalStateException.class);
      assertThatThrownBy(
              () ->
                  sum(
                      threads,
                      index -> {
                        throw new DrawbarException("named");
                      }))
          .hasMessage("named");
      assertThatThrownBy(
              () ->
                  sum(
                      threads,
                      index -> {
                        throw new IOException("the disk");
                      }))
          .isInstanceOf(EngineException.class)
          .hasMessageContaining("cannot be read: the disk");
    }
  }
}
