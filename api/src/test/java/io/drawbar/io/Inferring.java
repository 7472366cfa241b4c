package io.drawbar.io;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbar.column.Batch;
import io.drawbar.iterate.BlockFold;
import io.drawbar.iterate.LeafKernel;
import io.drawbar.iterate.Partial;
import io.drawbar.spi.Layout;
import io.drawbar.spi.LeafReader;
import io.drawbar.spi.Source;
import io.drawbar.spi.Split;
import io.drawbar.spi.Surveyed;
import io.drawbar.spi.Undeclared;
import io.drawbar.type.InferredSchema;
import io.drawbar.type.Schema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import javax.tools.ToolProvider;

/** Infers in tests, by tasks of many sizes that are merged in random order. */
final class Inferring {
  static final Layout USUAL = new Layout(4 << 20, 65_536, 4_096);

  private Inferring() {}

  static Undeclared.Pass pass(Layout layout, int desired, long seed) {
    return new Undeclared.Pass() {
      @Override
      public <P extends Partial<P>> P over(Source source, LeafKernel<P> kernel) {
        Random random = new Random(seed);
        boolean isSurveyed = source instanceof Surveyed && random.nextInt(4) > 0;
        Source shipped =
            Reading.shipped(isSurveyed ? ((Surveyed) source).surveyed(layout, this) : source);
        List<Split> splits = new ArrayList<>(shipped.splits(layout, desired, 1));
        Collections.shuffle(splits, random);
        P total = kernel.identity();
        try {
          for (Split split : splits) {
            P task = folded(shipped, Reading.shipped(split), kernel, layout);
            if (random.nextBoolean()) {
              task.merge(total);
              total = task;
            } else {
              total.merge(task);
            }
          }
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
        return total;
      }
    };
  }

  private static <P extends Partial<P>> P folded(
      Source source, Split split, LeafKernel<P> kernel, Layout layout) throws IOException {
    P task = kernel.identity();
    BlockFold<P> fold = kernel.open();
    try (LeafReader reader = source.open(split, layout, kernel.columns())) {
      long before = -1;
      while (reader.nextLeaf()) {
        assertThat(reader.unit()).as("units ascend").isGreaterThan(before);
        before = reader.unit();
        for (Batch block = reader.nextBlock(); block != null; block = reader.nextBlock()) {
          fold.batch(block);
          fold.endBlock(task);
        }
      }
    }
    return task;
  }

  /** Infers in one piece, and then in many; all have to agree. */
  static InferredSchema infer(Undeclared files) {
    InferredSchema found = files.infer(pass(USUAL, 1, 0));
    long seed = 1;
    for (int leaf : new int[] {1, 2, 7, 64, 1000}) {
      for (int block : new int[] {1, 3}) {
        InferredSchema again = files.infer(pass(new Layout(leaf, 1, block), 1 << 20, seed++));
        assertThat(again.toString()).as("leaves of %s bytes", leaf).isEqualTo(found.toString());
        assertThat(again).isEqualTo(found);
      }
    }
    return found;
  }

  /** The schema of the record that an inference prints, compiled as it is printed. */
  static Schema compiled(InferredSchema found, Path folder) throws Exception {
    String name = found.code().replaceAll("(?s)record (\\w+)\\(.*", "$1");
    Path classes = Files.createTempDirectory(folder, "classes");
    Path source =
        Files.writeString(
            classes.resolve("Holder.java"),
            "import java.util.List;\npublic class Holder {\npublic " + found + "}\n");
    int result =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-encoding",
                "UTF-8",
                "-d",
                classes.toString(),
                source.toString());
    assertThat(result).as("compiles: %s", found).isZero();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
      Class<?> record = loader.loadClass("Holder$" + name);
      return Schema.of(record.asSubclass(Record.class));
    }
  }
}
