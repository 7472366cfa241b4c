package io.drawbar;

import static io.drawbar.expr.Functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbar.expr.EvaluationException;
import io.drawbar.io.Records;
import io.drawbar.type.DataType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class RunListenerTest {
  private static final int THREADS = 4;

  /** Down when progress has been told of. */
  private static final CountDownLatch HEARD = new CountDownLatch(1);

  /** A row. */
  public record Word(String text) {}

  /** Writes down what it hears. */
  private static final class Diary implements RunListener {
    private final List<String> heard = new ArrayList<>();

    @Override
    public void started(RunControl run) {
      heard.add("started " + run.name());
    }

    @Override
    public void ended(RunControl run) {
      heard.add("ended " + run.name());
    }

    @Override
    public void finished(RunReport report) {
      heard.add("finished " + report.name());
    }
  }

  @Test
  void aRunEndsWhetherItFinishesOrNot() {
    Diary diary = new Diary();
    try (Session session = Session.open()) {
      session.listen(diary);
      Dataset words = session.read(Records.of(List.of(new Word("7"), new Word("x")), Word.class));
      words.collect();
      String name = diary.heard.get(0).substring("started ".length());
      assertThat(diary.heard)
          .containsExactly("started " + name, "ended " + name, "finished " + name);
      diary.heard.clear();
      assertThatThrownBy(() -> words.select(col("text").cast(DataType.LONG).as("n")).collect())
          .isInstanceOf(EvaluationException.class);
      assertThat(diary.heard).startsWith("started " + name, "ended " + name).hasSize(2);
    }
  }

  /** One that takes the interrupt for its own keeps nobody from the result. */
  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aListenerThatEatsTheInterruptDoesNotHoldTheRunUp() {
    RunListener greedy =
        new RunListener() {
          @Override
          public void progress(RunProgress progress) {
            HEARD.countDown();
            try {
              Thread.sleep(Long.MAX_VALUE);
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
          }

          @Override
          public void finished(RunReport report) {}
        };
    try (Session session = Session.open()) {
      session.listen(greedy);
      Dataset words = session.read(Records.of(List.of(new Word("x")), Word.class));
      assertThat(words.as(Word.class).filter(word -> isHeard()).collect()).hasSize(1);
    }
  }

  /**
   * Each of many threads runs a dataset of its own name and size: what belongs together has one id.
   */
  @Test
  void whatIsSaidOfRunsAtOnceIsToldApart() throws Exception {
    Map<Long, String> started = new ConcurrentHashMap<>();
    Map<Long, Long> finished = new ConcurrentHashMap<>();
    Map<Long, String> ended = new ConcurrentHashMap<>();
    CountDownLatch all = new CountDownLatch(THREADS);
    RunListener listener =
        new RunListener() {
          @Override
          public void started(RunControl run) {
            started.put(run.id(), Thread.currentThread().getName());
            all.countDown();
            await(all); // no run goes on before all have begun
          }

          @Override
          public void ended(RunControl run) {
            ended.put(run.id(), Thread.currentThread().getName());
          }

          @Override
          public void finished(RunReport report) {
            finished.put(report.id(), report.rowsOut());
          }
        };
    List<Thread> threads = new ArrayList<>();
    try (Session session = Session.open()) {
      session.listen(listener);
      for (int t = 1; t <= THREADS; t++) {
        List<Word> words = Collections.nCopies(t, new Word("x"));
        Dataset rows = session.read(Records.of(words, Word.class));
        Thread thread = new Thread(rows::collect, "" + t);
        thread.start();
        threads.add(thread);
      }
      for (Thread thread : threads) {
        thread.join();
      }
    }
    assertThat(started).hasSize(THREADS).containsOnlyKeys(1L, 2L, 3L, 4L).isEqualTo(ended);
    started.forEach((id, name) -> assertThat(finished.get(id)).isEqualTo(Long.parseLong(name)));
  }

  private static boolean isHeard() {
    await(HEARD);
    return true;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
