package io.drawbar.feature;

import io.drawbar.column.Batch;
import io.drawbar.column.ColumnVector;
import io.drawbar.column.SparseVectorColumn;
import io.drawbar.column.VectorColumn;
import io.drawbar.iterate.BlockFold;
import io.drawbar.iterate.LeafKernel;
import java.io.DataInput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * Counts vectors in which elements are not zero.
 *
 * @param column the vector column
 * @param elements how many elements it has
 */
record DocumentKernel(String column, int elements) implements LeafKernel<DocumentCounts> {
  private static final long serialVersionUID = 1;

  @Override
  public List<String> columns() {
    return List.of(column);
  }

  @Override
  public DocumentCounts identity() {
    return new DocumentCounts(elements);
  }

  @Override
  public DocumentCounts decode(DataInput in) throws IOException {
    return DocumentCounts.decode(in, elements);
  }

  @Override
  public BlockFold<DocumentCounts> open() {
    return new Fold();
  }

  /*
   * The elements may be millions, too many to have and to merge for each block: a block keeps the
   * numbers of those that it hits.
   */
  private static final class Fold implements BlockFold<DocumentCounts> {
    private int[] hits = new int[1024];
    private int hit;
    private long documents;
    private long nulls;
    private long notFinite;

    @Override
    public void batch(Batch batch) {
      ColumnVector column = batch.column(0);
      for (int n = 0; n < batch.selected(); n++) {
        int row = batch.row(n);
        if (column.isNull(row)) {
          nulls++;
          continue;
        }
        documents++;
        if (column instanceof SparseVectorColumn sparse) {
          for (int k = sparse.starts()[row]; k < sparse.ends()[row]; k++) {
            add(sparse.indices()[k], sparse.values()[k]);
          }
        } else {
          double[][] elements = ((VectorColumn) column).elements();
          for (int j = 0; j < elements.length; j++) {
            add(j, elements[j][row]);
          }
        }
      }
    }

    private void add(int element, double value) {
      if (!Double.isFinite(value)) {
        notFinite++;
      } else if (value != 0) {
        if (hit == hits.length) {
          hits = Arrays.copyOf(hits, 2 * hit);
        }
        hits[hit++] = element;
      }
    }

    @Override
    public void endBlock(DocumentCounts into) {
      into.addDocuments(documents, nulls, notFinite);
      for (int i = 0; i < hit; i++) {
        into.add(hits[i]);
      }
      hit = 0;
      documents = 0;
      nulls = 0;
      notFinite = 0;
    }
  }
}
