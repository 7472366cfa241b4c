package io.drawbar.testkit;

import io.drawbar.error.DrawbarException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a pipeline came to, or may come to.
 *
 * @param failures the class of the exception it ended with, none if it did not; as an expectation,
 *     all that are right, since it depends on the layout which of two errors comes first in the
 *     data
 * @param lines the rows, as text that is equal when they are
 * @param placement what no oracle knows but every engine must agree on: the message of the failure,
 *     and which rows were written into which part
 */
record Outcome(
    List<Class<? extends DrawbarException>> failures, List<String> lines, List<String> placement) {
  Outcome {
    failures = List.copyOf(failures);
    lines = List.copyOf(lines);
    placement = List.copyOf(placement);
  }

  static Outcome of(List<String> lines, List<String> placement) {
    return new Outcome(List.of(), lines, placement);
  }

  /** Says in what another outcome differs from what this one asks for; null if in nothing. */
  String difference(Outcome actual) {
    if (failures.isEmpty() && actual.failures.isEmpty()) {
      return difference(lines, actual.lines);
    }
    boolean admitted = failures.stream().anyMatch(actual.failures::contains);
    return admitted && actual.lines.isEmpty()
        ? null
        : "  expected: %s%n  actual:   %s".formatted(describe(), actual.describe());
  }

  private String describe() {
    String rows = lines.size() + " lines" + (lines.isEmpty() ? "" : ", the first: " + lines.get(0));
    return failures.isEmpty()
        ? rows
        : failures.stream().map(Class::getSimpleName).collect(Collectors.joining(" or "))
            + (lines.isEmpty() ? "" : ", having left " + rows)
            + (placement.isEmpty() ? "" : ", with " + placement);
  }

  /** Says where two lists of lines part; null if they do not. */
  static String difference(List<String> expected, List<String> actual) {
    int same = 0;
    int shorter = Math.min(expected.size(), actual.size());
    while (same < shorter && expected.get(same).equals(actual.get(same))) {
      same++;
    }
    if (same == expected.size() && same == actual.size()) {
      return null;
    }
    return "  %d lines were expected, there are %d; line %d%n  expected: %s%n  actual:   %s"
        .formatted(
            expected.size(), actual.size(), same + 1, line(expected, same), line(actual, same));
  }

  private static String line(List<String> lines, int index) {
    return index < lines.size() ? lines.get(index) : "(none)";
  }
}
