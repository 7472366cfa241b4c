package io.drawbar.io;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawbar.io.FieldSplitter.Quotes;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Eight bytes at a time, held against one at a time. */
class FieldSplitterTest {
  /** Bytes that differ from what is looked for in one bit, or follow it, are the nasty ones. */
  private static final String NASTY = ",,,,\n\n-\u0001\u0000\u000B\u000C\r\r\"\u00AC\u008A\u0080ab";

  @Test
  void findsTheFieldsThatAByteLoopFinds() {
    SplittableRandom random = new SplittableRandom(8);
    FieldSplitter splitter = new FieldSplitter(CsvDialect.STANDARD, 64);
    int fine = 0;
    for (int trial = 0; trial < 200_000; trial++) {
      int tame = 1 + random.nextInt(8);
      StringBuilder text = new StringBuilder();
      for (int left = random.nextInt(60); left > 0; left--) {
        text.append(random.nextInt(tame) > 0 ? 'x' : NASTY.charAt(random.nextInt(NASTY.length())));
      }
      byte[] bytes = (text + "\n".repeat(TextBuffer.PADDING)).getBytes(ISO_8859_1);
      int from = random.nextInt(text.length() + 1);
      splitter.clear();
      int line = splitter.split(bytes, from, text.length());
      List<String> expected = fields(text + "\n", from);
      assertThat(splitter.quotes() == Quotes.FINE).isEqualTo(expected != null);
      assertThat(line).isEqualTo((text + "\n").indexOf('\n', from));
      if (expected != null) {
        fine++;
        List<String> found = new ArrayList<>();
        for (int f = 0; f < splitter.count(); f++) {
          found.add(shown(splitter, bytes, f));
        }
        assertThat(found).isEqualTo(expected);
        boolean isAscii = text.substring(from, line).chars().allMatch(c -> c < 0x80);
        assertThat(isAscii || !splitter.isAscii()).isTrue();
      }
    }
    assertThat(fine).isGreaterThan(100_000);
  }

  /** A field with the brackets of its kind, and between them what the file has. */
  private static String shown(FieldSplitter splitter, byte[] bytes, int field) {
    int start = splitter.start(field);
    int from = start < 0 ? ~start : start;
    String text = new String(bytes, from, splitter.end(field) - from, ISO_8859_1);
    return start < 0 ? "<" + text + ">" : "[" + text + "]";
  }

  /** The fields of the row at an index, or null if its quotes are wrong. */
  private static List<String> fields(String text, int from) {
    List<String> fields = new ArrayList<>();
    int at = from;
    while (true) {
      int end;
      if (text.charAt(at) == '"') {
        end = at + 1;
        while (text.charAt(end) != '"' || text.charAt(end + 1) == '"') {
          if (text.charAt(end) == '\n') {
            return null;
          }
          end += text.charAt(end) == '"' ? 2 : 1;
        }
        fields.add("<" + text.substring(at + 1, end) + ">");
        end++;
        end += text.startsWith("\r\n", end) ? 1 : 0;
        if (text.charAt(end) != ',' && text.charAt(end) != '\n') {
          return null;
        }
      } else {
        end = at;
        while (text.charAt(end) != ',' && text.charAt(end) != '\n') {
          end++;
        }
        boolean hasReturn = text.charAt(end) == '\n' && end > at && text.charAt(end - 1) == '\r';
        fields.add("[" + text.substring(at, hasReturn ? end - 1 : end) + "]");
      }
      if (text.charAt(end) == '\n') {
        return fields;
      }
      at = end + 1;
    }
  }
}
