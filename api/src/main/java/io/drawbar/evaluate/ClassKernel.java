package io.drawbar.evaluate;

import io.drawbar.column.Batch;
import io.drawbar.column.ColumnVector;
import io.drawbar.column.SparseVectorColumn;
import io.drawbar.column.StringColumn;
import io.drawbar.column.VectorColumn;
import io.drawbar.iterate.BlockFold;
import io.drawbar.iterate.LeafKernel;
import java.io.DataInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Counts labels and predictions, both as text, and adds up the losses of labels that are positions
 * in a vector.
 *
 * @param elements how many probabilities a row has; 0 if none are looked at
 */
record ClassKernel(int elements) implements LeafKernel<ClassCounts> {
  private static final long serialVersionUID = 1;

  @Override
  public List<String> columns() {
    return elements == 0
        ? List.of("label", "prediction")
        : List.of("label", "prediction", "probability");
  }

  @Override
  public ClassCounts identity() {
    return new ClassCounts();
  }

  @Override
  public BlockFold<ClassCounts> open() {
    return new Fold(elements);
  }

  @Override
  public ClassCounts decode(DataInput in) throws IOException {
    return ClassCounts.decode(in);
  }

  private static final class Fold implements BlockFold<ClassCounts> {
    private final int elements;
    private ClassCounts block = new ClassCounts();

    Fold(int elements) {
      this.elements = elements;
    }

    @Override
    public void batch(Batch batch) {
      StringColumn labels = (StringColumn) batch.column(0);
      StringColumn predictions = (StringColumn) batch.column(1);
      for (int n = 0; n < batch.selected(); n++) {
        int row = batch.row(n);
        if (labels.isNull(row) || predictions.isNull(row)) {
          block.addNull();
          continue;
        }
        int label = number(labels, row);
        int prediction = number(predictions, row);
        block.add(label, prediction);
        if (elements > 0) {
          int place = place(labels, row);
          double p = place < 0 ? Double.NaN : probability(batch.column(2), row, place);
          if (p >= 0 && p <= 1) {
            block.addLoss(-StrictMath.log(Math.max(BinaryMetrics.LOG_LOSS_CLIP, p)));
          } else {
            block.addImprobable();
          }
        }
      }
    }

    private int number(StringColumn column, int row) {
      return block.number(column.bytes(), column.starts()[row], column.ends()[row]);
    }

    /** Where the probability of a label stands; negative if nowhere. */
    private int place(StringColumn labels, int row) {
      int from = labels.starts()[row];
      int length = labels.ends()[row] - from;
      int first = labels.bytes()[from];
      if (first == 't' || first == 'f') {
        return first == 't' ? 1 : 0;
      }
      // A LONG as it is written: without leading zeros or a plus.
      if (length > 9) {
        return -1;
      }
      String digits = new String(labels.bytes(), from, length, StandardCharsets.US_ASCII);
      int place = Integer.parseInt(digits);
      return place < elements ? place : -1;
    }

    private static double probability(ColumnVector vectors, int row, int place) {
      if (vectors.isNull(row)) {
        return Double.NaN;
      }
      if (vectors instanceof SparseVectorColumn sparse) {
        int from = sparse.starts()[row];
        int k = Arrays.binarySearch(sparse.indices(), from, sparse.ends()[row], place);
        return k < 0 ? 0.0 : sparse.values()[k];
      }
      return ((VectorColumn) vectors).elements()[place][row];
    }

    @Override
    public void endBlock(ClassCounts into) {
      into.merge(block);
      block = new ClassCounts();
    }
  }
}
