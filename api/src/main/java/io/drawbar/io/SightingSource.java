package io.drawbar.io;

import io.drawbar.spi.Layout;
import io.drawbar.spi.Source;
import io.drawbar.spi.Split;
import io.drawbar.type.Schema;
import java.util.List;

/** Files as a source of what is seen in them, for inference. */
interface SightingSource extends Source {
  /** Where they are. */
  InputFiles files();

  /** What they are called in plans: {@code csv}. */
  String format();

  @Override
  default Schema schema() {
    return SightingRows.SCHEMA;
  }

  @Override
  default String describe() {
    return "sightings in %s %s".formatted(format(), files().describe());
  }

  @Override
  default List<Split> splits(Layout layout, int desired, int alignment) {
    return files().splits(layout, desired, alignment);
  }
}
