package io.drawbar.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Files that are damaged in all ways, by seed. A format has good files, some words of it, a check
 * that throws an {@link AssertionError} if something is wrong, and a corpus: the files, below
 * {@code src/test/resources/corpus}, in which something once was. A test tries a fixed number of
 * damages; {@code -Ddrawbar.fuzz.seconds=120} goes on for so long, with other seeds each time.
 *
 * <pre>{@code
 * MutationFuzzing.of("csv", 4_000).from(good).words("\"", ",", "\n").run((bytes, random) -> ...);
 * }</pre>
 */
public final class MutationFuzzing {
  /** The system property. */
  public static final String SECONDS = "drawbar.fuzz.seconds";

  private static final int MOST_BYTES = 20_000;

  /** What has to be true of a file, good or bad. */
  @FunctionalInterface
  public interface Check {
    /** Looks at a file; what it chooses, it chooses by the random numbers given. */
    void of(byte[] bytes, Random random) throws IOException;
  }

  private final String format;
  private final int rounds;
  private final List<byte[]> good = new ArrayList<>();
  private final List<byte[]> words = new ArrayList<>();

  private MutationFuzzing(String format, int rounds) {
    this.format = format;
    this.rounds = rounds;
  }

  /**
   * Damages of a format.
   *
   * @param format also the name of the folder of its corpus
   * @param rounds how many there are, if no time is said
   */
  public static MutationFuzzing of(String format, int rounds) {
    return new MutationFuzzing(format, rounds);
  }

  /** Adds a good file. */
  public MutationFuzzing from(byte[] bytes) {
    good.add(bytes);
    return this;
  }

  /** Adds what is put in more often than other bytes. */
  public MutationFuzzing words(String... some) {
    for (String word : some) {
      words.add(word.getBytes(StandardCharsets.UTF_8));
    }
    return this;
  }

  /** Tries the corpus, and then damages. */
  public void run(Check check) {
    List<byte[]> seeds = new ArrayList<>(good);
    for (Path file : corpus()) {
      byte[] bytes = read(file);
      seeds.add(bytes);
      for (int seed = 0; seed < 20; seed++) {
        check(check, bytes, seed, file.getFileName().toString());
      }
    }
    String seconds = System.getProperty(SECONDS);
    if (seconds == null) {
      for (long seed = 0; seed < rounds; seed++) {
        round(check, seeds, seed);
      }
      return;
    }
    long end = System.nanoTime() + Long.parseLong(seconds) * 1_000_000_000L;
    long seed = System.currentTimeMillis() << 20;
    long first = seed;
    while (System.nanoTime() < end) {
      round(check, seeds, seed++);
    }
    System.out.printf("%s: %s damaged files, seeds from %s%n", format, seed - first, first);
  }

  private void round(Check check, List<byte[]> seeds, long seed) {
    Random random = new Random(seed);
    byte[] bytes = seeds.get(random.nextInt(seeds.size()));
    for (int damages = 1 + random.nextInt(6); damages > 0; damages--) {
      bytes = damaged(random, bytes, seeds);
    }
    check(check, bytes, seed, "seed " + seed);
  }

  private void check(Check check, byte[] bytes, long seed, String name) {
    try {
      check.of(bytes, new Random(~seed));
    } catch (AssertionError | RuntimeException | IOException | OutOfMemoryError e) {
      try {
        Path kept = Files.createTempFile("fuzz-" + format + "-", ".bin");
        Files.write(kept, bytes);
        throw new AssertionError(
            "%s, %s (kept as %s, to go to src/test/resources/corpus/%s): %s"
                .formatted(format, name, kept, format, e),
            e);
      } catch (IOException f) {
        throw new UncheckedIOException(f);
      }
    }
  }

  private List<Path> corpus() {
    Path folder = Path.of("src/test/resources/corpus", format);
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] damaged(Random random, byte[] bytes, List<byte[]> seeds) {
    int at = random.nextInt(bytes.length + 1);
    int to = Math.min(bytes.length, at + random.nextInt(random.nextInt(5) == 0 ? 200 : 8));
    byte[] piece = new byte[0];
    switch (random.nextInt(8)) {
      case 0 -> piece = words.isEmpty() ? piece : words.get(random.nextInt(words.size()));
      case 1 -> {
        piece = words.isEmpty() ? piece : words.get(random.nextInt(words.size()));
        to = at;
      }
      case 2 -> piece = new byte[] {(byte) random.nextInt(256)};
      case 3 -> {
        if (at < bytes.length) {
          piece = new byte[] {(byte) (bytes[at] ^ 1 << random.nextInt(8))};
          to = at + 1;
        }
      }
      case 4 -> piece = slice(bytes, at, to, 2 + random.nextInt(random.nextInt(9) == 0 ? 90 : 2));
      case 5 -> {
        byte[] other = seeds.get(random.nextInt(seeds.size()));
        int from = random.nextInt(other.length + 1);
        piece = slice(other, from, Math.min(other.length, from + random.nextInt(60)), 1);
      }
      case 6 -> to = random.nextInt(6) == 0 ? bytes.length : to;
      default -> {
        byte[] sizes = {0, 1, 0x7F, (byte) 0x80, (byte) 0xFF, (byte) 0xFE, '0', '9'};
        piece = new byte[1 + random.nextInt(8)];
        java.util.Arrays.fill(piece, sizes[random.nextInt(sizes.length)]);
        to = Math.min(bytes.length, at + piece.length);
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(bytes, 0, at);
    out.writeBytes(piece);
    out.write(bytes, to, bytes.length - to);
    byte[] damaged = out.toByteArray();
    return damaged.length > MOST_BYTES ? bytes : damaged;
  }

  private static byte[] slice(byte[] bytes, int from, int to, int times) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < times; i++) {
      out.write(bytes, from, to - from);
    }
    return out.toByteArray();
  }
}
