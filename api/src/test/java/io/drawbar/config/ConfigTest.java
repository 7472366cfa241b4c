package io.drawbar.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbar.error.DrawbarException;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigTest {

  private static final Map<String, String> NONE = Map.of();
  private static final ConfigKey<Map<String, String>> SPARK_CONF =
      ConfigKey.prefix("drawbar.spark.conf.*");

  @Test
  void theStrongestLayerWins() {
    Map<String, String> explicit = Map.of("drawbar.engine", "e");
    Map<String, String> system = Map.of("drawbar.engine", "s");
    Map<String, String> environment = Map.of("DRAWBAR_ENGINE", "v");
    Map<String, String> file = Map.of("drawbar.engine", "f");
    requireEngine(new Config(explicit, system, environment, file), "e", "given to Session.open");
    requireEngine(new Config(NONE, system, environment, file), "s", "system property");
    requireEngine(
        new Config(NONE, NONE, environment, file), "v", "environment variable DRAWBAR_ENGINE");
    requireEngine(new Config(NONE, NONE, NONE, file), "f", "file drawbar.properties");
    requireEngine(new Config(NONE, NONE, NONE, NONE), "local", "default");
  }

  @Test
  void readsTypes() {
    Config config =
        new Config(
            Map.of("drawbar.parallelism", " 8 ", "drawbar.f", "TRUE", "drawbar.c", "b"),
            Map.of("drawbar.l", "-5000000000"),
            Map.of("DRAWBAR_LEAF_BYTES", "64 KiB"),
            Map.of());
    assertThat(config.value(CoreKeys.PARALLELISM)).isEqualTo(8);
    assertThat(config.value(CoreKeys.LEAF_BYTES)).isEqualTo(65_536);
    assertThat(config.value(ConfigKey.flag("drawbar.f", false, "F."))).isTrue();
    assertThat(config.value(ConfigKey.choice("drawbar.c", "a", List.of("a", "b"), "C.")))
        .isEqualTo("b");
    assertThat(config.value(ConfigKey.longInteger("drawbar.l", 0, Long.MIN_VALUE, 0, "L.")))
        .isEqualTo(-5_000_000_000L);
  }

  @Test
  void environmentVariablesReachKeysWithCapitalsAndHyphens() {
    Config config = new Config(NONE, NONE, Map.of("DRAWBAR_SPARK_MASTERURL_A_B", "yarn"), NONE);
    ConfigKey<String> key = ConfigKey.string("drawbar.spark.masterUrl.a-b", "local", "A key.");
    assertThat(config.value(key)).isEqualTo("yarn");
    assertThat(config.origin(key.name()))
        .isEqualTo("environment variable DRAWBAR_SPARK_MASTERURL_A_B");
    assertThatCode(() -> config.check(List.of(key), List.of())).doesNotThrowAnyException();
  }

  @Test
  void takesOnlyItsOwnPropertiesAndVariables() {
    Config config =
        new Config(
            NONE,
            Map.of("java.home", "/x", "drawbarx", "1", "drawbar.engine", "s"),
            Map.of("PATH", "/bin", "DRAWBARX", "1", "DRAWBAR_LEAF_ROWS", "9"),
            NONE);
    assertThat(config.names()).containsExactly("drawbar.engine", "drawbar.leaf.rows");
  }

  @Test
  void withReplacesInACopy() {
    Config config = new Config(Map.of("drawbar.engine", "a"), NONE, NONE, NONE);
    assertThat(config.with("drawbar.engine", "b").value(CoreKeys.ENGINE)).isEqualTo("b");
    assertThat(config.value(CoreKeys.ENGINE)).isEqualTo("a");
    assertThatThrownBy(() -> config.with("drawbar.engine", null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the value of drawbar.engine is null");
  }

  @Test
  void prefixesGatherFromAllLayers() {
    Config config =
        new Config(
            Map.of("drawbar.spark.conf.b", "explicit"),
            Map.of("drawbar.spark.conf.b", "system", "drawbar.spark.conf.a.x", "system"),
            Map.of("DRAWBAR_SPARK_CONF_C", "environment"),
            Map.of("drawbar.spark.conf.spark.app.Name", "file", "drawbar.engine", "spark"));
    Map<String, String> values = config.withPrefix("drawbar.spark.conf.");
    assertThat(values)
        .containsExactly(
            Map.entry("a.x", "system"),
            Map.entry("b", "explicit"),
            Map.entry("c", "environment"),
            Map.entry("spark.app.Name", "file"));
    assertThat(config.value(SPARK_CONF)).isEqualTo(values);
    assertThat(new Config(NONE, NONE, NONE, NONE).value(SPARK_CONF)).isEmpty();
    assertThatThrownBy(values::clear).isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void aValueThatDoesNotFitIsExplained() {
    requireInvalid(
        new Config(Map.of("drawbar.leaf.rows", "many"), NONE, NONE, NONE),
        CoreKeys.LEAF_ROWS,
        "drawbar.leaf.rows is 'many' (given to Session.open); allowed is a whole number of at least 1.");
    requireInvalid(
        new Config(NONE, Map.of("drawbar.leaf.rows", "0"), NONE, NONE),
        CoreKeys.LEAF_ROWS,
        "drawbar.leaf.rows is '0' (system property); allowed is a whole number of at least 1.");
    requireInvalid(
        new Config(NONE, NONE, Map.of("DRAWBAR_LEAF_BYTES", "4MB"), NONE),
        CoreKeys.LEAF_BYTES,
        "drawbar.leaf.bytes is '4MB' (environment variable DRAWBAR_LEAF_BYTES); allowed is a number"
            + " of bytes at least 1, such as 64, 4 KiB or 4MiB. Units are B, KiB, MiB, GiB and TiB"
            + " (of 1024 bytes and its powers). Did you mean 'MiB'?");
    requireInvalid(
        new Config(NONE, NONE, NONE, Map.of("drawbar.f", "yes")),
        ConfigKey.flag("drawbar.f", true, "F."),
        "drawbar.f is 'yes' (file drawbar.properties); allowed is true or false.");
    requireInvalid(
        new Config(Map.of("drawbar.c", "sikp"), NONE, NONE, NONE),
        ConfigKey.choice("drawbar.c", "skip", List.of("fail", "skip"), "C."),
        "drawbar.c is 'sikp' (given to Session.open); allowed is one of: fail, skip. Did you mean 'skip'?");
  }

  @Test
  void aMissingValueIsExplained() {
    ConfigKey<String> key =
        ConfigKey.string("drawbar.spark.master", "", "The cluster to run on.").withoutDefault();
    Config empty = new Config(NONE, NONE, NONE, NONE);
    assertThat(empty.find(key)).isEmpty();
    assertThatThrownBy(() -> empty.value(key))
        .isInstanceOf(MissingValueException.class)
        .isInstanceOf(DrawbarException.class)
        .hasMessage(
            "drawbar.spark.master is not set and has no default: The cluster to run on. Give it"
                + " explicitly, as a system property, as environment variable DRAWBAR_SPARK_MASTER"
                + " or in drawbar.properties; allowed is any text.");
  }

  @Test
  void anUnknownKeyIsRefusedWithItsOriginAndTheNearestOne() {
    requireUnknown(
        new Config(Map.of("drawbar.engin", "spark"), NONE, NONE, NONE),
        "unknown configuration key 'drawbar.engin' (given to Session.open). Did you mean 'drawbar.engine'?");
    requireUnknown(
        new Config(NONE, Map.of("drawbar.leaf.byte", "1"), NONE, NONE),
        "unknown configuration key 'drawbar.leaf.byte' (system property)."
            + " Did you mean 'drawbar.leaf.bytes'?");
    requireUnknown(
        new Config(NONE, NONE, Map.of("DRAWBAR_LAEF_ROWS", "1"), NONE),
        "unknown configuration key 'drawbar.laef.rows' (environment variable DRAWBAR_LAEF_ROWS)."
            + " Did you mean 'drawbar.leaf.rows'?");
    requireUnknown(
        new Config(NONE, NONE, NONE, Map.of("engine", "spark")),
        "unknown configuration key 'engine' (file drawbar.properties)."
            + " Did you mean 'drawbar.engine'?");
    requireUnknown(
        new Config(NONE, NONE, NONE, Map.of("drawbar.colour", "red")),
        "unknown configuration key 'drawbar.colour' (file drawbar.properties). Known are:"
            + " drawbar.block.rows, drawbar.checkpoint.folder, drawbar.checkpoint.seconds,"
            + " drawbar.checkpoint.supersteps, drawbar.engine, drawbar.gather.bytes,"
            + " drawbar.leaf.bytes, drawbar.leaf.rows, drawbar.memory, drawbar.parallelism,"
            + " drawbar.progress, drawbar.scratch.folder, drawbar.spill.bytes,"
            + " drawbar.spill.folder.");
  }

  @Test
  void theFirstUnknownKeyByNameIsReported() {
    Config config =
        new Config(
            Map.of("drawbar.z", "1"), Map.of("drawbar.y", "1"), NONE, Map.of("drawbar.x", "1"));
    assertThatThrownBy(() -> config.check(CoreKeys.all(), List.of()))
        .hasMessageContaining("'drawbar.x' (file drawbar.properties)");
  }

  @Test
  void knownAndToleratedKeysPassTheCheck() {
    Config config =
        new Config(
            Map.of("drawbar.engine", "spark", "drawbar.flink.anything", "1"),
            Map.of("drawbar.spark.conf.spark.ui.enabled", "false"),
            Map.of("DRAWBAR_LEAF_BYTES", "1 MiB", "DRAWBAR_FLINK_MORE", "2"),
            NONE);
    List<ConfigKey<?>> known = List.of(CoreKeys.ENGINE, CoreKeys.LEAF_BYTES, SPARK_CONF);
    assertThatCode(() -> config.check(known, List.of("drawbar.flink."))).doesNotThrowAnyException();
    assertThatThrownBy(() -> config.check(known, List.of()))
        .isInstanceOf(UnknownKeyException.class);
  }

  @Test
  void theCheckReadsAllValues() {
    Config config = new Config(NONE, NONE, NONE, Map.of("drawbar.block.rows", "-1"));
    assertThatThrownBy(() -> config.check(CoreKeys.all(), List.of()))
        .isInstanceOf(InvalidValueException.class)
        .hasMessageStartingWith("drawbar.block.rows is '-1' (file drawbar.properties)");
    ConfigKey<String> unset = ConfigKey.string("drawbar.s", "", "S.").withoutDefault();
    assertThatCode(() -> new Config(NONE, NONE, NONE, NONE).check(List.of(unset), List.of()))
        .doesNotThrowAnyException();
  }

  @Test
  void secretsAreNeverPrinted() {
    Map<String, String> secrets =
        Map.of(
            "drawbar.jdbc.Password", "hush1",
            "drawbar.some.secret.id", "hush2",
            "drawbar.tokens", "hush3",
            "drawbar.spark.conf.fs.s3a.access.KEY", "hush4",
            "drawbar.credentials", "hush5",
            "drawbar.engine", "shown");
    Config config = new Config(secrets, NONE, Map.of("DRAWBAR_API_TOKEN", "hush6"), NONE);
    assertThat(config.toString())
        .doesNotContain("hush")
        .startsWith(
            "Config\n  drawbar.api.token = ******** (environment variable DRAWBAR_API_TOKEN)")
        .contains("\n  drawbar.engine = shown (given to Session.open)\n")
        .contains("\n  drawbar.jdbc.Password = ******** (given to Session.open)\n");
    ConfigKey<String> key = ConfigKey.choice("drawbar.tokens", "hush", List.of("hush"), "T.");
    assertThatThrownBy(() -> config.value(key))
        .isInstanceOf(InvalidValueException.class)
        .hasMessage(
            "drawbar.tokens is '********' (given to Session.open); allowed is one of: hush.");
  }

  @Test
  void readsSystemPropertiesWhenItIsMade() {
    System.setProperty("drawbar.leaf.rows", "77");
    try {
      Config config = Config.load();
      assertThat(config.value(CoreKeys.LEAF_ROWS)).isEqualTo(77);
      assertThat(Config.of("drawbar.leaf.rows", "78").value(CoreKeys.LEAF_ROWS)).isEqualTo(78);
      System.setProperty("drawbar.leaf.rows", "79");
      assertThat(config.value(CoreKeys.LEAF_ROWS)).isEqualTo(77);
    } finally {
      System.clearProperty("drawbar.leaf.rows");
    }
  }

  @Test
  void refusesPairsThatAreNone() {
    assertThatThrownBy(() -> Config.of("drawbar.engine"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("keys and values come in turn; the last key, 'drawbar.engine', has no value");
    assertThatThrownBy(() -> Config.of("drawbar.engine", "a", "drawbar.engine", "b"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'drawbar.engine' is given twice");
    assertThatThrownBy(() -> Config.of(null, "a"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the key is null");
  }

  @Test
  void theFileOfTheDirectoryIsBeforeThatOfTheClassPath(@TempDir Path directory, @TempDir Path jar)
      throws IOException {
    Path inJar = Files.writeString(jar.resolve("drawbar.properties"), "drawbar.engine = jar\n");
    try (URLClassLoader classPath = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null)) {
      Layer found = PropertiesFiles.find(directory, classPath).orElseThrow();
      assertThat(found.value("drawbar.engine")).contains("jar");
      assertThat(found.origin("drawbar.engine"))
          .isEqualTo("class path file " + inJar.toUri().toURL());

      Path file = directory.resolve("drawbar.properties");
      Files.writeString(file, "# comment\ndrawbar.engine = caf\u00E9  \t\ndrawbar.x:\n");
      found = PropertiesFiles.find(directory, classPath).orElseThrow();
      assertThat(found.value("drawbar.engine")).contains("caf\u00E9");
      assertThat(found.value("drawbar.x")).contains("");
      assertThat(found.origin("drawbar.engine")).isEqualTo("file " + file.toAbsolutePath());
    }
  }

  @Test
  void noFileIsFine(@TempDir Path directory) {
    assertThat(PropertiesFiles.find(directory, new URLClassLoader(new URL[0], null))).isEmpty();
  }

  @Test
  void aFileThatCannotBeReadIsExplained(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("drawbar.properties");
    Files.writeString(file, "drawbar.engine = \\u00g0");
    ClassLoader classPath = ConfigTest.class.getClassLoader();
    assertThatThrownBy(() -> PropertiesFiles.find(directory, classPath))
        .isInstanceOf(DrawbarException.class)
        .hasMessage(
            "cannot read the configuration file "
                + file.toAbsolutePath()
                + ": Malformed \\uxxxx encoding. Correct the file, or remove it.");
    Files.delete(file);
    Files.createDirectory(file);
    assertThatThrownBy(() -> PropertiesFiles.find(directory, classPath))
        .isInstanceOf(DrawbarException.class)
        .hasMessageStartingWith("cannot read the configuration file " + file.toAbsolutePath())
        .hasMessageEndingWith("Correct the file, or remove it.");
  }

  private static void requireEngine(Config config, String engine, String origin) {
    assertThat(config.value(CoreKeys.ENGINE)).isEqualTo(engine);
    assertThat(config.origin("drawbar.engine")).isEqualTo(origin);
  }

  private static void requireInvalid(Config config, ConfigKey<?> key, String message) {
    assertThatThrownBy(() -> config.value(key))
        .isInstanceOf(InvalidValueException.class)
        .isInstanceOf(DrawbarException.class)
        .hasMessage(message);
  }

  private static void requireUnknown(Config config, String message) {
    assertThatThrownBy(() -> config.check(CoreKeys.all(), List.of()))
        .isInstanceOf(UnknownKeyException.class)
        .isInstanceOf(DrawbarException.class)
        .hasMessage(message);
  }
}
