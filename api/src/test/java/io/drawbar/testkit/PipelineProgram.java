package io.drawbar.testkit;

import static io.drawbar.expr.SortKey.Direction.ASCENDING;

import io.drawbar.type.Field;
import io.drawbar.type.Row;
import io.drawbar.type.Schema;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A random pipeline as a Java program that needs nothing but Drawbar: to copy, run and look into.
 */
final class PipelineProgram {
  private PipelineProgram() {}

  /** The name of the program's class. */
  static String className(GeneratedPipeline pipeline) {
    return "Seed" + Long.toString(pipeline.seed()).replace('-', 'M');
  }

  static String of(GeneratedPipeline pipeline) {
    String config =
        List.of(pipeline.config()).stream().map(JavaText::quoted).collect(Collectors.joining(", "));
    return """
    import static io.drawbar.expr.Functions.*;

    import io.drawbar.Dataset;
    import io.drawbar.Session;
    import io.drawbar.config.Config;
    import io.drawbar.expr.SplitSide;
    import io.drawbar.io.Csv;
    import io.drawbar.io.Records;
    import io.drawbar.io.TextFiles;
    import io.drawbar.type.DataType;
    import io.drawbar.type.Field;
    import io.drawbar.type.Row;
    import io.drawbar.type.Schema;
    import java.io.OutputStream;
    import java.nio.charset.StandardCharsets;
    import java.nio.file.Files;
    import java.nio.file.Path;
    import java.util.ArrayList;
    import java.util.Arrays;
    import java.util.List;
    import java.util.zip.GZIPOutputStream;

    public class %s {
      public static void main(String[] arguments) throws Exception {
        String folder = Files.createTempDirectory("drawbar").toString();
    %s    Schema schema = new Schema(List.of(%s));
        try (Session session = Session.open(Config.of(%s))) {
          Dataset dataset = session.read(%s);%s
    %s    }
      }

      static Records rows(Schema schema, Object[]... rows) {
        return Records.of(schema, Arrays.stream(rows).map(row -> Row.of(schema, row)).toList());
      }

      public record Cell(String text, Long whole) {
        public boolean isKept() {
          return text == null || text.length() %% 3 != 1;
        }

        public Cell turned() {
          return new Cell(
              whole == null ? null : whole + "", text == null ? null : (long) text.length());
        }

        public List<Cell> children() {
          List<Cell> children = new ArrayList<>();
          for (int i = 0; i < (text == null ? 1 : text.length() %% 4); i++) {
            children.add(new Cell(i == 1 ? null : text, i %% 2 == 0 ? whole : Long.valueOf(i)));
          }
          return children;
        }
      }

      static void write(String path, String content) throws Exception {
        OutputStream file = Files.newOutputStream(Path.of(path));
        try (OutputStream out = path.endsWith(".gz") ? new GZIPOutputStream(file) : file) {
          out.write(content.getBytes(StandardCharsets.UTF_8));
        }
      }
    }
    """
        .formatted(
            className(pipeline),
            files(pipeline.source()),
            fields(pipeline.source().schema()),
            config,
            source(pipeline.source()),
            steps(pipeline.steps()),
            terminal(pipeline.terminal()));
  }

  /** The calls of the steps, a line each. */
  static String steps(List<PipelineStep> steps) {
    return steps.stream()
        .map(s -> "\n          dataset = dataset" + step(s) + ";")
        .collect(Collectors.joining());
  }

  private static String step(PipelineStep step) {
    if (step instanceof PipelineStep.Where where) {
      return ".where(" + JavaText.of(where.condition()) + ")";
    }
    if (step instanceof PipelineStep.Select select) {
      return ".select(" + JavaText.of(select.columns()) + ")";
    }
    if (step instanceof PipelineStep.WithColumn column) {
      return ".withColumn(%s, %s)"
          .formatted(JavaText.quoted(column.name()), JavaText.of(column.value()));
    }
    return step instanceof PipelineStep.Summary summary ? summary(summary) : relational(step);
  }

  private static String relational(PipelineStep step) {
    if (step instanceof RelationalStep.Match match) {
      String keys = match.keys().stream().map(JavaText::quoted).collect(Collectors.joining(", "));
      return ".%s(%s, %s)".formatted(match.kind().method(), other(match.right()), keys);
    }
    if (step instanceof RelationalStep.Union union) {
      return ".union(" + other(union.second()) + ")";
    }
    if (step instanceof RelationalStep.Sort sort) {
      return sort.keys().stream()
          .map(k -> JavaText.of(k.expr()) + (k.direction() == ASCENDING ? ".asc()" : ".desc()"))
          .collect(Collectors.joining(", ", ".sortBy(", ")"));
    }
    if (step instanceof RelationalStep.Draw draw) {
      String keys =
          draw.of().stream().map(k -> ", " + JavaText.quoted(k)).collect(Collectors.joining());
      return ".withRandom(%s, %sL%s)".formatted(JavaText.quoted(draw.column()), draw.seed(), keys);
    }
    if (step instanceof RelationalStep.Typed typed) {
      String call =
          switch (typed.lambda()) {
            case FILTER -> "filter(Cell::isKept)";
            case MAP -> "map(Cell.class, Cell::turned)";
            case FLAT_MAP -> "flatMap(Cell.class, Cell::children)";
          };
      return ".select(%s).as(Cell.class).%s.dataset()"
          .formatted(JavaText.of(typed.expressions()), call);
    }
    RelationalStep.Plain plain = (RelationalStep.Plain) step;
    String chosen = "(" + plain.share() + ", " + plain.seed() + "L)";
    return switch (plain.what()) {
      case DISTINCT -> ".distinct()";
      case LIMIT -> ".limit(" + plain.rows() + ")";
      case SAMPLE -> ".sample" + chosen;
      case SPLIT_TRAIN -> ".split" + chosen + ".train()";
      case SPLIT_TEST -> ".split" + chosen + ".test()";
      case CACHE -> ".cache()";
    };
  }

  private static String other(OtherRows other) {
    String rows =
        other.source() == null
            ? "dataset"
            : other.source().rows().stream()
                .map(row -> ", " + values(row))
                .collect(
                    Collectors.joining(
                        "",
                        "session.read(rows(new Schema(List.of("
                            + fields(other.source().schema())
                            + "))",
                        "))"));
    return rows + other.steps().stream().map(PipelineProgram::step).collect(Collectors.joining());
  }

  private static String summary(PipelineStep.Summary summary) {
    String aggregates =
        summary.aggregates().stream().map(JavaText::of).collect(Collectors.joining(", "));
    String keys = summary.keys().isEmpty() ? "" : ".groupBy(" + JavaText.of(summary.keys()) + ")";
    return keys + ".agg(" + aggregates + ")";
  }

  private static String terminal(GeneratedPipeline.Terminal terminal) {
    return switch (terminal) {
      case COLLECT -> "      dataset.collect().forEach(System.out::println);\n";
      case FOLD -> "      // A fold of blocks of the first DOUBLE column.\n";
      case COUNT -> "      System.out.println(dataset.count());\n";
      default ->
          """
                dataset.write(Csv.to(folder + "-out")%s);
                System.out.println(folder + "-out");
          """
              .formatted(
                  switch (terminal) {
                    case WRITE_WITH_HEADER -> ".header()";
                    case WRITE_GZIP -> ".gzip()";
                    default -> "";
                  });
    };
  }

  private static String fields(Schema schema) {
    return schema.fields().stream().map(PipelineProgram::field).collect(Collectors.joining(", "));
  }

  private static String field(Field field) {
    String presence = field.isRequired() ? "required" : "optional";
    return "Field.%s(%s, %s)"
        .formatted(presence, JavaText.quoted(field.name()), JavaText.of(field.type()));
  }

  private static String files(GeneratedSource source) {
    if (source.isInMemory()) {
      return "";
    }
    StringBuilder calls = new StringBuilder();
    for (GeneratedSource.SourceFile file : source.files()) {
      // A line a literal: the compiler joins them.
      String content =
          file.content().isEmpty()
              ? "\"\""
              : file.content().lines().count() == 0
                  ? JavaText.quoted(file.content())
                  : List.of(file.content().split("(?<=\n)")).stream()
                      .map(JavaText::quoted)
                      .collect(Collectors.joining("\n            + "));
      calls.append("    write(folder + \"/%s\",%n        %s);%n".formatted(file.name(), content));
    }
    return calls.toString();
  }

  private static String source(GeneratedSource source) {
    if (source.isInMemory()) {
      return source.rows().stream()
          .map(PipelineProgram::row)
          .collect(Collectors.joining(",", "Records.of(schema, List.of(", "))"));
    }
    GeneratedSource.Shape shape = source.shape();
    String paths =
        source.paths("").stream()
            .map(p -> p.isEmpty() ? "folder" : "folder + " + JavaText.quoted(p))
            .collect(Collectors.joining(", "));
    if (!shape.isCsv()) {
      return "TextFiles.at(" + paths + ")";
    }
    String nullText =
        shape.nullText() == null ? "" : ".nullText(" + JavaText.quoted(shape.nullText()) + ")";
    String separator = shape.separator() == '\t' ? "\\t" : String.valueOf(shape.separator());
    return "Csv.of(schema).at(%s).separator('%s')%s%s%s"
        .formatted(
            paths,
            separator,
            shape.header() == null ? "" : ".header()",
            nullText,
            shape.trims() ? ".trimmingSpaces()" : "");
  }

  private static String row(Row row) {
    return "\n            Row.of(schema, " + values(row) + ")";
  }

  private static String values(Row row) {
    return IntStream.range(0, row.schema().size())
        .mapToObj(c -> JavaText.value(row.value(c)))
        .collect(Collectors.joining(", ", "new Object[] {", "}"));
  }
}
