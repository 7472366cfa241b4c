package io.drawbar.testkit;

import io.drawbar.Dataset;
import io.drawbar.Session;
import io.drawbar.error.DrawbarException;
import io.drawbar.expr.EvaluationException;
import io.drawbar.io.Csv;
import io.drawbar.io.CsvSink;
import io.drawbar.io.CsvSource;
import io.drawbar.io.TextFiles;
import io.drawbar.spi.BadRowException;
import io.drawbar.spi.UnwritableValueException;
import io.drawbar.testkit.GeneratedPipeline.Terminal;
import io.drawbar.type.Row;
import io.drawbar.type.Schema;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** What a pipeline comes to: by the oracle, and on an engine. */
final class PipelineRun {
  private PipelineRun() {}

  /** What the oracle says must come out. */
  static Outcome expected(GeneratedPipeline pipeline, RowOracle oracle) {
    List<Class<? extends DrawbarException>> failures = new ArrayList<>();
    List<Row> rows = List.of();
    try {
      GeneratedSource source = pipeline.source();
      rows =
          oracle.run(OracleRows.of(source, pipeline.layout()), source.schema(), pipeline.steps());
    } catch (EvaluationException e) {
      failures.add(EvaluationException.class);
    }
    boolean unwritable =
        pipeline.terminal().writes() && rows.stream().anyMatch(RowText::hasLineFeed);
    boolean uncertain = !failures.isEmpty() || pipeline.source().hasBadRow();
    if (pipeline.source().hasBadRow()) {
      failures.add(BadRowException.class);
    }
    if (unwritable || pipeline.terminal().writes() && uncertain) {
      failures.add(UnwritableValueException.class);
    }
    return failures.isEmpty()
        ? Outcome.of(expectedLines(pipeline, rows), List.of())
        : new Outcome(failures, List.of(), List.of());
  }

  private static List<String> expectedLines(GeneratedPipeline pipeline, List<Row> rows) {
    List<String> lines = new ArrayList<>();
    lines.add(RowText.exact(pipeline.schema()));
    Terminal terminal = pipeline.terminal();
    if (terminal == Terminal.COUNT || terminal == Terminal.FOLD) {
      lines.add(rows.size() + " rows");
      return lines;
    }
    if (terminal.writes()) {
      rows.forEach(row -> lines.add("written " + RowText.csv(row)));
    }
    if (terminal == Terminal.WRITE) {
      rows.forEach(row -> lines.add("read " + RowText.csv(row)));
    } else {
      rows.forEach(row -> lines.add(RowText.exact(row, false)));
    }
    return lines;
  }

  /**
   * What comes out on an engine.
   *
   * @param input where the files of the source are
   * @param output a folder that is not there yet
   */
  static Outcome actual(GeneratedPipeline pipeline, Session session, Path input, Path output) {
    Dataset dataset = pipeline.apply(session, pipeline.source().open(session, input));
    List<String> lines = new ArrayList<>();
    lines.add(RowText.exact(dataset.schema()));
    List<String> placement = new ArrayList<>();
    try {
      if (pipeline.terminal().writes()) {
        write(pipeline.terminal(), session, dataset, output, lines, placement);
      } else if (pipeline.terminal() == Terminal.COUNT) {
        lines.add(dataset.count() + " rows");
      } else if (pipeline.terminal() == Terminal.FOLD) {
        String column = BlockFolds.columnOf(dataset.schema()).orElseThrow();
        BlockFolds.Total total = dataset.reduce(new BlockFolds(column));
        lines.add(total.rows() + " rows");
        placement.addAll(total.canonical().lines());
      } else {
        dataset.collect().forEach(row -> lines.add(RowText.exact(row, true)));
      }
    } catch (DrawbarException e) {
      List<String> left = Files.exists(output) ? List.of(output.toString()) : List.of();
      return new Outcome(List.of(e.getClass()), left, List.of(String.valueOf(e.getMessage())));
    }
    return Outcome.of(lines, placement);
  }

  private static void write(
      Terminal terminal,
      Session session,
      Dataset dataset,
      Path output,
      List<String> lines,
      List<String> placement) {
    CsvSink sink = Csv.to(output.toString());
    boolean header = terminal == Terminal.WRITE_WITH_HEADER;
    sink = header ? sink.header() : terminal == Terminal.WRITE_GZIP ? sink.gzip() : sink;
    dataset.write(sink);
    List<Path> parts = parts(output);
    for (Path part : parts) {
      List<String> written = lines(part);
      placement.add(part.getFileName() + ": " + written.size() + " lines");
      if (header && !written.isEmpty()) {
        String names = written.remove(0);
        if (!names.equals(RowText.csvHeader(dataset.schema()))) {
          lines.add("header " + names);
        }
      }
      written.forEach(line -> lines.add("written " + line));
    }
    if (!parts.isEmpty()) {
      readBack(terminal, session, dataset.schema(), output, lines);
    }
  }

  private static void readBack(
      Terminal terminal, Session session, Schema schema, Path output, List<String> lines) {
    if (terminal == Terminal.WRITE) {
      for (Row row : session.read(TextFiles.at(output.toString())).collect()) {
        lines.add("read " + row.value(0));
      }
      return;
    }
    CsvSource csv = Csv.of(RowText.optional(schema)).at(output.toString());
    csv = terminal == Terminal.WRITE_WITH_HEADER ? csv.header() : csv;
    session.read(csv).collect().forEach(row -> lines.add(RowText.exact(row, true)));
  }

  private static List<Path> parts(Path output) {
    try (Stream<Path> files = Files.list(output)) {
      return files.filter(f -> !f.getFileName().toString().startsWith("_")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The lines of a part, each of which has an end. */
  private static List<String> lines(Path part) {
    try (InputStream file = Files.newInputStream(part);
        InputStream in = part.toString().endsWith(".gz") ? new GZIPInputStream(file) : file) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
      String rest = lines.remove(lines.size() - 1);
      if (!rest.isEmpty()) {
        lines.add(rest + " (without an end)");
      }
      return lines;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
