package io.drawbar.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/** Reads a file with a thread for each core, in chunks of whole lines. */
final class LineChunks {
  private static final int CHUNK = 1 << 22;

  /** Lines are shorter. */
  private static final int OVERLAP = 1 << 16;

  /** What a thread does with its chunks. */
  interface Reader {
    /** Takes whole lines, each with its end. */
    void read(byte[] buffer, int from, int to);
  }

  private LineChunks() {}

  /** Has as many readers as there are cores share a file; returns them when all is read. */
  static <R extends Reader> List<R> read(Path file, Supplier<R> readers) {
    AtomicLong next = new AtomicLong();
    return parallel(
        thread -> {
          R reader = readers.get();
          try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            byte[] buffer = new byte[1 + CHUNK + OVERLAP];
            long size = channel.size();
            for (long at; (at = next.getAndAdd(CHUNK)) < size; ) {
              chunk(channel, at, buffer, reader);
            }
            return reader;
          } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
        });
  }

  /** Calls a function with 0, 1, ... on a thread for each core. */
  static <T> List<T> parallel(IntFunction<T> work) {
    ExecutorService threads = Executors.newFixedThreadPool(ByHand.CORES);
    try {
      List<Future<T>> futures = new ArrayList<>();
      for (int i = 0; i < ByHand.CORES; i++) {
        int thread = i;
        futures.add(threads.submit(() -> work.apply(thread)));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> future : futures) {
        results.add(future.get());
      }
      return results;
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    } finally {
      threads.shutdown();
    }
  }

  /** The lines that start in a chunk: it is read with the byte before, and to the end of a line. */
  private static void chunk(FileChannel channel, long at, byte[] buffer, Reader reader)
      throws IOException {
    int before = at == 0 ? 0 : 1;
    ByteBuffer target = ByteBuffer.wrap(buffer, 0, before + CHUNK + OVERLAP);
    while (target.hasRemaining() && channel.read(target, at - before + target.position()) >= 0) {}
    int read = target.position();
    int from = before == 0 ? 0 : lineAfter(buffer, 0, read);
    int end = before + CHUNK >= read ? read : lineAfter(buffer, before + CHUNK - 1, read);
    if (from < end) {
      reader.read(buffer, from, end);
    }
  }

  private static int lineAfter(byte[] buffer, int from, int to) {
    int at = from;
    while (at < to && buffer[at] != '\n') {
      at++;
    }
    return Math.min(to, at + 1);
  }
}
