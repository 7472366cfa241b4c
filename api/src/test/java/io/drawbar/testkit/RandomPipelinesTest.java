package io.drawbar.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbar.Session;
import io.drawbar.config.Config;
import io.drawbar.expr.AggregateFunction;
import io.drawbar.expr.BinaryOperator;
import io.drawbar.type.Row;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RandomPipelinesTest {
  /** Of what must not depend on luck: that all is used, and that planted faults are caught. */
  private static final long SEED = 20_000;

  /** Other pipelines, and more: {@code -Dpipelines.seed=12345 -Dpipelines.count=5000}. */
  private static final long FIRST_SEED = Long.getLong("pipelines.seed", SEED);

  private static final int COUNT = Integer.getInteger("pipelines.count", 300);
  private static final int SEEDS_UNTIL_CAUGHT = 600;

  private static Session local(String... configPairs) {
    List<String> pairs = new ArrayList<>(Arrays.asList(configPairs));
    pairs.addAll(List.of("drawbar.engine", "local"));
    return Session.open(Config.of(pairs.toArray(String[]::new)));
  }

  @Test
  void localAgreesWithTheOracle() {
    RandomPipelines.run(FIRST_SEED, COUNT, RandomPipelinesTest::local);
  }

  @Test
  void aThousandSeedsUseEverything() {
    SortedMap<String, Integer> counts = RandomPipelines.coverage(SEED, 1000);
    List<String> wanted = new ArrayList<>();
    List<String> scalars = List.of("LONG", "DOUBLE", "STRING", "BOOLEAN");
    for (BinaryOperator operator : BinaryOperator.values()) {
      if (operator.isLogical()) {
        wanted.add("operator " + operator);
        continue;
      }
      for (String a : List.of("LONG", "DOUBLE")) {
        for (String b : List.of("LONG", "DOUBLE")) {
          wanted.add("operator %s %s %s".formatted(operator, a, b));
        }
      }
      if (!operator.isArithmetic()) {
        wanted.add("operator " + operator + " STRING STRING");
        wanted.add("operator " + operator + " BOOLEAN BOOLEAN");
      }
    }
    for (String unary :
        List.of(
            "NEGATE LONG",
            "NEGATE DOUBLE",
            "NOT BOOLEAN",
            "LOWER STRING",
            "UPPER STRING",
            "LENGTH STRING",
            "TRIM STRING",
            "ABSOLUTE LONG",
            "ABSOLUTE DOUBLE")) {
      wanted.add("operator " + unary);
    }
    for (String from : scalars) {
      wanted.add("literal " + from);
      wanted.add("literal null " + from);
      wanted.add("key " + from);
      wanted.add("operator IS_NULL " + from);
      wanted.add("operator IS_NOT_NULL " + from);
      wanted.add("aggregate COUNT " + from);
      wanted.add("aggregate MIN " + from);
      wanted.add("aggregate MAX " + from);
      for (String to : scalars) {
        boolean truthOfNumber =
            to.equals("BOOLEAN") && (from.equals("LONG") || from.equals("DOUBLE"));
        if (!truthOfNumber) {
          wanted.add("cast " + from + " to " + to);
        }
      }
    }
    for (AggregateFunction function : List.of(AggregateFunction.SUM, AggregateFunction.AVG)) {
      wanted.add("aggregate " + function + " LONG");
      wanted.add("aggregate " + function + " DOUBLE");
    }
    wanted.addAll(
        List.of(
            "tryCast STRING to BOOLEAN",
            "tryCast STRING to LONG",
            "tryCast STRING to DOUBLE",
            "tryCast DOUBLE to LONG",
            "aggregate COUNT",
            "aggregate COUNT LIST",
            "aggregate COUNT VECTOR",
            "function ColumnRef",
            "function Split",
            "function Explode",
            "function VectorOf",
            "function Dot",
            "function Round",
            "function Concat",
            "function Substring",
            "function Replace",
            "function Coalesce",
            "function CaseWhen",
            "step Where",
            "step Select",
            "step WithColumn",
            "step Summary",
            "step Summary of all",
            "step Match itself",
            "step Match other",
            "step Union with itself",
            "step Union with other",
            "step Sort",
            "source records",
            "source csv plain",
            "source csv gzip",
            "source csv one file",
            "source csv several files",
            "source csv with header",
            "source csv without header",
            "source text plain",
            "source text gzip",
            "source text one file",
            "source text several files",
            "source bad row",
            "ends with rows",
            "ends with nothing",
            "ends with EvaluationException",
            "ends with BadRowException",
            "ends with UnwritableValueException"));
    for (GeneratedPipeline.Terminal terminal : GeneratedPipeline.Terminal.values()) {
      wanted.add("terminal " + terminal);
    }
    for (RelationalStep.Kind kind : RelationalStep.Kind.values()) {
      wanted.add("step " + kind);
    }
    for (RelationalStep.Whole what : RelationalStep.Whole.values()) {
      wanted.add("step " + what);
    }
    for (RelationalStep.Lambda lambda : RelationalStep.Lambda.values()) {
      wanted.add("step Typed " + lambda);
    }
    wanted.addAll(List.of("step Draw by row", "step Draw by values"));
    for (String type : scalars) {
      wanted.add("match by " + type);
      wanted.add("sort ASCENDING " + type);
      wanted.add("sort DESCENDING " + type);
    }
    for (int parallelism : List.of(1, 2, 7)) {
      wanted.add("layout parallelism " + parallelism);
    }
    TreeSet<String> missing = new TreeSet<>(wanted);
    missing.removeAll(counts.keySet());
    assertThat(missing).as("not used by any of %s", counts).isEmpty();
    int failing =
        counts.entrySet().stream()
            .filter(e -> e.getKey().startsWith("ends with") && e.getKey().endsWith("Exception"))
            .mapToInt(e -> e.getValue())
            .sum();
    assertThat(failing).as("of 1000 that end with an error").isBetween(20, 100);
  }

  private static long seedsUntilCaught(RandomPipelines.SessionSource sessions, RowOracle oracle) {
    for (long seed = SEED; seed < SEED + SEEDS_UNTIL_CAUGHT; seed++) {
      try {
        RandomPipelines.check(seed, sessions, oracle);
      } catch (AssertionError e) {
        assertThat(e)
            .hasMessageContaining("seed " + seed)
            .hasMessageContaining("public class Seed");
        return seed - SEED + 1;
      }
    }
    return Long.MAX_VALUE;
  }

  private static void assertCaught(RowOracle faulty) {
    assertThat(seedsUntilCaught(RandomPipelinesTest::local, faulty))
        .as("seeds until the fault was caught")
        .isLessThanOrEqualTo(SEEDS_UNTIL_CAUGHT);
  }

  @Test
  void plainSummationIsCaught() {
    assertCaught(
        new RowOracle() {
          @Override
          double sum(List<Double> values) {
            double sum = 0;
            for (double value : values) {
              sum += value;
            }
            return sum;
          }
        });
  }

  @Test
  void aKeptNegativeZeroIsCaught() {
    assertCaught(
        new RowOracle() {
          @Override
          Object emitted(Object value) {
            return value;
          }
        });
  }

  @Test
  void negativeZeroAsAKeyOfItsOwnIsCaught() {
    assertCaught(
        new RowOracle() {
          @Override
          Object asKey(Object value) {
            return value;
          }
        });
  }

  @Test
  void anotherPlaceForNaNIsCaught() {
    assertCaught(
        new RowOracle() {
          @Override
          int compareDoubles(double a, double b) {
            if (Double.isNaN(a) || Double.isNaN(b)) {
              return Boolean.compare(Double.isNaN(b), Double.isNaN(a));
            }
            return super.compareDoubles(a, b);
          }
        });
  }

  @Test
  void twoValuedLogicIsCaught() {
    assertCaught(
        new RowOracle() {
          @Override
          Boolean or(Boolean a, Boolean b) {
            return a == null || b == null ? null : super.or(a, b);
          }
        });
  }

  @Test
  void aNullConditionThatChoosesIsCaught() {
    assertCaught(
        new RowOracle() {
          @Override
          boolean decides(Boolean condition) {
            return condition == null || condition;
          }
        });
  }

  @Test
  void nullsPassedOverByConcatAreCaught() {
    assertCaught(
        new RowOracle() {
          @Override
          String concat(List<Object> parts) {
            return super.concat(parts.stream().filter(Objects::nonNull).toList());
          }
        });
  }

  @Test
  void halvesOfPairsCountedBySubstringAreCaught() {
    assertCaught(
        new RowOracle() {
          @Override
          IntStream characters(String text) {
            return text.chars();
          }
        });
  }

  @Test
  void halvesRoundedToEvenAreCaught() {
    assertCaught(
        new RowOracle() {
          @Override
          RoundingMode rounding() {
            return RoundingMode.HALF_EVEN;
          }
        });
  }

  @Test
  void stringsComparedAsUtf16AreCaught() {
    assertCaught(
        new RowOracle() {
          @Override
          int compare(Object a, Object b) {
            return a instanceof String s ? s.compareTo((String) b) : super.compare(a, b);
          }
        });
  }

  @Test
  void nullsThatMeetInAJoinAreCaught() {
    assertCaught(
        new RowOracle() {
          @Override
          boolean areSame(List<Object> a, List<Object> b) {
            return compareKeys(a, b) == 0;
          }
        });
  }

  @Test
  void tiesLeftAsTheyComeAreCaught() {
    assertCaught(
        new RowOracle() {
          @Override
          int compareRest(Row a, Row b) {
            return 0;
          }
        });
  }

  @Test
  void sampleByAnotherHashIsCaught() {
    assertCaught(
        new RowOracle() {
          @Override
          boolean isChosen(long id, long seed, double share) {
            return super.isChosen(id + 1, seed, share);
          }
        });
  }

  @Test
  void numbersDrawnByAnotherHashAreCaught() {
    assertCaught(
        new RowOracle() {
          @Override
          Double drawn(long hash, long seed) {
            return super.drawn(hash + 1, seed);
          }
        });
  }

  @Test
  void branchesWithTheSameIdsAreCaught() {
    assertCaught(
        new RowOracle() {
          @Override
          long branchId(long id, int oneOrTwo) {
            return id;
          }
        });
  }

  @Test
  void anEngineThatFlipsABitIsCaught() {
    assertThat(
            seedsUntilCaught(
                pairs -> Session.attach(new BitFlippingEngine(Config.of(pairs)), Config.of(pairs)),
                new RowOracle()))
        .isLessThanOrEqualTo(SEEDS_UNTIL_CAUGHT);
  }

  @Test
  void aSeedGivesTheSamePipelineAgain() {
    for (long seed = SEED; seed < SEED + 50; seed++) {
      assertThat(RandomPipelines.program(seed)).isEqualTo(RandomPipelines.program(seed));
    }
  }

  @Test
  void programsCompile(@TempDir Path folder) throws Exception {
    List<String> arguments =
        new ArrayList<>(List.of("-proc:none", "-nowarn", "-d", folder.toString()));
    arguments.addAll(List.of("-cp", System.getProperty("java.class.path")));
    for (long seed = SEED; seed < SEED + 8; seed++) {
      GeneratedPipeline pipeline = PipelineGenerator.generate(seed);
      Path file = folder.resolve(PipelineProgram.className(pipeline) + ".java");
      GeneratedSource source = pipeline.source();
      List<GeneratedSource.Entry> few = source.entries().stream().limit(20).toList();
      String program = PipelineProgram.of(pipeline.withSource(source.withEntries(few)));
      Files.writeString(file, program, StandardCharsets.US_ASCII);
      arguments.add(file.toString());
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    assertThat(compiler.run(null, null, null, arguments.toArray(String[]::new))).isZero();
  }

  @Test
  void aReportNamesTheSeedAndShowsASmallProgram() {
    RowOracle faulty =
        new RowOracle() {
          @Override
          int compareDoubles(double a, double b) {
            return -super.compareDoubles(a, b);
          }
        };
    assertThatThrownBy(
            () -> {
              for (long seed = SEED; seed < SEED + SEEDS_UNTIL_CAUGHT; seed++) {
                RandomPipelines.check(seed, RandomPipelinesTest::local, faulty);
              }
            })
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("random pipeline of seed ")
        .hasMessageContaining("expected: ")
        .hasMessageContaining("actual: ")
        .hasMessageContaining("Session.open(Config.of(");
  }
}
