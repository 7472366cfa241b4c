package io.drawbar.io;

import io.drawbar.error.DrawbarException;
import io.drawbar.spi.CommitProtocol;
import io.drawbar.spi.FileSystem;
import io.drawbar.spi.Layout;
import io.drawbar.spi.LeafReader;
import io.drawbar.spi.PartFile;
import io.drawbar.spi.PartWriter;
import io.drawbar.spi.Sink;
import io.drawbar.spi.Source;
import io.drawbar.spi.Split;
import io.drawbar.type.Schema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Rows as a session keeps them for itself, in columns, with their units and blocks: what is read
 * back is cut as it was when it was written, so that it gives the same bits. It holds no schema and
 * is read by the version that wrote it; for anything else, write a format that has a name.
 *
 * <p>A file is a run of blocks: length of the rest (int), unit (long), CRC-32C of what follows
 * (int), then the rows as {@link io.drawbar.column.BatchCodec} has them; big-endian. A file holds
 * whole units.
 *
 * <p>A process that has read a file keeps its rows decoded in memory while there is room: see
 * {@link KeptBlocks}. A folder is therefore written once, and never again under the same name.
 */
public final class Blocks {
  private Blocks() {}

  /** Writes into a new folder. */
  public static Sink to(FileSystem system, String folder) {
    return new BlockSink(system, folder);
  }

  /** Reads what {@link #to} wrote, of that schema. */
  public static Source at(FileSystem system, String folder, Schema schema) {
    return new BlockSource(system, folder, schema);
  }

  /** Lets go of what this process holds in memory of a folder, or of those in it. */
  public static void forget(String folder) {
    KeptBlocks.OF_PROCESS.forget(folder);
  }

  private record BlockSink(FileSystem system, String folder) implements Sink {
    @Override
    public String describe() {
      return "blocks " + folder;
    }

    @Override
    public void check(Schema schema) {
      // It holds every type.
    }

    @Override
    public CommitProtocol commitProtocol(Schema schema) {
      return new FolderCommit(system, folder);
    }

    @Override
    public PartWriter open(PartFile file, Schema schema) {
      return new BlockWriter(file.stream(), schema);
    }

    @Override
    public String extension() {
      return ".blocks";
    }
  }

  /**
   * A file of whole units.
   *
   * @param firstUnit its number among the files: where the reading of blocks would fail
   */
  record BlockSplit(String path, long firstUnit, long bytes) implements Split {}

  private record BlockSource(FileSystem system, String folder, Schema schema) implements Source {
    @Override
    public String describe() {
      return "kept rows";
    }

    @Override
    public List<Split> splits(Layout layout, int desired, int alignment) {
      List<FileSystem.Status> files;
      try {
        files = new ArrayList<>(system.list(folder));
      } catch (IOException e) {
        throw new DrawbarException(
            "the rows kept in %s are gone: %s".formatted(folder, e.getMessage()), e);
      }
      files.sort(Comparator.comparing(FileSystem.Status::relativePath));
      List<Split> splits = new ArrayList<>();
      for (FileSystem.Status file : files) {
        splits.add(new BlockSplit(file.path(), splits.size(), file.bytes()));
      }
      return splits;
    }

    @Override
    public LeafReader open(Split split, Layout layout, List<String> columns) throws IOException {
      BlockSplit file = (BlockSplit) split;
      KeptBlockReader.Columns some = KeptBlockReader.Columns.of(schema, columns);
      List<KeptBlocks.Block> kept = KeptBlocks.OF_PROCESS.find(file.path());
      if (kept != null) {
        return new KeptBlockReader(kept, some, file.bytes());
      }
      KeptBlocks.Draft draft = KeptBlocks.OF_PROCESS.draft(file.path());
      return new BlockReader(system.open(file.path(), 0), file, schema, some, draft);
    }
  }
}
