package io.drawbar.internal.planner;

import io.drawbar.iterate.LeafKernel;
import io.drawbar.spi.CommitProtocol;
import io.drawbar.spi.Sink;
import java.util.List;
import java.util.Optional;

/** How the rows of a plan are looked at: what ends its last stage. */
public sealed interface Observation {
  /** The columns that are looked at, in their order; empty for all there are. */
  default Optional<List<String>> columns() {
    return Optional.empty();
  }

  /** They come to the driver, in order. */
  record Collect() implements Observation {}

  /**
   * They are written, in order.
   *
   * @param protocol the sink's, of this run: what the driver begins is what the tasks get
   */
  record Write(Sink sink, CommitProtocol protocol) implements Observation {}

  /**
   * They stay with the tasks that have read them.
   *
   * @param isKnown whether their fingerprint is known
   */
  record Hold(List<String> names, boolean isKnown) implements Observation {
    /** Copies the names. */
    public Hold {
      names = List.copyOf(names);
    }

    @Override
    public Optional<List<String>> columns() {
      return Optional.of(names);
    }
  }

  /** Their blocks come to the driver, a frame each. */
  record Gather(List<String> names) implements Observation {
    /** Copies the names. */
    public Gather {
      names = List.copyOf(names);
    }

    @Override
    public Optional<List<String>> columns() {
      return Optional.of(names);
    }
  }

  /** Their blocks are folded, in order. */
  record Fold(LeafKernel<?> kernel) implements Observation {
    @Override
    public Optional<List<String>> columns() {
      return Optional.of(kernel.columns());
    }
  }
}
