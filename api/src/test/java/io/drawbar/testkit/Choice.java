package io.drawbar.testkit;

import java.util.List;
import java.util.Random;

/** Picks one of several, each as likely. */
final class Choice {
  private Choice() {}

  @SafeVarargs
  static <T> T of(Random random, T... options) {
    return options[random.nextInt(options.length)];
  }

  static <T> T from(Random random, List<? extends T> options) {
    return options.get(random.nextInt(options.size()));
  }
}
