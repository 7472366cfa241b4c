package io.drawbar.testkit;

import java.util.List;

/**
 * What a pipeline came to.
 *
 * @param failure the exception it ended with, or null
 * @param lines the rows, as text that is equal when they are
 * @param layout what no oracle knows but every engine must agree on: the message of the failure, the parts
 *     that were written
 */
record Outcome(DrawbarFailure failure, List<String> lines, List<String> layout) {

  /**
   * An exception.
   *
   * @param type its class
   * @param orElse another class that is as right, since it depends on the layout which of two errors comes
   *     first; or null
   */
  record DrawbarFailure(Class<?> type, Class<?> orElse) {
    boolean admits(DrawbarFailure actual) {
      return actual != null && (isOf(type, actual) || orElse != null && isOf(orElse, actual));
    }

    private static boolean isOf(Class<?> wanted, DrawbarFailure actual) {
      return wanted.equals(actual.type);
    }

    @Override
    public String toString() {
      return type.getSimpleName() + (orElse == null ? "" : " or " + orElse.getSimpleName());
    }
  }

  static Outcome of(List<String> lines, List<String> layout) {
    return new Outcome(null, List.copyOf(lines), List.copyOf(layout));
  }

  /** In what another outcome is not as this one says it must be; null if it is. */
  String difference(Outcome actual) {
    if (failure != null || actual.failure != null) {
      return failure != null && failure.admits(actual.failure)
          ? null
          : "expected: %s%nactual:   %s"
              .formatted(
                  failure == null ? lines.size() + " lines" : failure,
                  actual.failure == null
                      ? actual.lines.size() + " lines, the first " + first(actual.lines)
                      : actual.failure + ": " + actual.layout);
    }
    return difference(lines, actual.lines);
  }

  private static String first(List<String> lines) {
    return lines.isEmpty() ? "none" : lines.get(0);
  }

  static String difference(List<String> expected, List<String> actual) {
    int same = 0;
    while (same < Math.min(expected.size(), actual.size())
        && expected.get(same).equals(actual.get(same))) {
      same++;
    }
    if (same == expected.size() && same == actual.size()) {
      return null;
    }
    return "%d lines were expected, there are %d; line %d%n  expected: %s%n  actual:   %s"
        .formatted(expected.size(), actual.size(), same + 1, line(expected, same), line(actual, same));
  }

  private static String line(List<String> lines, int index) {
    return index < lines.size() ? lines.get(index) : "(none)";
  }
}
