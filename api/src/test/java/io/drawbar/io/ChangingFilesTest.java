package io.drawbar.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbar.error.DrawbarException;
import io.drawbar.io.Reading.Seen;
import io.drawbar.spi.Layout;
import io.drawbar.spi.LeafReader;
import io.drawbar.spi.Source;
import io.drawbar.spi.Split;
import io.drawbar.type.DataType;
import io.drawbar.type.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that others write to between the listing and the reading of them. */
class ChangingFilesTest {
  private static final Schema LINE = Schema.empty().with("a", DataType.STRING);
  private static final Layout LAYOUT = new Layout(8, 1, 2);

  @TempDir Path folder;

  private static void drain(Source source, Split split) throws IOException {
    try (LeafReader reader = source.open(split, LAYOUT, List.of("a"))) {
      Reading.drain(reader, new ArrayList<>());
    }
  }

  @Test
  void rowsThatWereNotThereWhenARunBeganAreTold() throws IOException {
    Path file = Reading.write(folder.resolve("f.csv"), "one\ntwo\nthree\nfour\n");
    CsvSource csv = Csv.of(LINE).at(file.toString());
    List<Split> splits = csv.splits(LAYOUT, 3, 1);
    assertThat(splits).hasSizeGreaterThan(1);
    for (String other : List.of("one\ntwo\nthree\nfour\nfive\n", "one\ntwo\nthree\nfo")) {
      Files.writeString(file, other);
      assertThatThrownBy(() -> drain(csv, splits.get(splits.size() - 1)))
          .isInstanceOf(DrawbarException.class)
          .hasMessageContaining(
              "f.csv has changed while it was read: it had 19 bytes when the run began, and now has "
                  + other.length());
    }
  }

  /** Another file that sorts before it gives it another number, and no other rows. */
  @Test
  void whereQuotesSpanLinesIsKnownOfFilesNotOfNumbers() throws IOException {
    Reading.write(folder.resolve("b.csv"), "\"b1\nb2\nb3\nb4\nb5\"\nb6\nb7\n");
    Reading.write(folder.resolve("c.csv"), "c1\nc2\nc3\nc4\n\"c5\nc6\nc7\nc8\"\n");
    CsvSource csv = Csv.of(LINE).multiline().at(folder.toString());
    List<Seen> both = Reading.all(csv, LAYOUT, 1, 1);
    Source surveyed = csv.surveyed(LAYOUT, Inferring.pass(LAYOUT, 9, 1));
    Reading.write(folder.resolve("a.csv"), "a1\n");
    List<List<Object>> rows =
        Reading.all(surveyed, LAYOUT, 9, 1).stream().map(Seen::values).toList();
    assertThat(rows.subList(1, rows.size())).isEqualTo(both.stream().map(Seen::values).toList());

    Reading.write(folder.resolve("c.csv"), "c1\nc2\nc3\nc4\nc5\nc6\nc7\nc8\nc9\n");
    assertThatThrownBy(() -> Reading.all(surveyed, LAYOUT, 9, 1))
        .isInstanceOf(DrawbarException.class)
        .hasMessageContaining("c.csv has changed while it was read: it had 26 bytes, not 27,");
  }
}
