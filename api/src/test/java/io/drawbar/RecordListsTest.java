package io.drawbar;

import static io.drawbar.expr.Functions.col;
import static io.drawbar.expr.Functions.explode;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbar.config.Config;
import io.drawbar.feature.HashingTermFrequency;
import io.drawbar.io.Csv;
import io.drawbar.io.Json;
import io.drawbar.io.Records;
import io.drawbar.io.UnsupportedColumnException;
import io.drawbar.type.DataType;
import io.drawbar.type.RecordBindingException;
import io.drawbar.type.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records with lists: from JSON, from memory, through functions, and back. */
class RecordListsTest {
  record Visit(
      String page,
      List<String> tags,
      List<Long> hours,
      List<Double> seconds,
      List<Boolean> isNew) {}

  record Tag(String tag) {}

  record Tags(List<String> tags) {}

  record Counted(long n, List<Long> hours) {}

  record Vector(double[] values) {}

  record Wholes(List<Integer> wholes) {}

  @SuppressWarnings("rawtypes")
  record Raw(List raw) {}

  record Others(Set<String> others) {}

  record Many(String[] many) {}

  private static final List<Visit> VISITS =
      List.of(
          new Visit("a", List.of("x", "y"), List.of(1L), List.of(.5), List.of(true)),
          new Visit("b", Arrays.asList("z", null), List.of(), null, List.of(false, true)),
          new Visit(null, null, null, List.of(), null));

  @TempDir private Path folder;
  private Session session;

  @BeforeEach
  void open() {
    session = Session.open(Config.of("drawbar.engine", "local"));
  }

  @AfterEach
  void close() {
    session.close();
  }

  @Test
  void theSchemaHasLists() {
    assertThat(Schema.of(Visit.class))
        .isEqualTo(
            Schema.empty()
                .with("page", DataType.STRING)
                .with("tags", DataType.listOf(DataType.STRING))
                .with("hours", DataType.listOf(DataType.LONG))
                .with("seconds", DataType.listOf(DataType.DOUBLE))
                .with("isNew", DataType.listOf(DataType.BOOLEAN)));
  }

  @Test
  void throughJsonAndFunctionsAndBack() throws IOException {
    Dataset visits = session.read(Records.of(VISITS, Visit.class));
    assertThat(visits.collect(Visit.class)).isEqualTo(VISITS);
    Path file = folder.resolve("visits.json");
    visits.write(Json.to(file.toString()).singleFile());
    assertThat(Files.readString(file)).startsWith("{\"page\":\"a\",\"tags\":[\"x\",\"y\"],");
    Dataset read = session.read(Json.of(Visit.class).at(file.toString()));
    assertThat(read.as(Visit.class).filter(visit -> true).collect()).isEqualTo(VISITS);
    assertThat(
            read.as(Visit.class)
                .filter(visit -> visit.hours() != null)
                .map(Counted.class, visit -> new Counted(visit.tags().size(), visit.hours()))
                .collect())
        .containsExactly(new Counted(2, List.of(1L)), new Counted(2, List.of()));
    assertThat(read.select(explode(col("tags")).as("tag")).collect(Tag.class))
        .containsExactly(new Tag("x"), new Tag("y"), new Tag("z"), new Tag(null));
  }

  @Test
  void aListIsScored() {
    Transform terms =
        rows ->
            HashingTermFrequency.on("tags")
                .into("counts")
                .withElements(4)
                .transform(rows)
                .select("tags");
    Scorer<Tags, Tags> scorer =
        Pipeline.of(terms)
            .fit(session.read(Records.of(List.of(new Tags(List.of("x"))), Tags.class)))
            .scorer(Tags.class, Tags.class);
    assertThat(scorer.score(new Tags(List.of("x", "y")))).isEqualTo(new Tags(List.of("x", "y")));
    assertThat(scorer.score(new Tags(null))).isEqualTo(new Tags(null));
  }

  @Test
  void whatIsNoListOfValues() {
    assertThatThrownBy(() -> Schema.of(Wholes.class))
        .isInstanceOf(RecordBindingException.class)
        .hasMessageContaining("component 'wholes' of record ")
        .hasMessageContaining(
            " is a List<Integer>; a list can be one of String, Long, Double or Boolean.")
        .hasMessageEndingWith("Schema.empty().with(\"wholes\", DataType.listOf(...))");
    assertThatThrownBy(() -> Schema.of(Raw.class)).hasMessageContaining(" is a List; a list can");
    assertThatThrownBy(() -> Schema.of(Others.class)).hasMessageEndingWith(" or Boolean: use List");
    assertThatThrownBy(() -> Schema.of(Many.class)).hasMessageEndingWith(" or Boolean: use List");
    assertThatThrownBy(() -> Schema.of(Vector.class))
        .hasMessageContaining("a record does not say how many elements a vector has")
        .hasMessageContaining("Schema.empty().with(\"values\", DataType.vector(3))");
    assertThatThrownBy(() -> Csv.of(Tags.class))
        .isInstanceOf(UnsupportedColumnException.class)
        .hasMessageContaining("column 'tags' is LIST(STRING); a CSV column can be");
  }
}
