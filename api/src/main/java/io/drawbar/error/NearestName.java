package io.drawbar.error;

import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the known name that a mistyped one most likely meant, for the second sentence of an error
 * message.
 */
public final class NearestName {

  /** However long the name, more slips than this are another word, not a slip. */
  private static final int MOST_SLIPS = 3;

  private NearestName() {}

  /**
   * Whether two names are the same but for letter case and for what joins their words: {@code
   * machineId}, {@code machine_id} and {@code Machine ID}.
   */
  public static boolean isSpelling(String one, String other) {
    return letters(one).equals(letters(other));
  }

  private static String letters(String name) {
    return name.replaceAll("[_\\- .]", "").toLowerCase(Locale.ROOT);
  }

  /**
   * The known name nearest to {@code wrong} by Damerau-Levenshtein distance (insert, delete,
   * substitute, swap neighbours; letter case is ignored), if any is near enough.
   *
   * <p>Near enough is one slip for every three letters of the wrong name, at least one and at most
   * three, and fewer slips than letters; another {@linkplain #isSpelling spelling} of the name is
   * nearer than all. Of equally near names the first in iteration order is taken; of a {@link Set},
   * whose order may be unspecified, the first by name, so that the answer is the same in every JVM.
   *
   * @param wrong the name that was not found
   * @param known the names that exist
   */
  public static Optional<String> of(String wrong, Collection<String> known) {
    int bound = Math.max(1, Math.min(MOST_SLIPS, wrong.length() / 3));
    boolean byName = known instanceof Set;
    String folded = wrong.toLowerCase(Locale.ROOT);
    String best = null;
    int least = bound + 1;
    for (String name : known) {
      boolean isBefore = best == null || least > 0 || byName && name.compareTo(best) < 0;
      if (!letters(wrong).isEmpty() && isSpelling(wrong, name) && isBefore) {
        best = name;
        least = 0;
        continue;
      }
      if (Math.abs(name.length() - wrong.length()) > bound) {
        continue;
      }
      int slips = distance(folded, name.toLowerCase(Locale.ROOT));
      if (slips > bound || slips >= Math.max(wrong.length(), name.length())) {
        continue;
      }
      boolean earlier = slips == least && byName && best != null && name.compareTo(best) < 0;
      if (slips < least || earlier) {
        best = name;
        least = slips;
      }
    }
    return Optional.ofNullable(best);
  }

  /**
   * The sentence to append to an error message, with a leading blank, such as {@code " Did you mean
   * 'word'?"}, or the empty string when no known name is near.
   *
   * @param wrong the name that was not found
   * @param known the names that exist
   */
  public static String suggestion(String wrong, Collection<String> known) {
    return of(wrong, known).map(name -> " Did you mean '" + name + "'?").orElse("");
  }

  /*
   * Unrestricted Damerau-Levenshtein distance (Lowrance and Wagner, "An Extension of the
   * String-to-String Correction Problem", J. ACM 22(2), 1975), O(|a| |b|). Row and column 0 hold a
   * sentinel larger than any distance, so that a swap without an earlier match never wins.
   */
  static int distance(String a, String b) {
    int sentinel = a.length() + b.length();
    int[][] cost = new int[a.length() + 2][b.length() + 2];
    cost[0][0] = sentinel;
    for (int i = 0; i <= a.length(); i++) {
      cost[i + 1][0] = sentinel;
      cost[i + 1][1] = i;
    }
    for (int j = 0; j <= b.length(); j++) {
      cost[0][j + 1] = sentinel;
      cost[1][j + 1] = j;
    }
    Map<Character, Integer> lastRowOf = new HashMap<>();
    for (int i = 1; i <= a.length(); i++) {
      int lastMatch = 0;
      for (int j = 1; j <= b.length(); j++) {
        int row = lastRowOf.getOrDefault(b.charAt(j - 1), 0);
        int column = lastMatch;
        int substitution = 1;
        if (a.charAt(i - 1) == b.charAt(j - 1)) {
          substitution = 0;
          lastMatch = j;
        }
        int edited = Math.min(cost[i + 1][j], cost[i][j + 1]) + 1;
        int swapped = cost[row][column] + (i - row - 1) + 1 + (j - column - 1);
        cost[i + 1][j + 1] = Math.min(Math.min(cost[i][j] + substitution, edited), swapped);
      }
      lastRowOf.put(a.charAt(i - 1), i);
    }
    return cost[a.length() + 1][b.length() + 1];
  }
}
