package io.drawbar.io;

/** What becomes of what is at the place where output goes. */
public enum OutputMode {
  /** Nothing may be there. */
  CREATE,
  /** It stays until the new output is complete, and is then replaced by it as a whole. */
  OVERWRITE,
  /** It stays, and parts come to those that are there. */
  APPEND
}
