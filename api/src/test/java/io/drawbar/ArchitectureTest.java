package io.drawbar;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Imports go downwards only. Think hard about the layering before changing this file. */
class ArchitectureTest {
  private static final String ROOT = "io.drawbar";

  /**
   * What each package may import of the others; everything may import itself and what is listed.
   */
  private static final Map<String, List<String>> ALLOWED =
      Map.ofEntries(
          Map.entry("error", List.of()),
          Map.entry("math", List.of()),
          Map.entry("text", List.of("error")),
          Map.entry("config", List.of("error")),
          Map.entry("type", List.of("error")),
          Map.entry("column", List.of("error", "type", "text", "math")),
          Map.entry("expr", List.of("error", "type", "text", "math")),
          Map.entry("expect", List.of("error", "type", "expr")),
          Map.entry("iterate", List.of("error", "type", "text", "math", "column", "expr")),
          Map.entry(
              "spi",
              List.of("error", "config", "type", "text", "math", "column", "expr", "iterate")),
          Map.entry(
              "internal.plan",
              List.of(
                  "error", "type", "text", "math", "column", "expr", "expect", "iterate", "spi")),
          Map.entry(
              "internal.kernel",
              List.of(
                  "error", "type", "text", "math", "column", "expr", "expect", "iterate", "spi")),
          Map.entry(
              "internal.planner",
              List.of(
                  "error",
                  "type",
                  "column",
                  "expr",
                  "expect",
                  "iterate",
                  "spi",
                  "internal.plan",
                  "internal.kernel")),
          Map.entry("internal.model", List.of("error", "text")),
          Map.entry("summary", List.of("error", "text")),
          Map.entry(
              "",
              List.of(
                  "error",
                  "config",
                  "type",
                  "text",
                  "column",
                  "expr",
                  "expect",
                  "iterate",
                  "spi",
                  "io",
                  "summary",
                  "internal.model",
                  "internal.plan",
                  "internal.kernel",
                  "internal.planner")),
          Map.entry("feature", List.of("", "error", "type", "math", "column", "expr", "iterate")),
          Map.entry(
              "learn",
              List.of("", "error", "type", "math", "column", "expr", "iterate", "summary")),
          Map.entry(
              "evaluate",
              List.of("", "error", "type", "text", "math", "column", "expr", "iterate")),
          Map.entry(
              "quality",
              List.of("", "error", "type", "text", "math", "column", "expr", "iterate", "summary")),
          Map.entry(
              "io",
              List.of(
                  "error",
                  "config",
                  "type",
                  "text",
                  "math",
                  "column",
                  "expr",
                  "iterate",
                  "spi",
                  "io.compression")),
          Map.entry("io.compression", List.of("error", "spi")),
          Map.entry("io.hadoop", List.of("error", "config", "spi", "io")),
          Map.entry(
              "io.parquet",
              List.of(
                  "error", "config", "type", "text", "math", "column", "expr", "iterate", "spi",
                  "io")),
          Map.entry("internal.local", List.of("error", "config", "iterate", "column", "spi")));

  private static JavaClasses classes;

  @BeforeAll
  static void read() {
    classes =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);
  }

  @Test
  void everyPackageImportsOnlyWhatIsBelowIt() {
    List<String> wrong = upwardImports(classes);
    assertThat(wrong).isEmpty();
  }

  @Test
  void thisTestSeesAnUpwardImport() {
    JavaClasses tests = new ClassFileImporter().importPackages(ROOT);
    assertThat(upwardImports(tests))
        .as("tests import upwards, and the rule must notice")
        .isNotEmpty();
  }

  private static List<String> upwardImports(JavaClasses of) {
    List<String> wrong = new ArrayList<>();
    for (JavaClass from : of) {
      String here = below(from.getPackageName());
      assertThat(ALLOWED.containsKey(here) || here.startsWith("testkit"))
          .as("package io.drawbar.%s has no place in the house", here)
          .isTrue();
      List<String> allowed = ALLOWED.getOrDefault(here, List.of());
      from.getDirectDependenciesFromSelf().stream()
          .map(d -> d.getTargetClass().getBaseComponentType())
          .filter(to -> to.getPackageName().startsWith(ROOT))
          .filter(to -> !below(to.getPackageName()).equals(here))
          .filter(to -> !allowed.contains(below(to.getPackageName())))
          .forEach(to -> wrong.add(from.getName() + " -> " + to.getName()));
    }
    return wrong;
  }

  private static String below(String name) {
    return name.equals(ROOT) ? "" : name.substring(ROOT.length() + 1);
  }

  @Test
  void noCycles() {
    slices().matching("io.drawbar.(**)").should().beFreeOfCycles().check(classes);
  }

  @Test
  void nobodyImportsTheLocalEngine() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.drawbar.internal.local")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.drawbar.internal.local")
        .check(classes);
  }

  @Test
  void namesAreOfTheField() {
    noClasses()
        .should()
        .haveSimpleNameEndingWith("Impl")
        .orShould()
        .haveSimpleNameEndingWith("Util")
        .orShould()
        .haveSimpleNameEndingWith("Utils")
        .orShould()
        .haveSimpleNameEndingWith("Helper")
        .orShould()
        .haveSimpleNameEndingWith("Manager")
        .check(classes);
  }

  @Test
  void anOptionalLibraryIsUsedInThePackageNamedForItOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.drawbar.io.hadoop..", "io.drawbar.io.parquet")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.hadoop..")
        .check(classes);
    noClasses()
        .that()
        .resideOutsideOfPackages("io.drawbar.io.compression..", "io.drawbar.io.parquet")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "com.github.luben..", "net.jpountz..", "org.xerial..", "org.apache.commons..")
        .check(classes);
  }

  @Test
  void parquetIsUsedInThePackageNamedForItOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.drawbar.io.parquet")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.parquet..", "shaded.parquet..", "io.airlift..")
        .check(classes);
  }

  @Test
  void noThirdPartyTypeInAPublicSignature() {
    DescribedPredicate<JavaClass> thirdParty =
        DescribedPredicate.describe(
            "from other projects",
            c ->
                c.getPackageName().startsWith("com.google")
                    || c.getPackageName().startsWith("org.apache")
                    || c.getPackageName().startsWith("ch.randelshofer")
                    || c.getPackageName().startsWith("org.slf4j"));
    List<String> wrong = new ArrayList<>();
    for (JavaClass type : classes) {
      if (!type.getModifiers().contains(com.tngtech.archunit.core.domain.JavaModifier.PUBLIC)) {
        continue;
      }
      type.getMethods().stream()
          .filter(
              m -> m.getModifiers().contains(com.tngtech.archunit.core.domain.JavaModifier.PUBLIC))
          .filter(
              m ->
                  thirdParty.test(m.getRawReturnType())
                      || m.getRawParameterTypes().stream().anyMatch(thirdParty))
          .forEach(m -> wrong.add(m.getFullName()));
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void resultsDoNotDependOnTheJdkOrTheHardware() {
    noClasses()
        .should()
        .callMethod(Math.class, "fma", double.class, double.class, double.class)
        .orShould()
        .callMethod(Math.class, "exp", double.class)
        .orShould()
        .callMethod(Math.class, "log", double.class)
        .orShould()
        .callMethod(Math.class, "pow", double.class, double.class)
        .orShould()
        .callMethod(Double.class, "parseDouble", String.class)
        .orShould()
        .callMethod(Double.class, "toString", double.class)
        .because("these differ between JDKs or processors; see law 7 in io.drawbar.math and .text")
        .check(classes);
  }

  @Test
  void nothingIsDeserialisedInTheKernel() {
    noClasses()
        .that()
        .haveNameNotMatching("io\\.drawbar\\.spi\\.Shipped(\\$.*)?")
        .should()
        .dependOnClassesThat()
        .areAssignableTo(java.io.ObjectInputStream.class)
        .because("rows, partials and models have byte codecs of their own; the engine ships code")
        .check(classes);
  }

  @Test
  void theKernelIsNotPublicApi() {
    classes()
        .that()
        .resideInAPackage("io.drawbar.internal.kernel")
        .and()
        .haveSimpleNameNotEndingWith("Step")
        .and()
        .arePublic()
        .should()
        .haveNameMatching(
            ".*\\.(AggregateSpec|Feed(\\$.*)?|FirstBadRow|FoldBlocks|FoldedFrame|GatheredRows|HeldSet(\\$.*)?|LowestRows(\\$.*)?|NarrowChain|OutputOrder|PartNames(\\$.*)?"
                + "|Reduction|RowFrames|RowOrder|RunOutcome(\\$.*)?|Spilling|StageChain|StageReport|.*Step(\\$.*)?)")
        .because("the planner and the root need these, and no more")
        .check(classes);
  }
}
