package io.drawbar;

import io.drawbar.learn.Inference;
import io.drawbar.learn.LinearRegressionModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A model that is saved as a folder and as a zip, and ways to look at these and to forge them. */
abstract class SavedModelFixture {
  static final LinearRegressionModel MODEL =
      new LinearRegressionModel(
          "the \"x\" \uD83D\uDE9C",
          List.of("a", "b\n", "\uD83D\uDE9C"),
          List.of(4.7, -0.0, Double.MIN_VALUE),
          6.3,
          10,
          Double.NaN,
          .1,
          new Inference(
              Inference.Standing.KNOWN,
              List.of(.5, 0.0, Double.NaN),
              List.of(1.25),
              6,
              List.of(1.0, 2.0, 0.0)),
          new Provenance(
              "LinearRegression",
              Map.of("label", "y\n"),
              List.of("x", "y"),
              10,
              "00ff",
              "0.1.0-SNAPSHOT"));

  @TempDir Path scratch;
  Path folder;
  Path zip;

  @BeforeEach
  final void save() {
    folder = scratch.resolve("models/one");
    zip = scratch.resolve("models/one.zip");
    MODEL.save(folder);
    MODEL.save(zip);
  }

  static List<Path> list(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  /** A manifest of somebody's own making, with a checksum that holds. */
  final void manifest(String text) throws Exception {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    Files.write(folder.resolve("manifest.json"), bytes);
    Files.writeString(folder.resolve("manifest.sha256"), sha256(bytes) + "  manifest.json\n");
  }
}
