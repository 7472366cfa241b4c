package io.drawbar.benchmarks;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/** Generated text: 12 words a line out of 200,000, frequent ones first as in a language. */
final class WordText {
  private static final int WORDS = 200_000;
  private static final int WORDS_PER_LINE = 12;

  private WordText() {}

  /** A file of about so many bytes, made once and kept in {@code target}. */
  static Path ofBytes(long bytes) {
    Path file = Path.of("target", "benchmark-data", "words-" + bytes + ".txt");
    try {
      if (!Files.exists(file)) {
        Files.createDirectories(file.getParent());
        Path unfinished = Files.createTempFile(file.getParent(), "words", ".tmp");
        write(unfinished, bytes);
        Files.move(unfinished, file);
      }
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, long bytes) throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    byte[][] vocabulary = new byte[WORDS][];
    for (int i = 0; i < WORDS; i++) {
      StringBuilder word = new StringBuilder();
      for (int letters = 3 + random.nextInt(8); letters > 0; letters--) {
        word.append((char) ('a' + random.nextInt(26)));
      }
      vocabulary[i] = word.toString().getBytes(StandardCharsets.US_ASCII);
    }
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
      for (long written = 0; written < bytes; ) {
        for (int i = 0; i < WORDS_PER_LINE; i++) {
          double rank = StrictMath.exp(random.nextDouble() * StrictMath.log(WORDS));
          byte[] word = vocabulary[Math.min(WORDS - 1, (int) rank)];
          out.write(word);
          out.write(i == WORDS_PER_LINE - 1 ? '\n' : ' ');
          written += word.length + 1;
        }
      }
    }
  }
}
