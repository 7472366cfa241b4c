package io.drawbar.benchmarks;

import io.drawbar.Dataset;
import io.drawbar.Session;
import io.drawbar.examples.WordCount;
import io.drawbar.type.Row;
import java.util.List;
import org.openjdk.jmh.annotations.Param;

/** Words of generated text, counted. All counts are brought to the driver. */
public class WordCountBenchmark extends JobBenchmark {

  /** The size of the text. */
  @Param("200000000")
  public long bytes;

  @Override
  Job job() {
    return Job.WORD_COUNT;
  }

  @Override
  Input input() {
    return Words.ofBytes(bytes);
  }

  @Override
  Contender drawbar(Session session) {
    return portable(session);
  }

  @Override
  Contender drawbarTyped(Session session) {
    return portableTyped(session);
  }

  static Contender portable(Session session) {
    return input -> answer(WordCount.of(session, input.file(Words.FILE).toString()));
  }

  static Contender portableTyped(Session session) {
    return input -> answer(WordCount.typed(session, input.file(Words.FILE).toString()));
  }

  private static double[] answer(Dataset counts) {
    List<Row> words = counts.collect();
    double sum = 0;
    for (Row row : words) {
      sum += Words.weighed(row.stringValue("word"), row.longValue("n"));
    }
    return new double[] {words.size(), sum};
  }
}
