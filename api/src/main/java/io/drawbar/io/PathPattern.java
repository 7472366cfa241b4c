package io.drawbar.io;

import io.drawbar.error.DrawbarException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A path some of whose elements are patterns, as shells have them: {@code *} and {@code ?} for any
 * characters and any one, {@code [a-z]} and {@code [!a-z]} for one of some and one of all others,
 * {@code {a,b}} for alternatives, and {@code **} as a whole element for any number of folders.
 *
 * @param folder the path before the first element that is a pattern
 * @param prefix the same, as it was written, up to the last slash
 * @param rest the elements from that one on
 * @param regex what the paths of files below the folder are matched with
 */
record PathPattern(String folder, String prefix, String rest, Pattern regex) {
  /** Whether a path may be a pattern; a file of this very name comes first. */
  static boolean isPattern(String path) {
    return path.chars().anyMatch(c -> "*?[{".indexOf(c) >= 0);
  }

  /**
   * Takes a pattern apart.
   *
   * @throws DrawbarException if a bracket or brace is not closed in its element, or a range is
   *     empty
   */
  static PathPattern of(String path) {
    int first = 0;
    while (path.indexOf('/', first) >= 0
        && !isPattern(path.substring(first, path.indexOf('/', first)))) {
      first = path.indexOf('/', first) + 1;
    }
    String prefix = path.substring(0, first);
    String folder =
        prefix.isEmpty() ? "." : prefix.equals("/") ? "/" : prefix.substring(0, first - 1);
    String rest = path.substring(first);
    return new PathPattern(folder, prefix, rest, new Translation(path).regex(rest));
  }

  /** Whether a file is meant, by its path below the folder. */
  boolean matches(String relativePath) {
    return regex.matcher(relativePath).matches();
  }

  /** Whether a folder above a file would be meant if it were a file. */
  boolean matchesAbove(String relativePath) {
    int slash = relativePath.lastIndexOf('/');
    while (slash > 0) {
      if (matches(relativePath.substring(0, slash))) {
        return true;
      }
      slash = relativePath.lastIndexOf('/', slash - 1);
    }
    return false;
  }

  /** Turns a pattern into a regular expression. */
  private static final class Translation {
    private final String path;
    private final StringBuilder regex = new StringBuilder();
    private int[] element;
    private int at;

    Translation(String path) {
      this.path = path;
    }

    Pattern regex(String rest) {
      List<String> elements = Arrays.asList(rest.split("/", -1));
      for (int i = 0; i < elements.size(); i++) {
        boolean isLast = i == elements.size() - 1;
        if (elements.get(i).equals("**")) {
          boolean isAgain = i > 0 && elements.get(i - 1).equals("**");
          regex.append(isLast ? ".+" : isAgain ? "" : "(?:[^/]+/)*");
        } else {
          element(elements.get(i));
          regex.append(isLast ? "" : "/");
        }
      }
      return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }

    private void element(String text) {
      element = text.codePoints().toArray();
      int braces = 0;
      for (at = 0; at < element.length; at++) {
        int c = element[at];
        if (c == '*') {
          boolean isAgain = at > 0 && element[at - 1] == '*';
          regex.append(isAgain ? "" : "[^/]*");
        } else if (c == '?') {
          regex.append("[^/]");
        } else if (c == '[') {
          oneOf(text);
        } else if (c == '{') {
          braces++;
          regex.append("(?:");
        } else if (c == ',' && braces > 0) {
          regex.append('|');
        } else if (c == '}' && braces > 0) {
          braces--;
          regex.append(')');
        } else {
          literal(c);
        }
      }
      if (braces > 0) {
        throw wrong("the { of '%s' is not closed; alternatives may not hold a slash", text);
      }
    }

    /** Takes {@code [...]}; a bracket that comes first in it is one of the characters. */
    private void oneOf(String text) {
      int i = at + 1;
      boolean isNegated = i < element.length && (element[i] == '!' || element[i] == '^');
      i += isNegated ? 1 : 0;
      int first = i;
      regex.append(isNegated ? "[^/" : "[");
      while (i < element.length && (element[i] != ']' || i == first)) {
        boolean isRange = i + 2 < element.length && element[i + 1] == '-' && element[i + 2] != ']';
        literal(element[i]);
        if (isRange) {
          if (element[i + 2] < element[i]) {
            throw wrong("a range in '%s' ends before it starts", text);
          }
          regex.append('-');
          literal(element[i + 2]);
        }
        i += isRange ? 3 : 1;
      }
      if (i >= element.length) {
        throw wrong("the [ of '%s' is not closed", text);
      }
      regex.append(']');
      at = i;
    }

    private void literal(int c) {
      regex.append("\\x{").append(Integer.toHexString(c)).append('}');
    }

    private DrawbarException wrong(String reason, String text) {
      return new DrawbarException(
          "nothing is at %s, and as a pattern it is wrong: %s"
              .formatted(path, reason.formatted(text)));
    }
  }
}
