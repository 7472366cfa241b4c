package io.drawbar.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbar.column.Batch;
import io.drawbar.column.LongColumn;
import io.drawbar.spi.DamagedFileException;
import io.drawbar.spi.Layout;
import io.drawbar.spi.LeafReader;
import io.drawbar.spi.PartFile;
import io.drawbar.spi.PartWriter;
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

/** Blocks that stay in memory: the same rows as from the file, within bounds. */
class KeptBlocksTest {
  private static final Schema SCHEMA =
      Schema.empty().with("a", DataType.LONG).with("b", DataType.LONG);
  private static final long BLOCK_BYTES = 2 * 3 * Long.BYTES;

  @TempDir Path temporary;

  private static Batch rows(long first) {
    return Batch.of(
        SCHEMA,
        3,
        new LongColumn(3, new long[] {first, first + 1, first + 2}, null),
        new LongColumn(3, new long[] {-first, -first - 1, -first - 2}, null));
  }

  private static boolean keep(KeptBlocks memory, String path, int blocks) {
    KeptBlocks.Draft draft = memory.draft(path);
    for (int block = 0; block < blocks; block++) {
      draft.add(new KeptBlocks.Block(block, rows(block)));
    }
    draft.end();
    return memory.find(path) != null;
  }

  @Test
  void countsWhatItHolds() {
    KeptBlocks memory = new KeptBlocks(4 * BLOCK_BYTES);
    assertThat(keep(memory, "x/1", 2)).isTrue();
    assertThat(memory.bytes()).isEqualTo(2 * BLOCK_BYTES);
    assertThat(keep(memory, "x/1", 2)).isTrue(); // two tasks read the same file
    assertThat(memory.bytes()).isEqualTo(2 * BLOCK_BYTES);
    KeptBlocks.Draft draft = memory.draft("x/2");
    draft.add(new KeptBlocks.Block(0, rows(0)));
    draft.drop();
    draft.end();
    assertThat(memory.find("x/2")).isNull();
    assertThat(memory.bytes()).isEqualTo(2 * BLOCK_BYTES);
    memory.forget("x");
    assertThat(memory.bytes()).isZero();
    assertThat(memory.find("x/1")).isNull();
  }

  @Test
  void aScanThatDoesNotFitKeepsItsBeginning() {
    KeptBlocks memory = new KeptBlocks(4 * BLOCK_BYTES);
    for (int round = 0; round < 3; round++) {
      assertThat(memory.find("x/1") != null || keep(memory, "x/1", 3)).isTrue();
      assertThat(memory.find("x/2") != null || keep(memory, "x/2", 3)).isFalse();
      assertThat(memory.bytes()).isEqualTo(3 * BLOCK_BYTES);
    }
  }

  @Test
  void whatIsNoLongerReadMakesRoom() {
    KeptBlocks memory = new KeptBlocks(4 * BLOCK_BYTES);
    assertThat(keep(memory, "old/1", 2)).isTrue();
    assertThat(keep(memory, "young/1", 2)).isTrue();
    memory.find("old/1");
    assertThat(keep(memory, "new/1", 1)).isTrue();
    assertThat(memory.find("young/1")).isNull();
    assertThat(memory.find("old/1")).isNotNull();
    assertThat(memory.bytes()).isEqualTo(3 * BLOCK_BYTES);
    memory.forget("ol"); // no folder of that name
    assertThat(memory.find("old/1")).isNotNull();
  }

  private List<String> read(Source source, String... columns) throws IOException {
    List<String> found = new ArrayList<>();
    for (Split split : source.splits(new Layout(1, 1, 1), 1, 1)) {
      try (LeafReader reader = source.open(split, new Layout(1, 1, 1), List.of(columns))) {
        while (reader.nextLeaf()) {
          found.add("unit " + reader.unit());
          for (Batch block = reader.nextBlock(); block != null; block = reader.nextBlock()) {
            for (int n = 0; n < block.selected(); n++) {
              found.add(block.rowAt(block.row(n)).toString());
            }
          }
        }
        assertThat(reader.bytesRead()).isEqualTo(split.bytes());
      }
    }
    return found;
  }

  private Path write(String folder, int units, int blocks) throws IOException {
    Path file = Files.createDirectories(temporary.resolve(folder)).resolve("part");
    PartFile target = new PartFile("part", file.toString(), Files.newOutputStream(file));
    try (PartWriter writer =
        Blocks.to(new LocalFileSystem(), file.toString()).open(target, SCHEMA)) {
      for (int unit = 0; unit < units; unit++) {
        writer.beginUnit(5L * unit);
        for (int block = 0; block < blocks; block++) {
          writer.write(rows(10L * unit + block));
          writer.endBlock();
        }
      }
    }
    return file;
  }

  @Test
  void theSecondTimeGivesWhatTheFirstDid() throws IOException {
    Path file = write("same", 3, 2);
    String folder = file.getParent().toString();
    Source source = Blocks.at(new LocalFileSystem(), folder, SCHEMA);
    List<String> both = read(source, "b", "a");
    assertThat(both).hasSize(3 * (1 + 2 * 3)).contains("(b=-21, a=21)");
    List<String> one = read(source, "b");
    assertThat(KeptBlocks.OF_PROCESS.find(file.toString())).hasSize(6);
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 1] ^= 1;
    Files.write(file, bytes); // only memory still has it
    assertThat(read(source, "b", "a")).isEqualTo(both);
    assertThat(read(source, "b")).isEqualTo(one);
    Blocks.forget(folder);
    assertThatThrownBy(() -> read(source, "b")).isInstanceOf(DamagedFileException.class);
    assertThat(KeptBlocks.OF_PROCESS.find(file.toString())).isNull();
  }

  @Test
  void aFileReadInPartIsNotKept() throws IOException {
    Path file = write("part", 2, 2);
    long before = KeptBlocks.OF_PROCESS.bytes();
    Source source = Blocks.at(new LocalFileSystem(), file.getParent().toString(), SCHEMA);
    Split split = source.splits(new Layout(1, 1, 1), 1, 1).get(0);
    try (LeafReader reader = source.open(split, new Layout(1, 1, 1), List.of("a"))) {
      assertThat(reader.nextLeaf()).isTrue();
      assertThat(reader.nextBlock()).isNotNull();
    }
    assertThat(KeptBlocks.OF_PROCESS.find(file.toString())).isNull();
    assertThat(KeptBlocks.OF_PROCESS.bytes()).isEqualTo(before);
  }
}
