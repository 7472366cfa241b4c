package io.drawbar.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.ConcurrentMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Parallel streams over the lines of a file. */
final class LocalHandWritten implements HandWritten {
  private static final Pattern NOT_WORDS = Pattern.compile("\\W+");

  @Override
  public long wordCount(Path file) throws IOException {
    try (Stream<String> lines = Files.lines(file)) {
      ConcurrentMap<String, Long> counts =
          lines
              .parallel()
              .flatMap(line -> Arrays.stream(NOT_WORDS.split(line.toLowerCase(Locale.ROOT))))
              .filter(word -> !word.isEmpty())
              .collect(Collectors.groupingByConcurrent(word -> word, Collectors.counting()));
      return counts.size();
    }
  }

  @Override
  public void close() {}
}
