package io.drawbar;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbar.config.Config;
import io.drawbar.io.Csv;
import io.drawbar.io.Records;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person reads of a run that has written. */
class RunReportTest {
  record Item(long id) {}

  @TempDir private Path folder;

  private static Dataset items(Session session, int count) {
    List<Item> items = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      items.add(new Item(i));
    }
    return session.read(Records.of(items, Item.class));
  }

  @Test
  void oneOfAThingIsNotSeveral() {
    try (Session session = Session.open(Config.of("drawbar.leaf.rows", "1"))) {
      assertThat(items(session, 1).write(Csv.to(folder + "/one")).toString())
          .contains(" 1 out; 1 task over 1 leaf in 1 stage on engine 'local', ");
      assertThat(items(session, 3).distinct().write(Csv.to(folder + "/more")).toString())
          .contains(" over 3 leaves in 2 stages on engine 'local', ");
    }
  }

  @Test
  void whoListensHearsOfAFolderThatIsCalledLikeAFile() {
    List<String> notices = new ArrayList<>();
    try (Session session = Session.open()) {
      session.listen(
          new RunListener() {
            @Override
            public void finished(RunReport report) {}

            @Override
            public void notice(String notice) {
              notices.add(notice);
            }
          });
      items(session, 1).write(Csv.to(folder + "/one.csv").singleFile());
      assertThat(notices).isEmpty();
      items(session, 1).write(Csv.to(folder + "/parts.csv"));
      assertThat(notices)
          .containsExactly(
              folder
                  + "/parts.csv is a folder of parts, though it is called like a file; singleFile()"
                  + " writes one file");
      assertThat(folder.resolve("parts.csv")).isDirectory();
    }
  }
}
