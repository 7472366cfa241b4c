package io.drawbar;

import io.drawbar.column.Batch;
import io.drawbar.error.DrawbarException;
import io.drawbar.internal.kernel.NarrowChain;
import io.drawbar.type.RecordBindingException;
import io.drawbar.type.Schema;
import java.util.ArrayList;
import java.util.List;

/**
 * The compiled steps of a model with a batch of one row that stays: a record is written into its
 * columns, the steps run, and the record of the score is made of theirs. Nothing is boxed, and
 * steps keep what they work with, so that nothing but the score is allocated. For one thread at a
 * time.
 *
 * @param <O> the score
 */
final class ScoredRow<O extends Record> {
  private final RecordReading reading;
  private final RecordReading.Cells cells;
  private final Batch batch;
  private final NarrowChain chain;
  private final RecordMaker<O> maker;

  /**
   * An idle one.
   *
   * @param reading of the components that the steps read, in order
   * @param schema of their columns
   */
  ScoredRow(RecordReading reading, Schema schema, NarrowChain chain, RecordMaker<O> maker) {
    this.reading = reading;
    cells = reading.cells();
    // The batch has the array and not a copy: what is written there is what it holds.
    batch = Batch.of(schema, 1, cells.columns());
    this.chain = chain;
    this.maker = maker;
  }

  /** The score of a record of the class whose components those are. */
  O score(Record input) {
    reading.read(input, cells);
    Batch scored = chain.apply(batch);
    if (scored.selected() != 1) {
      throw new DrawbarException(
          "the model's transform makes %s rows of %s, not one".formatted(scored.selected(), input));
    }
    try {
      return maker.make(scored);
    } catch (RecordBindingException e) {
      throw new RecordBindingException(e.getMessage() + missing(), e);
    }
  }

  /** Which components that the model reads are null: what is computed from them is, too. */
  private String missing() {
    List<String> nulls = new ArrayList<>();
    for (int c = 0; c < batch.schema().size(); c++) {
      if (batch.column(c).isNull(0)) {
        nulls.add("'" + batch.schema().field(c).name() + "'");
      }
    }
    return nulls.isEmpty()
        ? ""
        : "; in what is scored, %s %s null"
            .formatted(String.join(", ", nulls), nulls.size() == 1 ? "is" : "are");
  }
}
