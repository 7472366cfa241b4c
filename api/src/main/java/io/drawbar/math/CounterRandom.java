package io.drawbar.math;

/**
 * Random numbers that are a function of what they are for: of a seed, of a stream (a purpose, a
 * round), and of an id (of a row, of a draw). Nobody has to know how many were drawn before, so
 * that they do not depend on partitions, threads or retries.
 *
 * <p>Each is three rounds of variant 13 of D. Stafford, "Better Bit Mixing", 2011, as in {@code
 * SplittableRandom} (G. L. Steele, D. Lea, C. H. Flood, "Fast Splittable Pseudorandom Number
 * Generators", 2014).
 */
public final class CounterRandom {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private CounterRandom() {}

  /** 64 random bits. */
  public static long bits(long seed, long stream, long id) {
    return mix(mix(mix(seed + GOLDEN) + stream * GOLDEN) + id * GOLDEN);
  }

  /** A number from 2^-53 to 1, both included: its logarithm is finite. */
  public static double uniform(long seed, long stream, long id) {
    return ((bits(seed, stream, id) >>> 11) + 1) * 0x1p-53;
  }

  /** Bits mixed so that each depends on all; one to one, and 0 stays 0. */
  public static long mix(long value) {
    long x = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    x = (x ^ (x >>> 27)) * 0x94D049BB133111EBL;
    return x ^ (x >>> 31);
  }
}
