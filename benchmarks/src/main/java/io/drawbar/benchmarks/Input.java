package io.drawbar.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Generated files, and the answer that every right program finds in them. The code that makes the
 * files knows it, so it owes nothing to any of the programs, and each timed run is held to it:
 * nobody can leave work out.
 *
 * @param folder where the files are
 * @param answer the numbers, in the form of the {@link Job}
 * @param tolerances how far from each a program may be: sums of doubles depend on their order
 */
record Input(Path folder, double[] answer, double[] tolerances) {

  /** To be counted up when a generator makes other files of the same name. */
  private static final int MOST_TRIES = 50;

  private static final long PAUSE_NANOS = 20_000_000;

  private static final int VERSION = 1;

  /** The system property that names another place than the temporary folder. */
  static final String INPUTS = "benchmarks.inputs";

  private static final String ANSWER = "answer.txt";

  /** Makes the files of an input in a folder and knows the answer. */
  interface Generator {
    /** Writes the files; returns each number of the answer with its tolerance. */
    double[][] write(Path folder) throws IOException;
  }

  /** An input by its name, which says its sizes; made if it is not there, once for all runs. */
  static Input named(String name, Generator generator) {
    String temporary = System.getProperty("java.io.tmpdir");
    return in(
        Path.of(System.getProperty(INPUTS, temporary), "drawbar-benchmarks"), name, generator);
  }

  /** The same below another folder. */
  static Input in(Path root, String name, Generator generator) {
    Path folder = root.resolve(name + "-v" + VERSION);
    try {
      if (!Files.exists(folder)) {
        Files.createDirectories(root);
        Path unfinished = Files.createTempDirectory(root, "unfinished-");
        writeAnswer(unfinished, generator.write(unfinished));
        publish(unfinished, folder);
      }
      return read(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make the input of a benchmark in " + root, e);
    }
  }

  /** The folder appears as a whole, so what is there is complete. */
  private static void publish(Path unfinished, Path folder) throws IOException {
    try {
      Files.move(unfinished, folder);
    } catch (FileAlreadyExistsException | java.nio.file.DirectoryNotEmptyException e) {
      // Another process was faster, with the same bytes.
      delete(unfinished);
    }
  }

  private static void writeAnswer(Path folder, double[][] answer) throws IOException {
    List<String> lines = new ArrayList<>();
    for (double[] number : answer) {
      lines.add(number[0] + " " + number[1]);
    }
    Files.write(folder.resolve(ANSWER), lines);
  }

  private static Input read(Path folder) throws IOException {
    double[][] numbers =
        Files.readAllLines(folder.resolve(ANSWER)).stream()
            .map(line -> Arrays.stream(line.split(" ")).mapToDouble(Double::parseDouble).toArray())
            .toArray(double[][]::new);
    return new Input(
        folder,
        Arrays.stream(numbers).mapToDouble(n -> n[0]).toArray(),
        Arrays.stream(numbers).mapToDouble(n -> n[1]).toArray());
  }

  /**
   * Removes a folder with all that is in it. An engine may still be removing files of its own
   * there, or adding some: so it is tried more than once.
   */
  static void delete(Path folder) throws IOException {
    for (int tries = MOST_TRIES; Files.exists(folder); tries--) {
      try (Stream<Path> paths = Files.walk(folder)) {
        for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(path);
        }
      } catch (IOException | UncheckedIOException e) {
        if (tries == 0) {
          throw e;
        }
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  /** The absolute path of one of its files. */
  Path file(String name) {
    return folder.resolve(name).toAbsolutePath();
  }

  /**
   * The answer that a program found, if it is right.
   *
   * @throws IllegalStateException if it is not
   */
  double[] checked(double[] found) {
    boolean right = found.length == answer.length;
    for (int i = 0; right && i < answer.length; i++) {
      right = Math.abs(found[i] - answer[i]) <= tolerances[i];
    }
    if (!right) {
      throw new IllegalStateException(
          "a wrong answer for %s: %s instead of %s"
              .formatted(folder, Arrays.toString(found), Arrays.toString(answer)));
    }
    return found;
  }
}
