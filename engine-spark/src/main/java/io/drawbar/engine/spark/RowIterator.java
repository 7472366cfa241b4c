package io.drawbar.engine.spark;

import io.drawbar.column.Batch;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import scala.collection.immutable.ArraySeq;
import scala.jdk.javaapi.CollectionConverters;

/** The rows of a batch as Spark's. */
final class RowIterator implements Iterator<Row> {

  private final Batch batch;
  private final int count;
  private int next;

  RowIterator(Optional<Batch> batch) {
    this.batch = batch.orElse(null);
    this.count = batch.map(Batch::selected).orElse(0);
  }

  @Override
  public boolean hasNext() {
    return next < count;
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    int row = batch.row(next++);
    Object[] values = new Object[batch.schema().size()];
    for (int c = 0; c < values.length; c++) {
      values[c] = sparkValue(batch.column(c).value(row));
    }
    return RowFactory.create(values);
  }

  private static Object sparkValue(Object value) {
    if (value instanceof double[] vector) {
      return new ArraySeq.ofDouble(vector);
    }
    if (value instanceof List<?> list) {
      Object[] items = list.stream().map(RowIterator::sparkValue).toArray();
      return CollectionConverters.asScala(Arrays.asList(items)).toSeq();
    }
    return value;
  }
}
