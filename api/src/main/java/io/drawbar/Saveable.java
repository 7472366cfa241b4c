package io.drawbar;

/**
 * A transform that can be saved, as a model or as a stage of one: it gives its content, and a
 * {@link ModelFormat} makes it of its content again.
 */
public interface Saveable extends Transform {
  /**
   * All that the transform is made of, and nothing else: no path, time or engine. Equal transforms
   * have equal content.
   */
  ModelContent content();
}
