package io.drawbar;

import io.drawbar.error.DrawbarException;
import io.drawbar.expr.Binary;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What a program has called, as it is written there. Errors that come of a call begin with it:
 * somebody with twenty steps behind each other finds the one that is meant. All methods that append
 * to a plan go through here, so none has a word of its own for it.
 *
 * @param text made when there is an error
 */
record Call(Supplier<String> text) {
  private static final int LONGEST = 120;

  /** A call of a method with expressions, names of columns or other values. */
  static Call of(String method, Object... arguments) {
    return new Call(
        () ->
            Arrays.stream(arguments)
                .map(Call::shown)
                .collect(Collectors.joining(", ", method + "(", ")")));
  }

  /** A call of a method that brings two datasets together by columns of these names. */
  static Call on(String method, List<String> columns) {
    return new Call(
        () ->
            columns.isEmpty()
                ? method
                : columns.stream().collect(Collectors.joining("', '", method + " on '", "'")));
  }

  /** The same, followed by another call. */
  Call then(String method, Object... arguments) {
    return new Call(() -> text.get() + "." + of(method, arguments).text.get());
  }

  private static String shown(Object argument) {
    if (argument instanceof Binary binary) {
      String text = binary.toString();
      return text.substring(1, text.length() - 1);
    }
    return argument instanceof Class<?> type ? type.getSimpleName() : String.valueOf(argument);
  }

  /** Does what was called for; an error begins with the call, unless it does already. */
  <T> T make(Supplier<T> step) {
    try {
      return step.get();
    } catch (DrawbarException e) {
      String whole = text.get();
      e.in(whole.length() > LONGEST ? whole.substring(0, LONGEST) + "..." : whole);
      throw e;
    }
  }
}
