package io.drawbar.io.parquet;

import io.drawbar.error.DrawbarException;
import io.drawbar.io.InputFiles;
import io.drawbar.spi.Split;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.parquet.hadoop.metadata.BlockMetaData;

/** Ranges of row groups. Only of files that are worth dividing are the footers read for it. */
final class ParquetSplits {
  private static final int MOST_THREADS = 16;

  private final InputFiles files;
  private final int desired;
  private final int alignment;

  ParquetSplits(InputFiles files, int desired, int alignment) {
    this.files = files;
    this.desired = Math.max(1, desired);
    this.alignment = alignment;
  }

  List<Split> splits() {
    List<InputFiles.Found> all = files.list();
    long total = all.stream().mapToLong(InputFiles.Found::bytes).sum();
    long share = Math.max(1, (total + desired - 1) / desired);
    List<Callable<List<Split>>> work = new ArrayList<>();
    for (int f = 0; f < all.size(); f++) {
      int number = f;
      InputFiles.Found file = all.get(f);
      boolean isWhole = file.bytes() <= share + share / 2 && desired < Integer.MAX_VALUE;
      work.add(() -> isWhole ? whole(number, file) : ranges(number, file, share));
    }
    List<Split> splits = new ArrayList<>();
    inOrder(work).forEach(splits::addAll);
    return splits;
  }

  private static List<Split> whole(int number, InputFiles.Found file) {
    return List.of(
        new ParquetSplit(
            number,
            file.path(),
            file.shown(),
            file.bytes(),
            0,
            ParquetSplit.TO_THE_END,
            file.bytes(),
            file.hosts(0, file.bytes())));
  }

  private List<Split> ranges(int number, InputFiles.Found file, long share) throws IOException {
    List<BlockMetaData> groups = Footer.read(files.system(), file).groups();
    List<Split> splits = new ArrayList<>();
    int first = 0;
    long bytes = 0;
    for (int g = 0; g < groups.size(); g++) {
      bytes += Math.max(0, groups.get(g).getCompressedSize());
      boolean mayEnd = (g + 1) % alignment == 0;
      if (g + 1 == groups.size() || (mayEnd && bytes >= share)) {
        long from = groups.get(first).getStartingPos();
        splits.add(
            new ParquetSplit(
                number,
                file.path(),
                file.shown(),
                file.bytes(),
                first,
                g + 1,
                bytes,
                file.hosts(from, from + bytes)));
        first = g + 1;
        bytes = 0;
      }
    }
    return splits;
  }

  /** Does work side by side; of several errors the first in order is thrown. */
  static <T> List<T> inOrder(List<Callable<T>> work) {
    Libraries.check();
    if (work.size() == 1) {
      return List.of(one(work.get(0)));
    }
    ExecutorService threads =
        Executors.newFixedThreadPool(
            Math.max(1, Math.min(MOST_THREADS, work.size())),
            task -> {
              Thread thread = new Thread(task, "drawbar-footers");
              thread.setDaemon(true);
              return thread;
            });
    try {
      List<Future<T>> futures = new ArrayList<>();
      work.forEach(one -> futures.add(threads.submit(one)));
      List<T> results = new ArrayList<>();
      for (Future<T> future : futures) {
        results.add(future.get());
      }
      return results;
    } catch (ExecutionException e) {
      throw unchecked(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DrawbarException("interrupted while reading the footers of Parquet files", e);
    } finally {
      threads.shutdownNow();
    }
  }

  private static <T> T one(Callable<T> work) {
    try {
      return work.call();
    } catch (Exception e) {
      throw unchecked(e);
    }
  }

  private static RuntimeException unchecked(Throwable e) {
    return e instanceof RuntimeException unchecked
        ? unchecked
        : new DrawbarException(e.getMessage(), e);
  }
}
