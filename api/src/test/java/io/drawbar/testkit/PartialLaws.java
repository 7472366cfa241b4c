package io.drawbar.testkit;

import io.drawbar.iterate.LeafKernel;
import io.drawbar.iterate.Partial;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * Holds a partial to its law: of the same blocks, merged in any order and tree, through its own
 * bytes as often as you like, it comes to the same result to the bit.
 *
 * <pre>{@code
 * PartialLaws.of(new Moments("x"), Moments.Partial::mean)
 *     .hold(100, i -> partialOf(block(i)));
 * }</pre>
 *
 * <p>Take blocks that are hard on the partial: sums of doubles want values of very different sizes
 * and signs, infinities and NaN; a top-k wants ties.
 *
 * @param <P> the partial
 */
public final class PartialLaws<P extends Partial<P>> {
  private static final int ROUNDS = 200;

  private final LeafKernel<P> kernel;
  private final Function<P, ?> view;

  private PartialLaws(LeafKernel<P> kernel, Function<P, ?> view) {
    this.kernel = kernel;
    this.view = view;
  }

  /**
   * The laws for a kernel's partials.
   *
   * @param view all that a partial knows, in a form in which equal results are {@link
   *     Objects#deepEquals equal}: an array, a list, a record
   */
  public static <P extends Partial<P>> PartialLaws<P> of(
      LeafKernel<P> kernel, Function<P, ?> view) {
    return new PartialLaws<>(kernel, view);
  }

  /**
   * Tries many orders and trees.
   *
   * @param count how many partials are merged, at least 2
   * @param partials makes the i-th of them, from 0, anew at each call
   * @throws AssertionError if two ways of merging differ; says which, with the seed
   */
  public void hold(int count, IntFunction<P> partials) {
    if (count < 2) {
      throw new IllegalArgumentException("two partials or more are merged, not " + count);
    }
    P inOrder = partials.apply(0);
    for (int i = 1; i < count; i++) {
      inOrder.merge(partials.apply(i));
    }
    Object expected = view.apply(inOrder);
    same(expected, throughBytes(inOrder), "through its own bytes, after merging in order");
    for (long seed = 0; seed < ROUNDS; seed++) {
      Random random = new Random(seed * 0x9E3779B97F4A7C15L);
      same(expected, merged(all(count, partials), random), "in a random tree, seed " + seed);
      same(expected, split(all(count, partials), random), "split in two, seed " + seed);
    }
  }

  private List<P> all(int count, IntFunction<P> partials) {
    List<P> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(partials.apply(i));
    }
    return all;
  }

  private void same(Object expected, P found, String how) {
    Object result = view.apply(found);
    if (!Objects.deepEquals(expected, result)) {
      throw new AssertionError(
          "%s of %s merged %s: %s, and %s merged in order"
              .formatted(
                  found.getClass().getSimpleName(), kernel, how, shown(result), shown(expected)));
    }
  }

  private static String shown(Object value) {
    String text = Arrays.deepToString(new Object[] {value});
    return text.substring(1, text.length() - 1);
  }

  /** Any two become one until one is left; some go through bytes, some meet an empty one. */
  private P merged(List<P> partials, Random random) {
    List<P> left = new ArrayList<>(partials);
    while (left.size() > 1) {
      P into = left.remove(random.nextInt(left.size()));
      P other = left.remove(random.nextInt(left.size()));
      if (random.nextInt(8) == 0) {
        into.merge(kernel.identity());
      }
      if (random.nextInt(8) == 0) {
        P empty = kernel.identity();
        empty.merge(other);
        other = empty;
      }
      into.merge(random.nextInt(4) == 0 ? throughBytes(other) : other);
      left.add(random.nextInt(4) == 0 ? throughBytes(into) : into);
    }
    return left.get(0);
  }

  /** Two groups are merged for themselves, and then with each other. */
  private P split(List<P> partials, Random random) {
    Collections.shuffle(partials, random);
    int cut = 1 + random.nextInt(partials.size() - 1);
    P one = merged(partials.subList(0, cut), random);
    P other = merged(partials.subList(cut, partials.size()), random);
    one.merge(throughBytes(other));
    return one;
  }

  private P throughBytes(P partial) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      partial.encode(new DataOutputStream(bytes));
      ByteArrayInputStream in = new ByteArrayInputStream(bytes.toByteArray());
      P decoded = kernel.decode(new DataInputStream(in));
      if (in.available() > 0) {
        throw new AssertionError(
            "%s of %s wrote %d bytes, of which decode left %d"
                .formatted(
                    partial.getClass().getSimpleName(), kernel, bytes.size(), in.available()));
      }
      return decoded;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
