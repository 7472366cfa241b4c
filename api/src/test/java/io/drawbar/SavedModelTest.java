package io.drawbar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Models as files: what is written, and what is said where nothing can be, or cannot be read. */
class SavedModelTest extends SavedModelFixture {
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
