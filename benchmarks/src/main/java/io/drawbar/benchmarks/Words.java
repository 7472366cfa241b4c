package io.drawbar.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;

/** Generated text: 12 words a line out of 200,000, frequent ones first as in a language. */
final class Words {
  static final String FILE = "words.txt";

  private static final int WORDS = 200_000;
  private static final int WORDS_PER_LINE = 12;

  private Words() {}

  /** A file of about so many bytes. */
  static Input ofBytes(long bytes) {
    return Input.named("words-" + bytes, generator(bytes));
  }

  static Input.Generator generator(long bytes) {
    return folder -> write(folder, bytes);
  }

  /** A number that stands for a word in the sum by which answers are compared. */
  static int weight(int hashCode) {
    return hashCode & 0xFFFF;
  }

  /** What a count adds to the answer's second number; exact in a double. */
  static double weighed(String word, long count) {
    return (double) weight(word.hashCode()) * count;
  }

  private static double[][] write(Path folder, long bytes) throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    byte[][] vocabulary = new byte[WORDS][];
    for (int i = 0; i < WORDS; i++) {
      StringBuilder word = new StringBuilder();
      for (int letters = 3 + random.nextInt(8); letters > 0; letters--) {
        word.append((char) ('a' + random.nextInt(26)));
      }
      vocabulary[i] = word.toString().getBytes(StandardCharsets.US_ASCII);
    }
    long[] counts = new long[WORDS];
    try (TextOutput out = new TextOutput(folder.resolve(FILE))) {
      while (out.written() < bytes) {
        for (int i = 0; i < WORDS_PER_LINE; i++) {
          double rank = StrictMath.exp(random.nextDouble() * StrictMath.log(WORDS));
          int word = Math.min(WORDS - 1, (int) rank);
          out.text(vocabulary[word]).character(i == WORDS_PER_LINE - 1 ? '\n' : ' ');
          counts[word]++;
        }
      }
    }
    // Some words of the vocabulary are equal.
    Map<String, Long> byWord = new HashMap<>();
    for (int i = 0; i < WORDS; i++) {
      if (counts[i] > 0) {
        byWord.merge(new String(vocabulary[i], StandardCharsets.US_ASCII), counts[i], Long::sum);
      }
    }
    double sum = 0;
    for (Map.Entry<String, Long> entry : byWord.entrySet()) {
      sum += weighed(entry.getKey(), entry.getValue());
    }
    return new double[][] {{byWord.size(), 0}, {sum, 0}};
  }
}
