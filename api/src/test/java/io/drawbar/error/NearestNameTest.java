package io.drawbar.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNameTest {

  @ParameterizedTest
  @CsvSource({
    "word, word, 0",
    "word, wrod, 1",
    "word, ward, 1",
    "word, words, 1",
    "word, wor, 1",
    "'', abc, 3",
    "abc, '', 3",
    "ca, abc, 2",
    "kitten, sitting, 3",
    "abcd, badc, 2",
    "a cat, an act, 2"
  })
  void countsInsertionsDeletionsSubstitutionsAndSwaps(String a, String b, int distance) {
    assertThat(NearestName.distance(a, b)).isEqualTo(distance);
    assertThat(NearestName.distance(b, a)).isEqualTo(distance);
  }

  @Test
  void findsTheNearest() {
    assertThat(NearestName.of("custmer", List.of("costume", "customer", "custom")))
        .contains("customer");
    assertThat(NearestName.of("WORD", List.of("lord", "word"))).contains("word");
  }

  @Test
  void findsNothingWhenNothingIsNear() {
    assertThat(NearestName.of("age", List.of("income", "visits"))).isEmpty();
    assertThat(NearestName.of("a", List.of("b", "c"))).isEmpty();
    assertThat(NearestName.of("", List.of("b"))).isEmpty();
    assertThat(NearestName.of("_", List.of("-"))).isEmpty();
    assertThat(NearestName.of("word", List.of())).isEmpty();
    assertThat(NearestName.of("abcdefghijklmnop", List.of("abcdefghijkl"))).isEmpty();
  }

  @Test
  void toleratesOneSlipForThreeLettersAndNeverMoreThanThree() {
    assertThat(NearestName.of("abcde", List.of("abcxx"))).isEmpty();
    assertThat(NearestName.of("abcdef", List.of("abcdxx"))).contains("abcdxx");
    assertThat(NearestName.of("abcdefghijklmno", List.of("abcdefghijklxxx"))).isPresent();
    assertThat(NearestName.of("abcdefghijklmno", List.of("abcdefghijkxxxx"))).isEmpty();
  }

  @Test
  void takesTheFirstOfEquallyNearNames() {
    assertThat(NearestName.of("word", List.of("ward", "cord"))).contains("ward");
    assertThat(NearestName.of("word", List.of("cord", "ward"))).contains("cord");
  }

  @Test
  void doesNotDependOnTheOrderOfASet() {
    List<String> names = List.of("ward", "lord", "cord");
    assertThat(NearestName.of("word", new LinkedHashSet<>(names))).contains("cord");
    assertThat(NearestName.of("word", new TreeSet<>(names).descendingSet())).contains("cord");
    assertThat(NearestName.of("word", Set.copyOf(names))).contains("cord");
  }

  @Test
  void suggestsInASentence() {
    assertThat(NearestName.suggestion("wrod", List.of("word"))).isEqualTo(" Did you mean 'word'?");
    assertThat(NearestName.suggestion("wrod", List.of("income"))).isEmpty();
  }

  @Test
  void exceptionsCarryMessageAndCause() {
    Exception cause = new IllegalStateException("inner");
    assertThat(new DrawbarException("outer")).hasMessage("outer").hasNoCause();
    assertThat(new DrawbarException("outer", cause)).hasMessage("outer").hasCause(cause);
  }

  @Test
  void anotherSpellingIsNearest() {
    assertThat(NearestName.isSpelling("machineId", "Machine ID")).isTrue();
    assertThat(NearestName.isSpelling("machineId", "machineIds")).isFalse();
    assertThat(NearestName.of("aBCDE", List.of("aBCD", "a_b_c_d_e"))).contains("a_b_c_d_e");
    assertThat(NearestName.of("ab", List.of("a_b", "A-B"))).contains("a_b");
    assertThat(NearestName.of("ab", Set.of("a_b", "A-B"))).contains("A-B");
  }
}
