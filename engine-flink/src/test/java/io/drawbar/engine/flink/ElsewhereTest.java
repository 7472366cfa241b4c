package io.drawbar.engine.flink;

import io.drawbar.Session;
import io.drawbar.testkit.BrokenOffTraining;
import io.drawbar.testkit.HeldTraining;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * A program on one engine is killed while it trains, and another program goes on, on another
 * engine: each engine after each other one. The contract has that with the embedded engine; this
 * needs all of them on one class path, and is asked for by {@code -Pelsewhere}.
 */
@Timeout(900)
@EnabledIfSystemProperty(named = "elsewhere", matches = "true")
class ElsewhereTest {
  private static final List<String> ENGINES = List.of("local", "spark", "flink", "mapreduce");

  @TempDir static Path folder;

  @TestFactory
  Stream<DynamicTest> killedHereAndTakenUpThere() {
    return ENGINES.stream()
        .flatMap(
            one -> ENGINES.stream().filter(e -> !e.equals(one)).map(other -> test(one, other)));
  }

  private static DynamicTest test(String one, String other) {
    return DynamicTest.dynamicTest(
        one + ", then " + other,
        () ->
            BrokenOffTraining.killAndResume(
                Files.createTempDirectory(folder, one + "-"),
                HeldTraining.LOGISTIC,
                List.of("drawbar.engine=" + one, "drawbar.parallelism=2"),
                config ->
                    Session.open(
                        config.with("drawbar.engine", other).with("drawbar.parallelism", "3"))));
  }
}
