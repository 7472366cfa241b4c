package io.drawbar.io;

import static io.drawbar.expr.Functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbar.Dataset;
import io.drawbar.Session;
import io.drawbar.config.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of what is at the place of an output. */
class OutputModesTest {
  @TempDir Path folder;

  /** A row. */
  public record Sale(String shop, long amount) {}

  private static Dataset sales(Session session, Sale... sales) {
    return session.read(Records.of(List.of(sales), Sale.class));
  }

  private List<Sale> read(Session session) {
    return session.read(Csv.of(Sale.class).at(target())).collect(Sale.class);
  }

  private String target() {
    return folder + "/sales";
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.skip(1).map(file -> folder.relativize(file).toString()).sorted().toList();
    }
  }

  @Test
  void whatIsThereIsReplacedByWhatComesOfIt() throws IOException {
    try (Session session = Session.open(Config.of("drawbar.parallelism", "2"))) {
      Dataset first = sales(session, new Sale("a", 1), new Sale("b", 2));
      first.write(Csv.to(target()).overwrite());
      assertThat(folder.resolve("sales/_SUCCESS")).isEmptyFile();
      Dataset there = session.read(Csv.of(Sale.class).at(target()));
      for (int run = 2; run <= 3; run++) {
        there.withColumn("amount", col("amount").times(10)).write(Csv.to(target()).overwrite());
        assertThat(folder.resolve("sales/_SUCCESS")).hasContent(run + "\n");
      }
      assertThat(read(session)).containsExactly(new Sale("a", 100), new Sale("b", 200));
      assertThat(names())
          .containsExactly("sales", "sales/_SUCCESS", "sales/part-00000-00000000.csv");
      assertThatThrownBy(() -> first.write(Csv.to(target())))
          .isInstanceOf(TargetExistsException.class);
    }
  }

  @Test
  void whatIsAddedComesAfterWhatIsThere() throws IOException {
    try (Session session = Session.open(Config.of("drawbar.parallelism", "2"))) {
      sales(session, new Sale("b", 1)).write(Csv.to(target()).append());
      sales(session, new Sale("a", 2)).write(Csv.to(target()).append());
      sales(session).write(Csv.to(target()).append());
      sales(session, new Sale("0", 3))
          .groupBy("shop", "amount")
          .agg()
          .write(Csv.to(target()).append());
      assertThat(read(session))
          .containsExactly(new Sale("b", 1), new Sale("a", 2), new Sale("0", 3));
      assertThat(names())
          .containsExactly(
              "sales",
              "sales/_SUCCESS",
              "sales/part-00000-00000000.csv",
              "sales/part-a000001-00000-00000000.csv",
              "sales/part-a000002-" + lastPart());
      Files.writeString(folder.resolve("sales/part-b.csv"), "c,4\n");
      assertThatThrownBy(() -> sales(session, new Sale("d", 5)).write(Csv.to(target()).append()))
          .isInstanceOf(CommitException.class)
          .hasMessage(
              ("parts that are added to %s would not come after part-b.csv: files are read in the"
                      + " order of their names. Rename that file, or write to another folder.")
                  .formatted(target()));
    }
  }

  private String lastPart() throws IOException {
    return names().get(4).substring("sales/part-a000002-".length());
  }

  @Test
  void whatNoRunHasWrittenIsNotReplaced() throws IOException {
    try (Session session = Session.open()) {
      Dataset rows = sales(session, new Sale("a", 1));
      Reading.write(folder.resolve("sales/letters.txt"), "mine");
      assertThatThrownBy(() -> rows.write(Csv.to(target()).overwrite()))
          .isInstanceOf(CommitException.class)
          .hasMessage(
              ("the folder %s has files but no _SUCCESS, so no run has written it whole; it is not"
                      + " overwritten. Delete it if nobody needs it, or write to another folder.")
                  .formatted(target()));
      assertThatThrownBy(() -> rows.write(Csv.to(target()).singleFile().overwrite()))
          .isInstanceOf(CommitException.class)
          .hasMessageContaining("is a folder; it is not replaced by a file");
      assertThatThrownBy(() -> rows.write(Csv.to(target() + "/letters.txt").overwrite()))
          .isInstanceOf(CommitException.class)
          .hasMessageContaining("is a file; it is not replaced by a folder");
      assertThatThrownBy(() -> rows.write(Csv.to(target()).singleFile().append()))
          .isInstanceOf(CommitException.class)
          .hasMessageContaining("a single file is not added to");
      assertThat(names()).containsExactly("sales", "sales/letters.txt");
      rows.write(Csv.to(target() + "/letters.txt").singleFile().overwrite());
      assertThat(folder.resolve("sales/letters.txt")).hasContent("a,1\n");
      Files.delete(folder.resolve("sales/letters.txt"));
      rows.write(Csv.to(target()).overwrite());
      assertThat(read(session)).hasSize(1);
    }
  }

  @Test
  void whoHasWrittenMeanwhileWins() throws IOException {
    try (Session session = Session.open()) {
      Dataset rows = sales(session, new Sale("a", 1));
      for (OutputMode mode : List.of(OutputMode.OVERWRITE, OutputMode.APPEND)) {
        new LocalFileSystem().delete(target());
        rows.write(Csv.to(target()));
        FolderCommit late = new FolderCommit(new LocalFileSystem(), target(), mode);
        late.begin();
        rows.write(Csv.to(target()).append());
        List<String> before = new ArrayList<>(names());
        assertThatThrownBy(() -> late.commit(List.of(Writing.part(late, "part-0", "late"))))
            .isInstanceOf(TargetChangedException.class)
            .hasMessage(
                ("the output folder %s is another one than when this run began: somebody else has"
                        + " written to it. Nothing was written; run again to write to what is there"
                        + " now.")
                    .formatted(target()));
        before.removeIf(name -> name.startsWith("."));
        assertThat(names()).isEqualTo(before);
      }
    }
  }

  @Test
  void explainSaysWhatBecomesOfWhatIsThere() throws IOException {
    try (Session session = Session.open()) {
      Dataset rows = sales(session, new Sale("a", 1));
      assertThat(rows.explain(Csv.to("out").partitionedBy("shop").overwrite()))
          .contains("write csv out (partitioned by shop) (overwrite)")
          .contains("commit to csv out (partitioned by shop) (overwrite)");
      assertThat(rows.explain(Json.to("out").append())).contains("write json out (append)");
      assertThat(names()).isEmpty();
    }
  }

  @Test
  void severalOutputsArePreparedBeforeOneIsCommitted() throws IOException {
    FolderCommit one = new FolderCommit(new LocalFileSystem(), folder + "/one");
    FolderCommit two = new FolderCommit(new LocalFileSystem(), folder + "/two");
    one.begin();
    two.begin();
    var first = List.of(Writing.part(one, "part-0", "1"));
    var second = List.of(Writing.part(two, "part-0", "2"));
    one.prepare(first);
    two.prepare(second);
    assertThat(names()).noneMatch(name -> !name.startsWith("."));
    one.commit(first);
    two.commit(second);
    assertThat(names())
        .containsExactly("one", "one/_SUCCESS", "one/part-0", "two", "two/_SUCCESS", "two/part-0");
    FolderCommit three = new FolderCommit(new LocalFileSystem(), folder + "/three");
    three.begin();
    three.prepare(List.of(Writing.part(three, "part-0", "3")));
    three.abort();
    assertThat(names()).hasSize(6);
  }
}
