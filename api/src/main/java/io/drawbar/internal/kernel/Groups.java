package io.drawbar.internal.kernel;

import io.drawbar.column.Batch;
import io.drawbar.column.ColumnVector;
import java.util.ArrayList;
import java.util.List;

/** The groups of an aggregation and their state: what its two halves have in common. */
final class Groups {
  /** What a column of state takes a group, about: arrays have room to grow. */
  private static final long STATE_BYTES = 12;

  /** Whether rows with equal keys are brought together. */
  enum Grouping {
    BY_KEY,
    /** Each row is a group of its own: for a first half that finds hardly any equals. */
    NONE
  }

  private final AggregateSpec spec;
  private final Grouping grouping;
  private final Accumulator[] accumulators;
  private final GroupTable table;
  private long[] hashes = new long[0];
  private int[] found = new int[0];

  Groups(AggregateSpec spec) {
    this(spec, Grouping.BY_KEY);
  }

  Groups(AggregateSpec spec, Grouping grouping) {
    this.spec = spec;
    this.grouping = grouping;
    table = new GroupTable(spec.keyFields());
    accumulators = spec.accumulators();
  }

  int count() {
    return table.groups();
  }

  /** The group of each row that counts, by its number among them. */
  private int[] find(Batch batch, ColumnVector[] keys) {
    if (found.length < batch.selected()) {
      hashes = new long[batch.selected()];
      found = new int[batch.selected()];
    }
    Hashing.hash(batch, keys, hashes);
    if (grouping == Grouping.BY_KEY) {
      table.find(batch, keys, hashes, found);
    } else {
      table.append(batch, keys, hashes, found);
    }
    for (Accumulator accumulator : accumulators) {
      accumulator.grow(table.groups());
    }
    return found;
  }

  /** Adds rows. */
  void update(Batch batch, Evaluator[] keys, Evaluator[] arguments) {
    ColumnVector[] keyColumns = new ColumnVector[keys.length];
    for (int k = 0; k < keys.length; k++) {
      keyColumns[k] = KeyColumns.canonical(keys[k].evaluate(batch));
    }
    int[] groups = find(batch, keyColumns);
    for (int a = 0; a < accumulators.length; a++) {
      ColumnVector argument = arguments[a] == null ? null : arguments[a].evaluate(batch);
      accumulators[a].update(batch, argument, groups);
    }
  }

  /** Adds partial results. */
  void merge(Batch partial) {
    int keys = spec.keys().size();
    ColumnVector[] keyColumns = new ColumnVector[keys];
    for (int k = 0; k < keys; k++) {
      keyColumns[k] = partial.column(k);
    }
    int[] groups = find(partial, keyColumns);
    int first = keys;
    for (int a = 0; a < accumulators.length; a++) {
      accumulators[a].merge(partial, first, groups);
      first += Accumulator.stateTypes(spec.aggregates().get(a), spec.argumentType(a)).size();
    }
  }

  /** Makes sure that there is the one group of an aggregation without keys. */
  void addTheOneGroup() {
    if (table.groups() == 0) {
      table.addEmpty(Hashing.ofNothing());
      for (Accumulator accumulator : accumulators) {
        accumulator.grow(1);
      }
    }
  }

  /** Whether it is time to begin others, even if there is memory left. */
  boolean areLarge() {
    return table.isLarge();
  }

  /** About how many bytes of heap they take. */
  long heapBytes() {
    long bytes = table.heapBytes();
    for (int a = 0; a < accumulators.length; a++) {
      int states = Accumulator.stateTypes(spec.aggregates().get(a), spec.argumentType(a)).size();
      bytes += STATE_BYTES * states * (long) table.groups() + accumulators[a].textBytes();
    }
    return bytes;
  }

  /** Closes the table: groups are read from here on, not added. */
  View view() {
    return new View(table.columns(), table.hashes());
  }

  /** The groups to read. */
  final class View {
    private final ColumnVector[] keys;
    private final long[] groupHashes;

    View(ColumnVector[] keys, long[] groupHashes) {
      this.keys = keys;
      this.groupHashes = groupHashes;
    }

    long hash(int group) {
      return groupHashes[group];
    }

    /** All groups by hash, and then by key. */
    int[] sorted() {
      return RowSort.sorted(groupHashes, table.groups(), this::compareKeys);
    }

    private int compareKeys(int a, int b) {
      int order = 0;
      for (int k = 0; k < keys.length && order == 0; k++) {
        order = ColumnOrder.compare(keys[k], a, keys[k], b);
      }
      return order;
    }

    /** Partial results of some groups. */
    Batch partial(int[] groups, int count) {
      List<ColumnVector> columns = keysOf(groups, count);
      for (Accumulator accumulator : accumulators) {
        columns.addAll(accumulator.state(groups, count));
      }
      return Batch.of(spec.partial(), count, columns.toArray(ColumnVector[]::new));
    }

    /** Results of some groups. */
    Batch result(int[] groups, int count) {
      List<ColumnVector> columns = keysOf(groups, count);
      for (Accumulator accumulator : accumulators) {
        columns.add(accumulator.result(groups, count));
      }
      return Batch.of(spec.output(), count, columns.toArray(ColumnVector[]::new));
    }

    private List<ColumnVector> keysOf(int[] groups, int count) {
      List<ColumnVector> columns = new ArrayList<>();
      for (ColumnVector key : keys) {
        columns.add(Gather.gather(key, groups, count));
      }
      return columns;
    }
  }
}
