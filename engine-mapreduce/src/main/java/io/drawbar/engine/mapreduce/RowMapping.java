package io.drawbar.engine.mapreduce;

import io.drawbar.type.Row;
import java.io.IOException;
import java.io.Serializable;

/**
 * Makes a row of a key and a value of Hadoop's; shipped to tasks. Hadoop uses its objects again, so
 * what they hold is copied: {@code value.toString()}, not {@code value}.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
@FunctionalInterface
public interface RowMapping<K, V> extends Serializable {
  /** The row; of the schema declared, not null. */
  Row row(K key, V value) throws IOException;
}
