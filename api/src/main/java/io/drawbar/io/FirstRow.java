package io.drawbar.io;

import io.drawbar.column.Batch;
import io.drawbar.column.ColumnVector;
import io.drawbar.error.DrawbarException;
import io.drawbar.spi.Layout;
import io.drawbar.spi.LeafReader;
import io.drawbar.spi.Split;
import io.drawbar.type.Schema;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/** Counts the fields of the first row that is not empty, whose number others have to have. */
final class FirstRow implements RowParser {
  private final FieldSplitter splitter;
  private final int comment;
  private TextBuffer buffer;
  private int fields = -1;

  private FirstRow(CsvDialect dialect) {
    splitter = new FieldSplitter(dialect, 1);
    comment = dialect.commentByte();
  }

  /**
   * Looks into files until there is a row.
   *
   * @throws InferenceException if there is none
   */
  static int fields(InputFiles files, CsvDialect dialect) {
    Layout layout = new Layout(4 << 20, 1, 1);
    Set<Integer> seen = new HashSet<>();
    for (Split split : files.splits(layout, 1, 1)) {
      TextSplit range = (TextSplit) split;
      FirstRow parser = new FirstRow(dialect);
      if (!seen.add(range.file())) {
        continue;
      }
      try (LeafReader reader =
          new TextReader(
              range, files.system(), layout, parser, RowEntry.TOP, dialect.longestRow())) {
        if (reader.nextLeaf()) {
          reader.nextBlock();
          return parser.fields;
        }
      } catch (IOException e) {
        throw new DrawbarException(e.getMessage(), e);
      }
    }
    throw new InferenceException(
        "there is no row in %s, and so nothing to infer columns from".formatted(files.describe()));
  }

  @Override
  public void over(TextBuffer bytes) {
    buffer = bytes;
  }

  @Override
  public int comment() {
    return comment;
  }

  @Override
  public void begin() {
    splitter.clear();
  }

  @Override
  public int end(byte[] bytes, int from) {
    return splitter.split(bytes, from, buffer.limit());
  }

  @Override
  public void take(byte[] bytes, int from, int end) throws BadTextException {
    if (splitter.quotes() != FieldSplitter.Quotes.FINE) {
      throw CsvParser.misshapen(splitter, 0, bytes, from, end);
    }
    fields = splitter.count();
  }

  @Override
  public Batch block(byte[] bytes) {
    return Batch.of(Schema.empty(), 1, new ColumnVector[0]);
  }

  @Override
  public boolean skipsEmptyLines() {
    return true;
  }
}
