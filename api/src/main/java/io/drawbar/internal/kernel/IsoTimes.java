package io.drawbar.internal.kernel;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.OptionalLong;

/** Times as ISO 8601 writes them. */
final class IsoTimes {
  private static final int DATE = 10;

  private IsoTimes() {}

  /**
   * Milliseconds since 1970 began in UTC; empty if the text is no date, and no date with a time. A
   * space may stand for the T; without an offset it is UTC.
   */
  static OptionalLong millis(String text) {
    try {
      if (text.length() <= DATE) {
        LocalDate date = LocalDate.parse(text);
        return OptionalLong.of(date.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli());
      }
      String whole = text.charAt(DATE) == ' ' ? text.replaceFirst(" ", "T") : text;
      TemporalAccessor time =
          DateTimeFormatter.ISO_DATE_TIME.parseBest(
              whole, OffsetDateTime::from, LocalDateTime::from);
      OffsetDateTime at =
          time instanceof LocalDateTime local
              ? local.atOffset(ZoneOffset.UTC)
              : (OffsetDateTime) time;
      return OptionalLong.of(at.toInstant().toEpochMilli());
    } catch (DateTimeException | ArithmeticException e) {
      return OptionalLong.empty();
    }
  }
}
