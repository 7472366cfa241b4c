package io.drawbar.learn;

/** How {@link NaiveBayes} takes the elements of features to be distributed in each class. */
public enum Distribution {
  /** Each element has a normal distribution: for measurements. */
  GAUSSIAN,

  /** The elements count, each, one of several outcomes: for how often words are in a text. */
  MULTINOMIAL,

  /** Each element is 0 or 1: for whether words are in a text. */
  BERNOULLI
}
