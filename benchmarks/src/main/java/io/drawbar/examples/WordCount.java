package io.drawbar.examples;

import static io.drawbar.expr.Functions.col;
import static io.drawbar.expr.Functions.count;
import static io.drawbar.expr.Functions.explode;
import static io.drawbar.expr.Functions.lower;
import static io.drawbar.expr.Functions.split;

import io.drawbar.Dataset;
import io.drawbar.Session;
import io.drawbar.io.TextFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** How often each word occurs in text files. */
public final class WordCount {
  private static final Pattern NOT_WORDS = Pattern.compile("\\W+");

  /** A line of a file. */
  record Line(String line) {}

  /** A word of a line. */
  record Word(String word) {}

  private WordCount() {}

  /** The words of the files at a path with their numbers: columns {@code word} and {@code n}. */
  public static Dataset of(Session session, String path) {
    return session
        .read(TextFiles.at(path))
        .select(explode(split(lower(col("line")), "\\W+")).as("word"))
        .where(col("word").ne(""))
        .groupBy("word")
        .agg(count().as("n"));
  }

  /** The same with a function in plain Java, which may do anything to a line. */
  public static Dataset typed(Session session, String path) {
    return session
        .read(TextFiles.at(path))
        .as(Line.class)
        .flatMap(Word.class, WordCount::words)
        .dataset()
        .groupBy("word")
        .agg(count().as("n"));
  }

  private static List<Word> words(Line line) {
    List<Word> words = new ArrayList<>();
    for (String word : NOT_WORDS.split(line.line().toLowerCase(Locale.ROOT))) {
      if (!word.isEmpty()) {
        words.add(new Word(word));
      }
    }
    return words;
  }

  /** Counts the words of the files at a path; prints the ten most frequent, and what was done. */
  public static void main(String[] arguments) {
    Arguments given = Arguments.of(arguments, WordCount.class, "path of text files");
    try (Session session = Session.open()) {
      session.listen(report -> System.out.println(report));
      of(session, given.text(0)).sortBy(col("n").desc()).limit(10).show();
    }
  }
}
