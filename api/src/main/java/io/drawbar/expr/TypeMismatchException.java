package io.drawbar.expr;

import io.drawbar.error.DrawbarException;

/** An expression was given operands of types that it is not defined for. */
public final class TypeMismatchException extends DrawbarException {
  private static final long serialVersionUID = 1;

  public TypeMismatchException(String message) {
    super(message);
  }
}
