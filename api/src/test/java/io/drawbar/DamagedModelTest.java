package io.drawbar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

/**
 * Files that are not, or no longer, what was saved: they are refused, whatever was done to them.
 */
class DamagedModelTest extends SavedModelFixture {
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
}
