package io.drawbar.internal.planner;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The columns of a step's rows that somebody above reads. */
sealed interface Wanted {
  /** Every column there is. */
  Wanted ALL = new All();

  /** Columns by name; those of them that a step does not have are nobody's concern. */
  static Wanted of(Iterable<String> names) {
    return new Some(Set.of()).and(names);
  }

  /** Whether a column is read. */
  boolean includes(String column);

  /** These, and more of them. */
  Wanted and(Iterable<String> more);

  /** Those of the columns that are read, in their order. */
  default List<String> among(List<String> columns) {
    return columns.stream().filter(this::includes).toList();
  }

  /** Every column there is. */
  record All() implements Wanted {
    @Override
    public boolean includes(String column) {
      return true;
    }

    @Override
    public Wanted and(Iterable<String> more) {
      return this;
    }
  }

  /** Columns by name. */
  record Some(Set<String> names) implements Wanted {
    @Override
    public boolean includes(String column) {
      return names.contains(column);
    }

    @Override
    public Wanted and(Iterable<String> more) {
      Set<String> all = new LinkedHashSet<>(names);
      more.forEach(all::add);
      return new Some(all);
    }
  }
}
