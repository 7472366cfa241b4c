package io.drawbar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbar.learn.Inference;
import io.drawbar.learn.LinearRegressionModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Models as files: what is written, and that whatever is not that is refused. */
class SavedModelTest {
  private static final LinearRegressionModel MODEL =
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

  @TempDir private Path scratch;
  private Path folder;
  private Path zip;

  @BeforeEach
  void save() {
    folder = scratch.resolve("models/one");
    zip = scratch.resolve("models/one.zip");
    MODEL.save(folder);
    MODEL.save(zip);
  }

  private static List<Path> list(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  @Test
  void whatIsLoadedIsWhatWasSavedToTheBit() {
    assertThat(Model.load(folder)).isEqualTo(MODEL);
    assertThat(Model.load(zip)).isEqualTo(MODEL);
    assertThat(Model.load(zip).fingerprint()).isEqualTo(MODEL.fingerprint());
    assertThat(list(folder.getParent())).containsExactly(folder, zip);
  }

  /** Two programs save to one path at the same moment: one is told that it came too late. */
  @ParameterizedTest
  @ValueSource(strings = {"", ".zip"})
  void ofTwoThatSaveAtOnceOneWins(String extension) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      for (int round = 0; round < 200; round++) {
        Path target = scratch.resolve("race/" + round + extension);
        CyclicBarrier both = new CyclicBarrier(2);
        Callable<Boolean> save =
            () -> {
              both.await(60, TimeUnit.SECONDS);
              try {
                MODEL.save(target);
                return true;
              } catch (ModelFileException e) {
                assertThat(e).hasMessageContaining("there is already something at " + target);
                return false;
              }
            };
        int winners = 0;
        for (Future<Boolean> saved : threads.invokeAll(List.of(save, save))) {
          winners += saved.get() ? 1 : 0;
        }
        assertThat(winners).as("round " + round).isEqualTo(1);
        assertThat(Model.load(target)).isEqualTo(MODEL);
      }
      assertThat(list(scratch.resolve("race"))).hasSize(200);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void theFingerprintIsThatOfTheManifest() throws Exception {
    assertThat(MODEL.fingerprint())
        .isEqualTo(sha256(Files.readAllBytes(folder.resolve("manifest.json"))));
    assertThat(Files.readString(folder.resolve("manifest.sha256")))
        .isEqualTo(MODEL.fingerprint() + "  manifest.json\n");
  }

  @Test
  void theManifestIsReadable() throws IOException {
    assertThat(Files.readString(folder.resolve("manifest.json")))
        .startsWith(
            """
            {
              "format": 1,
              "model": {
                "type": "linear-regression",
                "revision": 1,
                "settings": {"features": "the \\"x\\" \uD83D\uDE9C", "rows": 10, "inference": "KNOWN"},
                "reads": [
                  {"name": "the \\"x\\" \uD83D\uDE9C", "type": "VECTOR(3)"}
                ],
                "adds": [
                  {"name": "prediction", "type": "DOUBLE"}
                ],
                "metrics": {"rSquared": "NaN", "residualStandardError": 0.1},
                "provenance": {
                  "trainer": "LinearRegression",
                  "parameters": {"label": "y\\u000a"},
                  "inputs": ["x", "y"],
                  "rows": 10,
                  "data": "00ff",
                  "version": "0.1.0-SNAPSHOT"
                },
                "parts": [
                  {
                    "name": "coefficients",
                    "type": "f64",
                    "shape": [3],
                    "length": 24,
                    "sha256": "\
            """);
    byte[] part = Files.readAllBytes(folder.resolve("coefficients.f64"));
    assertThat(part).hasSize(24).startsWith(0xCD, 0xCC, 0xCC, 0xCC, 0xCC, 0xCC, 0x12, 0x40);
  }

  @Test
  void equalModelsAreEqualBytes() throws IOException {
    Path again = scratch.resolve("again.zip");
    Model.load(folder).save(again);
    assertThat(Files.readAllBytes(again)).isEqualTo(Files.readAllBytes(zip));
  }

  /** The JDK's own reader of zips, as an oracle of the layout. */
  @Test
  void theZipIsOneToOtherPrograms() throws IOException {
    List<String> names = new ArrayList<>();
    try (ZipFile file = new ZipFile(zip.toFile())) {
      for (Enumeration<? extends ZipEntry> all = file.entries(); all.hasMoreElements(); ) {
        ZipEntry entry = all.nextElement();
        names.add(entry.getName());
        assertThat(entry.getMethod()).isEqualTo(ZipEntry.STORED);
        assertThat(entry.getTimeLocal().getYear()).isEqualTo(1980);
        assertThat(file.getInputStream(entry).readAllBytes())
            .isEqualTo(Files.readAllBytes(folder.resolve(entry.getName())));
      }
    }
    assertThat(names)
        .containsExactly(
            "manifest.json",
            "manifest.sha256",
            "coefficients.f64",
            "intercept.f64",
            "elements.utf8",
            "standardErrors.f64",
            "interceptErrors.f64",
            "freedom.f64",
            "deviations.f64");
  }

  @Test
  void whatIsThereIsNeverWrittenOver() throws IOException {
    byte[] before = Files.readAllBytes(zip);
    for (Path path : List.of(folder, zip, folder.resolve("manifest.json"))) {
      assertThatThrownBy(() -> MODEL.save(path))
          .isInstanceOf(ModelFileException.class)
          .hasMessageContaining("already something at")
          .hasMessageContaining(path.toString());
    }
    assertThat(Files.readAllBytes(zip)).isEqualTo(before);
    assertThat(list(folder.getParent())).containsExactly(folder, zip);
  }

  @Test
  void aSaveThatFailsLeavesNothing() throws IOException {
    Path file = Files.writeString(scratch.resolve("file"), "");
    assertThatThrownBy(() -> MODEL.save(file.resolve("model")))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("nothing was written");
    assertThat(list(scratch)).containsExactly(file, folder.getParent());
  }

  @Test
  void aPathWithoutAModelIsNamed() throws IOException {
    assertThatThrownBy(() -> Model.load(scratch.resolve("none")))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("there is no model at");
    assertThatThrownBy(() -> Model.load(scratch))
        .isInstanceOf(DamagedModelException.class)
        .hasMessageContaining("manifest.json is missing");
    Path text = Files.writeString(scratch.resolve("text.zip"), "hello ".repeat(20));
    assertThatThrownBy(() -> Model.load(text))
        .isInstanceOf(DamagedModelException.class)
        .hasMessageContaining("unpack it and load the folder");
  }

  private void refused(Path model, String how) {
    Model found;
    try {
      found = Model.load(model);
    } catch (DamagedModelException e) {
      return;
    }
    throw new AssertionError(how + " gives " + found);
  }

  @Test
  void everyFlippedBitOfAZipIsFound() throws IOException {
    flipEveryBit(zip, zip);
  }

  @Test
  void everyFlippedBitOfAFolderIsFound() throws IOException {
    for (Path file : list(folder)) {
      flipEveryBit(file, folder);
    }
  }

  private void flipEveryBit(Path file, Path model) throws IOException {
    byte[] sound = Files.readAllBytes(file);
    for (int bit = 0; bit < 8 * sound.length; bit++) {
      byte[] flipped = sound.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      Files.write(file, flipped);
      refused(model, file + ", bit " + bit);
    }
    Files.write(file, sound);
    assertThat(Model.load(model)).isEqualTo(MODEL);
  }

  @Test
  void aModelCutOffAtAnyByteIsRefused() throws IOException {
    cutAtEveryByte(zip, zip);
    for (Path file : list(folder)) {
      cutAtEveryByte(file, folder);
    }
  }

  private void cutAtEveryByte(Path file, Path model) throws IOException {
    byte[] sound = Files.readAllBytes(file);
    for (int length = 0; length <= sound.length + 1; length++) {
      Files.write(file, Arrays.copyOf(sound, length));
      if (length != sound.length) {
        refused(model, file + " of " + length + " bytes");
      }
    }
    Files.write(file, sound);
    assertThat(Model.load(model)).isEqualTo(MODEL);
  }

  @Test
  void aMissingOrAdditionalFileIsRefused() throws IOException {
    Files.writeString(folder.resolve(".DS_Store"), "a file system's own affair");
    assertThat(Model.load(folder)).isEqualTo(MODEL);
    Path extra = Files.writeString(folder.resolve("extra.f64"), "");
    refused(folder, "an additional file");
    Files.delete(extra);
    for (Path file : list(folder)) {
      if (!file.getFileName().toString().startsWith(".")) {
        byte[] sound = Files.readAllBytes(file);
        Files.delete(file);
        refused(folder, "without " + file);
        Files.write(file, sound);
      }
    }
  }

  /** Zips of the right entries that another program may have made: not one of them is unpacked. */
  @Test
  void zipsOfAnotherLayoutAreRefused() throws IOException {
    Path packed = scratch.resolve("packed.zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(packed))) {
      for (Path file : list(folder)) {
        out.putNextEntry(new ZipEntry(file.getFileName().toString()));
        out.write(Files.readAllBytes(file));
      }
    }
    refused(packed, "compressed");
    byte[] bytes = Files.readAllBytes(zip);
    byte[] twice = Arrays.copyOf(bytes, 2 * bytes.length);
    System.arraycopy(bytes, 0, twice, bytes.length, bytes.length);
    Files.write(packed, twice);
    refused(packed, "everything twice");
  }

  /** A manifest of somebody's own making, with a checksum that holds. */
  private void manifest(String text) throws Exception {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    Files.write(folder.resolve("manifest.json"), bytes);
    Files.writeString(folder.resolve("manifest.sha256"), sha256(bytes) + "  manifest.json\n");
  }

  private void refusedWith(String text, String message) throws Exception {
    manifest(text);
    assertThatThrownBy(() -> Model.load(folder))
        .as(text)
        .isInstanceOf(DamagedModelException.class)
        .hasMessageContaining(message);
  }

  @Test
  void aManifestThatLiesIsRefused() throws Exception {
    String sound = Files.readString(folder.resolve("manifest.json"));
    Files.writeString(scratch.resolve("models/secret.f64"), "12345678");
    for (String name :
        List.of("../secret", "/etc/passwd", "a/b", "a.b", "", "..", "\\u0000", "A")) {
      refusedWith(sound.replace("\"coefficients\"", "\"" + name + "\""), "the manifest does not");
    }
    refusedWith(shaped(sound, "[4]"), "part 'coefficients' of shape [4] cannot have 24");
    refusedWith(
        shaped(sound, "[2147483647, 2147483647, 5]").replaceFirst("24,", "17179869184,"), "shape");
    refusedWith(shaped(sound, "[-3]"), "an extent of -3");
    refusedWith(shaped(sound, "[3.0]"), "an extent of 3.0");
    // Its product comes round to 0.
    String round = "[2147483647, 2147483647, 5, 4194304, 2097152, 2097152]";
    refusedWith(shaped(sound, round).replaceFirst("24,", "0,"), "shape");
    refusedWith(shaped(sound, "[3, 1, 1, 1, 1, 1, 1, 1, 1]"), "shape");
    refusedWith(shaped(sound, "[3, 1]"), "coefficients' of a linear-regression is F64[3, 1]");
    refusedWith(
        shaped(sound, "[268435453]").replaceFirst("24,", "2147483624,"),
        "coefficients.f64 has 24 bytes, not 2147483624");
    refusedWith(
        shaped(sound, "[268435456]").replaceFirst("24,", "2147483648,"),
        "coefficients.f64 cannot have 2147483648 bytes");
    refusedWith(sound.replace("\"intercept\"", "\"coefficients\""), "");
    refusedWith(sound.replace("f64", "f32"), "no known type");
    refusedWith(sound.replace("\"f64\"", "\"i64\""), "missing");
    refusedWith(sound.replace("VECTOR(3)", "VECTOR(0)"), "VECTOR(0)");
    refusedWith(sound.replace("VECTOR(3)", "LIST(".repeat(100_000)), "characters");
    refusedWith(sound.replace("\"features\"", "\"feature\""), "has the setting 'features'");
    refusedWith(sound.replace("\"rows\": 10, \"inf", "\"rows\": \"10\", \"inf"), "not a Long");
    refusedWith(sound.replace("\"rSquared\": \"NaN\", ", ""), "has the metric 'rSquared'");
    refusedWith(sound.replace("\"settings\"", "\"other\""), "no 'settings'");
    refusedWith(sound.replace("\"settings\"", "\"other\": 1, \"settings\""), "also has [other]");
    refusedWith(sound.replace("\"stages\": []", "\"stages\": [{}]"), "no 'type'");
    refusedWith(sound.replace("\"revision\": 1", "\"revision\": -1"), "no revision -1");
    refusedWith(sound.replace("\"revision\": 1", "\"revision\": 4294967297"), "no revision 42");
    refusedWith(sound.replace("\"revision\": 1,", ""), "no 'revision'");
    refusedWith(sound.replace("\"format\": 1", "\"format\": 0"), "also has [revision]");
    refusedWith(sound.replace("KNOWN", "MAYBE"), "'MAYBE', not one of");
    refusedWith(sound.replace("KNOWN", "PENALISED"), "PENALISED with the standard errors");
    refusedWith("[".repeat(1_000_000), "more than 100 levels");
    refusedWith(sound.replace("\"format\": 1", "\"format\": -1"), "no format -1");
    refusedWith(sound.replace("\"format\": 1", "\"format\": 1, \"format\": 1"), "there twice");
    refusedWith(sound + "{}", "not the end");
    refusedWith("", "not JSON");
    refusedWith("3", "no object");
    manifest(sound);
    assertThat(Model.load(folder)).isEqualTo(MODEL);
  }

  /** Whatever a manifest says, under a checksum that holds: it is read, or refused by name. */
  @Test
  void noManifestMakesAnotherError() throws Exception {
    String sound = Files.readString(folder.resolve("manifest.json"));
    Random random = new Random(12);
    int refused = 0;
    for (int i = 0; i < 3000; i++) {
      StringBuilder changed = new StringBuilder(sound);
      for (int k = 1 + random.nextInt(3); k > 0; k--) {
        int at = random.nextInt(changed.length());
        String with = String.valueOf("0129-\"{}[]:,aZ./\\ ".charAt(random.nextInt(18)));
        changed.replace(at, at + random.nextInt(3), random.nextInt(4) == 0 ? "" : with);
      }
      manifest(changed.toString());
      try {
        Model.load(folder);
      } catch (DamagedModelException | UnsupportedModelException e) {
        refused++;
      }
    }
    assertThat(refused).isBetween(2000, 2999);
  }

  /** With another shape of the first part, the coefficients. */
  private static String shaped(String manifest, String shape) {
    int at = manifest.indexOf("[3]");
    return manifest.substring(0, at) + shape + manifest.substring(at + "[3]".length());
  }

  @Test
  void aModelThatDoesNotFitItsTypeIsRefused() throws Exception {
    String sound = Files.readString(folder.resolve("manifest.json"));
    Files.write(folder.resolve("coefficients.f64"), new byte[0]);
    String hash = sha256(new byte[0]);
    String coefficients =
        sound.substring(sound.indexOf("\"sha256\""), sound.indexOf("\"intercept"));
    refusedWith(
        shaped(sound, "[0]")
            .replaceFirst("24,", "0,")
            .replace(coefficients.substring(11, 75), hash),
        "at least one coefficient");
  }

  @Test
  void pathsAreShownAsTheyAreOnThisMachine() {
    Path here = Path.of("no", "..", "such.zip");
    assertThatThrownBy(() -> Model.load(here))
        .isInstanceOf(ModelFileException.class)
        .hasMessage("there is no model at " + Path.of("such.zip").toAbsolutePath());
  }

  @Test
  void aNewerFormatIsNamed() throws Exception {
    manifest("{\"format\": 7, \"what\": {\"is\": [\"not known yet\"]}}");
    assertThatThrownBy(() -> Model.load(folder))
        .isInstanceOf(UnsupportedModelException.class)
        .hasMessageContaining("it is of format 7")
        .hasMessageContaining(folder.toString());
  }

  /** What a type saves may change without the format: each has revisions of its own. */
  @Test
  void aNewerRevisionIsNamed() throws Exception {
    String sound = Files.readString(folder.resolve("manifest.json"));
    manifest(sound.replace("\"revision\": 1", "\"revision\": 2"));
    assertThatThrownBy(() -> Model.load(folder))
        .isInstanceOf(UnsupportedModelException.class)
        .hasMessageContaining("'linear-regression' is of revision 2")
        .hasMessageContaining("reads up to 1; use a newer version")
        .hasMessageContaining(folder.toString());
    assertThatThrownBy(() -> ModelContent.of("x").revision(-1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(ModelContent.of("x").revision(3).build().revision()).isEqualTo(3);
    assertThat(ModelContent.of("x").revision(3).build()).isNotEqualTo(ModelContent.of("x").build());
  }

  @Test
  void anUnknownTypeNamesThoseFound() throws Exception {
    String sound = Files.readString(folder.resolve("manifest.json"));
    manifest(sound.replace("linear-regression", "linear-regresion"));
    assertThatThrownBy(() -> Model.load(folder))
        .isInstanceOf(UnsupportedModelException.class)
        .hasMessageContaining("type 'linear-regresion'")
        .hasMessageContaining("linear-regression")
        .hasMessageContaining("Did you mean 'linear-regression'?");
  }

  @Test
  void theVersionIsThatOfTheBuild() throws IOException {
    String pom = Files.readString(Path.of("pom.xml"));
    assertThat(pom).contains("<version>" + Version.DRAWBAR + "</version>");
  }
}
