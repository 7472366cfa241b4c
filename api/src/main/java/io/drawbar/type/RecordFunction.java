package io.drawbar.type;

import java.io.Serializable;
import java.util.function.Consumer;

/**
 * What a user's function makes of a record: no record, one, or several. It is shipped to the tasks.
 */
@FunctionalInterface
public interface RecordFunction extends Serializable {
  /** Hands over what becomes of a record. */
  void apply(Record input, Consumer<Record> output);
}
