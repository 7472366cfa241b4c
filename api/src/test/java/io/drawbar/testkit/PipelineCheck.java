package io.drawbar.testkit;

import io.drawbar.Session;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Holds a pipeline on the engine under test against the oracle, and against a reference engine. */
final class PipelineCheck {
  private final RandomPipelines.SessionSource tested;
  private final RandomPipelines.SessionSource reference;
  private final RowOracle oracle;
  private final Messages messages;

  /** What is asked of an error besides its type. */
  enum Messages {
    /** That it is the one that the reference engine reports. */
    COMPARED,
    /** Nothing: a plan that is cut into other stages may meet another one first. */
    ANY
  }

  /**
   * A check.
   *
   * @param reference an engine whose messages and parts are right, and which runs one task at a
   *     time
   */
  PipelineCheck(
      RandomPipelines.SessionSource tested,
      RandomPipelines.SessionSource reference,
      RowOracle oracle,
      Messages messages) {
    this.messages = messages;
    this.tested = tested;
    this.reference = reference;
    this.oracle = oracle;
  }

  /** Says what is wrong; null if nothing is. */
  String difference(GeneratedPipeline pipeline) {
    Outcome expected = PipelineRun.expected(pipeline, oracle);
    Path folder = null;
    try {
      folder = Files.createTempDirectory("drawbar-random");
      Path input = folder.resolve("in");
      pipeline.source().write(input);
      return difference(pipeline, expected, input, folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      delete(folder);
    }
  }

  private String difference(GeneratedPipeline pipeline, Outcome expected, Path input, Path folder) {
    Outcome actual;
    try (Session session = tested.open(pipeline.config())) {
      actual = PipelineRun.actual(pipeline, session, input, folder.resolve("out"));
    } catch (RuntimeException e) {
      StringWriter trace = new StringWriter();
      e.printStackTrace(new PrintWriter(trace));
      return "  no failure was foreseen like this one:\n" + trace;
    }
    String difference = expected.difference(actual);
    boolean isAny = messages == Messages.ANY && !actual.failures().isEmpty();
    if (difference != null || actual.placement().isEmpty() || isAny) {
      return difference;
    }
    try (Session session = reference.open(pipeline.config(1))) {
      Outcome first = PipelineRun.actual(pipeline, session, input, folder.resolve("out-first"));
      List<String> wanted = first.placement();
      String placement = Outcome.difference(wanted, actual.placement());
      return placement == null ? null : "  unlike the reference engine:\n" + placement;
    }
  }

  private static void delete(Path folder) {
    if (folder == null) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
