package io.drawbar.internal.kernel;

import io.drawbar.type.Schema;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Columns by position, for people. */
final class ColumnNames {
  private ColumnNames() {}

  static String of(Schema schema, int[] columns) {
    return Arrays.stream(columns)
        .mapToObj(c -> schema.field(c).name())
        .collect(Collectors.joining(", "));
  }
}
