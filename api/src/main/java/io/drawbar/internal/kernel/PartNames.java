package io.drawbar.internal.kernel;

import io.drawbar.spi.Unit;
import java.io.Serializable;
import java.util.Locale;

/** How units are grouped into the parts of an output: by the data alone. */
public enum PartNames implements Serializable {
  /** So many leaves of a file make a part, so that output of a gzip file has the same parts. */
  BY_LEAF {
    @Override
    long part(long unit) {
      return Unit.leaf(Unit.file(unit), Unit.ordinal(unit) / LEAVES);
    }

    @Override
    String name(long part) {
      return String.format(Locale.ROOT, "part-%05d-%08d", Unit.file(part), Unit.ordinal(part));
    }
  },
  /** Each part is an equal share of the hash space. */
  BY_HASH {
    @Override
    long part(long unit) {
      return unit / (Unit.HASH_UNITS / HASH_PARTS);
    }

    @Override
    String name(long part) {
      return String.format(Locale.ROOT, "part-%05d", part);
    }
  };

  /** Leaves of a file in a part. */
  public static final int LEAVES = 16;

  /** Parts of the hash space. */
  public static final int HASH_PARTS = 64;

  abstract long part(long unit);

  abstract String name(long part);

  /** The name of a part of a branch of a union, or of all rows. */
  String name(int branch, long part) {
    String name = name(part);
    return branch == WriteStep.THE_ONLY_BRANCH
        ? name
        : name.replaceFirst("part-", String.format(Locale.ROOT, "part-%03d-", branch));
  }
}
