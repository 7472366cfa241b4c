package io.drawbar.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigKeyTest {

  private static final ConfigKey<Long> SIZE =
      ConfigKey.bytes("drawbar.test.size", 1024, 1, 1L << 40, "A size.");

  @ParameterizedTest
  @CsvSource({
    "64, 64",
    "64B, 64",
    "64 b, 64",
    "4 KiB, 4096",
    "4KiB, 4096",
    "4kib, 4096",
    "' 4  MiB ', 4194304",
    "1GiB, 1073741824",
    "1 TiB, 1099511627776"
  })
  void readsBytesWithUnits(String text, long bytes) {
    assertThat(SIZE.parse(text)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @CsvSource({
    "4 MB, ' Units are %s. Did you mean ''MiB''?'",
    "4k, ' Units are %s. Did you mean ''KiB''?'",
    "4 blocks, ' Units are %s.'",
    "1.5 MiB, ' Units are %s.'",
    "16777216 TiB, ' It does not fit 64 bits.'",
    "9223372036854775808, ''",
    "-1, ''",
    "MiB, ''",
    "'', ''",
    "0, ''",
    "2 TiB, ''"
  })
  void refusesOtherBytes(String text, String hint) {
    String units = "B, KiB, MiB, GiB and TiB (of 1024 bytes and its powers)";
    assertThatThrownBy(() -> SIZE.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(hint.replace("%s", units));
  }

  @Test
  void saysWhatIsAllowed() {
    assertThat(SIZE.allowed())
        .isEqualTo("a number of bytes from 1 to 1 TiB, such as 64, 4 KiB or 4MiB");
    assertThat(CoreKeys.LEAF_BYTES.allowed())
        .isEqualTo("a number of bytes at least 1, such as 64, 4 KiB or 4MiB");
    assertThat(ConfigKey.integer("drawbar.n", 3, 1, 9, "N.").allowed())
        .isEqualTo("a whole number from 1 to 9");
    assertThat(CoreKeys.PARALLELISM.allowed()).isEqualTo("a whole number of at least 0");
    assertThat(ConfigKey.flag("drawbar.f", true, "F.").allowed()).isEqualTo("true or false");
    assertThat(ConfigKey.string("drawbar.s", "", "S.").allowed()).isEqualTo("any text");
    assertThat(ConfigKey.choice("drawbar.c", "a", List.of("a", "b"), "C.").allowed())
        .isEqualTo("one of: a, b");
  }

  @Test
  void refusesADefaultThatIsNotAllowed() {
    assertThatThrownBy(() -> ConfigKey.integer("drawbar.n", 0, 1, 9, "N."))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the default of drawbar.n is 0; allowed is a whole number from 1 to 9");
    assertThatThrownBy(() -> ConfigKey.choice("drawbar.c", "x", List.of("a", "b"), "C."))
        .hasMessage("the default of drawbar.c is x; allowed is one of: a, b");
  }

  @Test
  void refusesANameOutsideTheNamespace() {
    assertThatThrownBy(() -> ConfigKey.flag("engine", true, "E."))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a key starts with 'drawbar.', unlike 'engine'");
  }

  @Test
  void addsConditions() {
    ConfigKey<Integer> even =
        ConfigKey.integer("drawbar.n", 4, 0, 9, "N.").where(n -> n % 2 == 0, "an even one");
    assertThat(even.allowed()).isEqualTo("a whole number from 0 to 9, and an even one");
    assertThat(even.parse("6")).isEqualTo(6);
    assertThatThrownBy(() -> even.parse("5")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> even.where(n -> n > 4, "more than 4"))
        .hasMessage(
            "the default of drawbar.n is 4; allowed is a whole number from 0 to 9, and an even one,"
                + " and more than 4");
  }

  @Test
  void isEqualByName() {
    ConfigKey<Boolean> key = ConfigKey.flag("drawbar.f", true, "F.");
    assertThat(key)
        .isEqualTo(key.withoutDefault())
        .hasSameHashCodeAs(key.withoutDefault())
        .isNotEqualTo(ConfigKey.flag("drawbar.g", true, "F."))
        .hasToString("drawbar.f (true or false)");
    assertThat(key.defaultValue()).contains(true);
    assertThat(key.withoutDefault().defaultValue()).isEmpty();
    assertThat(key.documentation()).isEqualTo("F.");
  }

  @Test
  void prefixesMayBeWrittenInThreeWays() {
    for (String name :
        List.of("drawbar.spark.conf", "drawbar.spark.conf.", "drawbar.spark.conf.*")) {
      ConfigKey<Map<String, String>> prefix = ConfigKey.prefix(name);
      assertThat(prefix.name()).isEqualTo("drawbar.spark.conf.");
      assertThat(prefix.isPrefix()).isTrue();
    }
    assertThat(SIZE.isPrefix()).isFalse();
  }

  @Test
  void coreKeysHaveTheirDefaults() {
    assertThat(CoreKeys.ENGINE.defaultValue()).contains("local");
    assertThat(CoreKeys.PARALLELISM.defaultValue()).contains(0);
    assertThat(CoreKeys.LEAF_BYTES.defaultValue()).contains(4_194_304L);
    assertThat(CoreKeys.LEAF_ROWS.defaultValue()).contains(65_536);
    assertThat(CoreKeys.BLOCK_ROWS.defaultValue()).contains(4_096);
    assertThat(CoreKeys.all())
        .extracting(ConfigKey::name)
        .containsExactly(
            "drawbar.engine",
            "drawbar.parallelism",
            "drawbar.leaf.bytes",
            "drawbar.leaf.rows",
            "drawbar.block.rows",
            "drawbar.memory",
            "drawbar.spill.bytes",
            "drawbar.spill.folder",
            "drawbar.scratch.folder",
            "drawbar.gather.bytes",
            "drawbar.checkpoint.folder",
            "drawbar.checkpoint.supersteps",
            "drawbar.checkpoint.seconds",
            "drawbar.progress");
    assertThat(CoreKeys.all()).allMatch(key -> key.documentation().endsWith("."));
  }
}
