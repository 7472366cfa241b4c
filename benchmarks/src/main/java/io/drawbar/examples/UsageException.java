package io.drawbar.examples;

/** An example was called for in a way that it does not understand; the message says how to. */
final class UsageException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  UsageException(String message) {
    super(message);
  }
}
