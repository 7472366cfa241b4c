package io.drawbar.spi;

import java.io.IOException;

/** Is told by a {@link LeafReader} of rows that do not fit, in their order. */
public interface BadRowListener {
  /** Nobody who would want to know. */
  BadRowListener NONE =
      new BadRowListener() {
        @Override
        public boolean wantsAll() {
          return false;
        }

        @Override
        public void bad(BadRow row) {}

        @Override
        public void mended(BadRow row, int fields) {}
      };

  /** Whether lines and texts are wanted; else they are null, which saves finding them. */
  boolean wantsAll();

  /** A row is left out. */
  void bad(BadRow row) throws IOException;

  /**
   * A row is good with fewer values than are in the file.
   *
   * @param row what is wrong with the first of the fields
   * @param fields how many were made null
   */
  void mended(BadRow row, int fields) throws IOException;
}
