package io.drawbar;

import static io.drawbar.expr.Functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbar.expr.EvaluationException;
import io.drawbar.io.Records;
import io.drawbar.type.DataType;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunListenerTest {
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
}
