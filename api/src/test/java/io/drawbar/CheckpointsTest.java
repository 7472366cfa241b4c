package io.drawbar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbar.error.DrawbarException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of states: whole, or told of and not used. */
class CheckpointsTest {
  @TempDir Path folder;

  private final List<String> notices = new ArrayList<>();
  private Checkpoints checkpoints;

  @BeforeEach
  void begin() {
    checkpoints = Checkpoints.in(folder.toString(), "training", notices::add);
    assertThat(checkpoints.open()).isEmpty();
  }

  private void write(long supersteps, int... state) {
    byte[] bytes = new byte[state.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) state[i];
    }
    checkpoints.write(new Checkpoints.Checkpoint(supersteps, bytes));
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("training"))) {
      return files.sorted().toList();
    }
  }

  private long newest() {
    return checkpoints.open().orElseThrow().supersteps();
  }

  @Test
  void theTwoNewestAreKept() throws IOException {
    for (int n = 8; n <= 12; n++) {
      write(n, n, 1, 2);
    }
    assertThat(files()).hasSize(2);
    Checkpoints.Checkpoint newest = checkpoints.open().orElseThrow();
    assertThat(newest.supersteps()).isEqualTo(12);
    assertThat(newest.state()).containsExactly(12, 1, 2);
    assertThat(notices).isEmpty();
    checkpoints.clear();
    assertThat(folder.resolve("training")).doesNotExist();
  }

  @Test
  void aStateOfNoBytesIsOne() {
    write(1);
    assertThat(checkpoints.open().orElseThrow().state()).isEmpty();
  }

  @Test
  void cutAnywhereItIsNotUsed() throws IOException {
    write(1, 7);
    write(2, 8, 9, 10);
    byte[] whole = Files.readAllBytes(files().get(1));
    for (int length = 0; length < whole.length; length++) {
      Files.write(files().get(1), Arrays.copyOf(whole, length));
      notices.clear();
      assertThat(newest()).as("cut to %s bytes", length).isEqualTo(1);
      assertThat(notices).singleElement().asString().contains("is not used").contains(" bytes");
    }
    Files.write(files().get(1), Arrays.copyOf(whole, whole.length + 1));
    assertThat(newest()).isEqualTo(1);
  }

  @Test
  void withAnyBitFlippedItIsNotUsed() throws IOException {
    write(1, 7);
    write(2, 8, 9, 10);
    byte[] whole = Files.readAllBytes(files().get(1));
    for (int bit = 0; bit < whole.length * 8; bit++) {
      byte[] flipped = whole.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      Files.write(files().get(1), flipped);
      assertThat(newest()).as("bit %s", bit).isEqualTo(1);
    }
    Files.write(files().get(1), whole);
    assertThat(newest()).isEqualTo(2);
  }

  /** Else a damaged one would stand in the place of one that is whole. */
  @Test
  void aDamagedOneDoesNotCount() throws IOException {
    write(1, 7);
    write(9, 8);
    Files.write(files().get(1), new byte[3]);
    assertThat(newest()).isEqualTo(1);
    write(2, 9);
    assertThat(files()).hasSize(2);
    assertThat(newest()).isEqualTo(2);
    Files.write(files().get(1), new byte[3]);
    assertThat(newest()).isEqualTo(1);
  }

  @Test
  void writesOverADamagedOne() throws IOException {
    write(1, 7);
    Files.write(files().get(0), new byte[40]);
    assertThat(checkpoints.open()).isEmpty();
    write(1, 8);
    assertThat(newest()).isEqualTo(1);
  }

  /** What a program that was killed leaves of a file that it was writing. */
  @Test
  void aTemporaryFileIsNotLookedAt() throws IOException {
    write(1, 7);
    Files.write(folder.resolve("training/_0000000000000000002.state-x"), new byte[5]);
    assertThat(newest()).isEqualTo(1);
    assertThat(notices).isEmpty();
  }

  @Test
  void aFolderThatCannotBeUsedIsAnErrorAtOnce() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "x");
    assertThatThrownBy(() -> Checkpoints.in(file.toString(), "training", notices::add).open())
        .isInstanceOf(DrawbarException.class)
        .hasMessageContaining("no checkpoint can be put down in " + file)
        .hasMessageContaining("set drawbar.checkpoint.folder to another");
    assertThatThrownBy(() -> Checkpoints.in("hdfs://cluster/states", "x", notices::add))
        .isInstanceOf(DrawbarException.class)
        .hasMessageContaining("'hdfs://cluster/states'")
        .hasMessageContaining("the machine on which the program runs");
  }

  @Test
  void oneThatFailsLaterIsToldOf() throws IOException {
    write(1, 7);
    Path place = folder.resolve("training");
    Files.move(place, folder.resolve("elsewhere"));
    Files.writeString(place, "in the way");
    write(2, 8);
    assertThat(notices)
        .singleElement()
        .asString()
        .startsWith("no checkpoint after 2 supersteps: ")
        .endsWith("; the training goes on");
  }
}
