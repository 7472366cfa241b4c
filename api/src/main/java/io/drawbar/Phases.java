package io.drawbar;

import io.drawbar.iterate.DataFingerprint;
import io.drawbar.iterate.Superstep;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What a training does with held rows, one after the other: the draw of first centres, say, and
 * then the rounds. The last state of a phase that has ended is kept until all have: a training that
 * is broken off in a later one does not do it again.
 */
final class Phases {
  private final Session session;
  private final Holding holding;

  /** What {@link BlockOrderKernel} says of some columns: the rows do not change. */
  private final Map<List<String>, DataFingerprint> orders = new ConcurrentHashMap<>();

  private final List<Checkpoints> kept = new ArrayList<>();

  /** What has begun and not ended well. */
  private final Set<Object> open = new HashSet<>();

  Phases(Session session, Holding holding) {
    this.session = session;
    this.holding = holding;
  }

  /**
   * Where states of an iteration are put down, if they are.
   *
   * @param pass goes over the rows
   */
  <S> Optional<Checkpoints> checkpoints(
      Superstep<S, ?> superstep, S start, Function<BlockOrderKernel, DataFingerprint> pass) {
    Optional<String> folder = session.checkpointFolder();
    if (folder.isEmpty()) {
      return Optional.empty();
    }
    List<String> columns = List.copyOf(superstep.columns());
    DataFingerprint order = orders.get(columns);
    if (order == null) {
      order = pass.apply(new BlockOrderKernel(columns));
      orders.put(columns, order);
    }
    String name = TrainingName.of(superstep, start, holding.data(), order, session.layout());
    Checkpoints checkpoints = session.checkpoints(folder.get(), name);
    synchronized (this) {
      kept.add(checkpoints);
    }
    return Optional.of(checkpoints);
  }

  /**
   * Runs one.
   *
   * @param name that it has when it is tried again, too
   */
  <T> T run(Object name, Supplier<T> phase) {
    synchronized (this) {
      open.add(name);
    }
    T result = phase.get();
    synchronized (this) {
      open.remove(name);
    }
    return result;
  }

  /** Removes all states, unless somebody might want to go on. */
  synchronized void close() {
    if (open.isEmpty()) {
      kept.forEach(Checkpoints::clear);
      kept.clear();
    }
  }
}
