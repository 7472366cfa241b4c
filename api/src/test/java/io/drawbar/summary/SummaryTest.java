package io.drawbar.summary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbar.text.DisplayWidth;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The text and the page, and what a name may do to them. */
class SummaryTest {
  private static final List<String> ATTACKS =
      List.of(
          "<script>alert(1)</script>",
          "\"><img src=x onerror=alert(1)>",
          "' onmouseover='alert(1)",
          "</style></svg></title><script src=//evil.example/x.js></script>",
          "<!-- ]]> &lt; &amp; &#0;",
          "javascript:alert(1)",
          "evil\u202Etxt.exe\u2066\u0000\u001B[31m\uD800 \uFFFE\uFEFF",
          "line\nbreak\ttab\u2028",
          "x".repeat(10_000));

  @TempDir private Path scratch;

  private static Summary summary(List<String> names) {
    List<Double> values = Collections.nCopies(names.size(), 1.5);
    Summary.Builder summary = Summary.of(names.get(0));
    List<List<Object>> rows = new ArrayList<>();
    for (String name : names) {
      summary.figure(name, name).note(name);
      rows.add(List.of(name, name));
    }
    return summary
        .table(names.get(0), List.of(names.get(0), names.get(1)), rows)
        .ranges(names.get(1), names.get(2), names, values, values)
        .curve(names.get(3), names.get(4), 0, names.get(5), List.of(3.0, 2.0, 1.0))
        .bars(names.get(6), names.get(7), names, values)
        .histogram(names.get(6), names.get(7), List.of(-1.5, 0.0, 2.0), List.of(3L, 0L))
        .part(Summary.of(names.get(8)).note(names.get(0)).build())
        .build();
  }

  /** Read as XML, which forgives nothing. */
  private static Document parsed(String page) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    byte[] bytes = page.getBytes(StandardCharsets.UTF_8);
    return factory.newDocumentBuilder().parse(new ByteArrayInputStream(bytes));
  }

  @Test
  void namesCannotLeaveTheirPlace() throws Exception {
    List<String> harmless = Collections.nCopies(ATTACKS.size(), "name");
    Document attacked = parsed(summary(ATTACKS).html());
    assertThat(elements(attacked)).isEqualTo(elements(parsed(summary(harmless).html())));
    assertThat(attacked.getElementsByTagName("script").getLength()).isZero();
    assertThat(attacked.getElementsByTagName("td").item(0).getTextContent())
        .isEqualTo("<script>alert(1)</script>");
    String page = summary(ATTACKS).html();
    assertThat(page).doesNotContain("\u202E", "\u2066", "\u0000", "\u001B", "\uFFFE", "\uFEFF");
    assertThat(summary(ATTACKS).toString())
        .doesNotContain("\u202E", "\u2066", "\u0000", "\u001B", "\t", "\u2028")
        .contains("<script>alert(1)</script>");
  }

  /** Each element with its attributes' names; those that differ in number count once. */
  private static Set<String> elements(Document document) {
    Set<String> found = new TreeSet<>();
    NodeList all = document.getElementsByTagName("*");
    for (int i = 0; i < all.getLength(); i++) {
      Element element = (Element) all.item(i);
      StringBuilder text = new StringBuilder(element.getTagName());
      for (int a = 0; a < element.getAttributes().getLength(); a++) {
        text.append(' ').append(element.getAttributes().item(a).getNodeName());
      }
      // Only long texts are wide or have their whole in a title.
      if (!text.toString().equals("div class") && !element.getTagName().equals("title")) {
        found.add(text.toString());
      }
    }
    return found;
  }

  /** The planted fault: the same page without the escaping. */
  @Test
  void withoutEscapingTheTestWouldSeeIt() {
    String page = summary(ATTACKS).html().replace("&lt;", "<").replace("&gt;", ">");
    assertThatThrownBy(() -> parsed(page)).isInstanceOf(org.xml.sax.SAXException.class);
  }

  @Test
  void thePageNeedsNothingElse() throws Exception {
    String page = summary(Collections.nCopies(9, "name")).html();
    Document document = parsed(page);
    for (String loading :
        List.of("script", "link", "img", "iframe", "object", "use", "image", "a")) {
      assertThat(document.getElementsByTagName(loading).getLength()).as(loading).isZero();
    }
    assertThat(page)
        .doesNotContain("http:", "https:", "url(", "@import", "src=", "href=")
        .contains("default-src 'none'")
        .startsWith("<!DOCTYPE html>\n<html lang=\"en\">");
    assertThat(document.getElementsByTagName("svg").getLength()).isEqualTo(4);
  }

  @Test
  void theTextIsATable() {
    Summary summary =
        Summary.of("plants")
            .figure("rows", 1_234_567)
            .figure("share explained", 0.9312345678)
            .table(
                "weights",
                List.of("element", "weight"),
                List.of(List.of("leaves", 1.5), List.of("a long name", -1e-9), List.of("n", 12L)))
            .note("That is all.")
            .curve("loss", "step", 0, "loss", List.of(8.0, 4.0, 2.0, 1.0))
            .ranges("effects", "", List.of("leaves"), List.of(1.0), List.of(1.0))
            .part(Summary.of("pots").figure("made of", "clay").build())
            .build();
    assertThat(summary.toString())
        .isEqualTo(
            """
            plants
              rows             1,234,567
              share explained  0.931235

              weights
                element      weight
                leaves          1.5
                a long name   -1e-9
                n                12
              That is all.

              loss  \u2588\u2584\u2582\u2581  8 to 1, step 0 to 3

              pots
                made of  clay
            """);
    assertThat(summary.title()).isEqualTo("plants");
    assertThat(summary).isEqualTo(summary).isNotEqualTo(Summary.of("plants").build());
  }

  /** Names of wide letters take two cells of a terminal each. */
  @Test
  void columnsStandBelowEachOther() {
    String text =
        Summary.of("model")
            .figure("rows", 7)
            .figure("\u5730\u57DF", 8)
            .table(
                "coefficients",
                List.of("element", "coefficient"),
                List.of(
                    List.of("\u90FD\u5E02=\u6771\u4EAC", 1.5),
                    List.of("city=Bern", 2.5),
                    List.of("\uD55C".repeat(40), 3.5)))
            .build()
            .toString();
    List<String> lines = text.lines().toList();
    List<Integer> widths =
        lines.stream()
            .filter(line -> line.matches(".*[.]5|.*coefficient"))
            .map(DisplayWidth::of)
            .toList();
    assertThat(widths).hasSize(4).allMatch(width -> width.equals(widths.get(0)));
    assertThat(text).contains("  rows  7\n  \u5730\u57DF  8\n");
    assertThat(text).contains("\uD55C".repeat(29) + "\u2026");
  }

  @Test
  void numbersAreRoundedOnceAndWithoutALocale() {
    assertThat(
            List.of(
                Summary.digits(0, 6),
                Summary.digits(-0.0, 6),
                Summary.digits(Double.NaN, 6),
                Summary.digits(Double.NEGATIVE_INFINITY, 6),
                Summary.digits(3482258.63459582, 6),
                Summary.digits(999999.5, 6),
                Summary.digits(1e9, 6),
                Summary.digits(123456789, 3),
                Summary.digits(.0001234567, 3),
                Summary.digits(.00001234567, 3),
                Summary.digits(4.984e-10, 3),
                Summary.digits(Double.MIN_VALUE, 2),
                Summary.digits(Double.MAX_VALUE, 2),
                Summary.digits(100, 1),
                Summary.digits(.125, 2)))
        .containsExactly(
            "0",
            "0",
            "\u2013",
            "-\u221e",
            "3482259",
            "1000000",
            "1e9",
            "123456789",
            "0.000123",
            "1.23e-5",
            "4.98e-10",
            "4.9e-324",
            "1.8e308",
            "100",
            "0.12");
    assertThat(Numbers.count(-1_000)).isEqualTo("-1,000");
    assertThat(Numbers.count(-100)).isEqualTo("-100");
    assertThat(Numbers.count(0)).isEqualTo("0");
    assertThat(Numbers.place(-.001)).isEqualTo("0");
    assertThat(Numbers.place(12.345)).isEqualTo("12.35");
  }

  @Test
  void axesHaveRoundNumbers() {
    assertThat(new Axis(-.3, 1.1, 0, 1).ticks()).map(Axis::label).containsExactly("0", "0.5", "1");
    assertThat(new Axis(0, 20, 0, 1).ticks())
        .map(Axis::label)
        .containsExactly("0", "5", "10", "15", "20");
    assertThat(new Axis(.99e-9, 2.01e-9, 0, 1).ticks())
        .map(Axis::label)
        .containsExactly("1e-9", "1.2e-9", "1.4e-9", "1.6e-9", "1.8e-9", "2e-9");
    assertThat(new Axis(-1e300, 1e300, 0, 1).ticks()).hasSizeBetween(2, 6);
    assertThat(new Axis(-Double.MAX_VALUE, Double.MAX_VALUE, 0, 1).ticks()).isEmpty();
    assertThat(Axis.around(5, 5, 0, 100).at(5)).isEqualTo(50);
    assertThat(Axis.around(0, 0, 0, 100).at(0)).isEqualTo(50);
  }

  /** What no plot can show is left out, and a page is still one. */
  @Test
  void plotsOfNothingAreLeftOut() throws Exception {
    List<Double> none = List.of(Double.NaN, Double.POSITIVE_INFINITY);
    List<String> two = List.of("a", "b");
    Summary summary =
        Summary.of("x")
            .ranges("r", "", two, none, none)
            .bars("b", "", two, none)
            .curve("c", "s", 0, "", List.of(1.0))
            .ranges("empty", "", List.of(), List.of(), List.of())
            .build();
    assertThat(parsed(summary.html()).getElementsByTagName("svg").getLength()).isZero();
    List<Double> huge = List.of(Double.MAX_VALUE, -Double.MAX_VALUE);
    Summary extreme =
        Summary.of("x")
            .ranges("r", "", two, huge, huge)
            .bars("b", "", two, List.of(0.0, Double.MIN_VALUE))
            .curve("c", "s", 0, "", List.of(1e300, -1e300, Double.NaN, 0.0))
            .build();
    assertThat(extreme.html()).doesNotContain("NaN", "Infinity");
    parsed(extreme.html());
    assertThat(extreme.toString()).contains("c  ");
  }

  @Test
  void theLargestOfManyAreShown() throws Exception {
    List<String> names = new ArrayList<>();
    List<Double> values = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      names.add("n" + i);
      values.add(i % 2 == 0 ? 0.0 + i : -1.0 * i);
    }
    String page = Summary.of("x").ranges("r", "", names, values, values).build().html();
    assertThat(page).contains(">n99<", ">n70<", "the 30 largest of 100").doesNotContain(">n69<");
    parsed(page);
  }

  @Test
  void aFileIsNeverWrittenOver() throws Exception {
    Summary summary = Summary.of("x").build();
    Path page = scratch.resolve("x.html");
    summary.saveHtml(page);
    assertThat(Files.readString(page)).isEqualTo(summary.html());
    assertThatThrownBy(() -> summary.saveHtml(page))
        .isInstanceOf(SummaryFileException.class)
        .hasMessageContaining("already something at")
        .hasMessageContaining(page.toString());
    assertThatThrownBy(() -> summary.saveHtml(scratch.resolve("none/x.html")))
        .isInstanceOf(SummaryFileException.class)
        .hasMessageContaining("cannot be saved to");
  }

  @Test
  void cellsAndValuesAreAsManyAsTheirNames() {
    Summary.Builder summary = Summary.of("x");
    assertThatThrownBy(() -> summary.table("t", List.of("a", "b"), List.of(List.of(1))))
        .hasMessageContaining("1 cells for 2 heads");
    assertThatThrownBy(() -> summary.bars("t", "", List.of("a"), List.of()))
        .hasMessageContaining("0 values for 1 names");
  }

  @Test
  void anAxisHasALengthAroundAnyNumber() {
    for (double value : new double[] {Double.MIN_VALUE, -Double.MIN_VALUE, 1e-310, 0, 1, -1e300}) {
      Axis axis = Axis.around(value, value, 10, 20);
      assertThat(axis.low()).isLessThan(axis.high());
      assertThat(axis.at(value)).isBetween(10.0, 20.0);
      assertThat(axis.ticks()).isNotEmpty();
    }
  }
}
