package io.drawbar;

import io.drawbar.iterate.DataFingerprint;
import io.drawbar.iterate.LeafKernel;
import io.drawbar.iterate.Partial;
import io.drawbar.iterate.Superstep;
import io.drawbar.spi.EngineException;
import io.drawbar.type.Schema;
import java.util.Optional;

/**
 * Some columns of a dataset, kept near the workers, to be gone over again and again: what trainers
 * that need more than one pass are written with. Rows are read once, decoded, in memory while there
 * is room and on disk beyond it (files without a name in the workers' {@code java.io.tmpdir});
 * little data comes to this process. Results are those of {@link Dataset#reduce}, to the bit.
 * Several threads may use it; one superstep runs at a time.
 *
 * <pre>{@code
 * try (HeldDataset rows = training.hold(List.of("features", "label"))) {
 *   Moments moments = rows.reduce(new MomentKernel("features", "label", 10));
 *   Weights weights = rows.iterate(new GradientStep(moments), Weights.zero(10));
 * }
 * }</pre>
 */
public final class HeldDataset implements AutoCloseable {
  private final Session session;
  private final Schema schema;
  private final Holding holding;
  private final EarlyEnd end = new EarlyEnd();
  private final Phases phases;

  HeldDataset(Session session, Schema schema, Holding holding) {
    this.session = session;
    this.schema = schema;
    this.holding = holding;
    phases = new Phases(session, holding);
  }

  /** The columns that are held. */
  public Schema schema() {
    return schema;
  }

  /** The content of all columns that are held, and how many rows there are. */
  public DataFingerprint data() {
    return holding.data();
  }

  /** Folds each block with a kernel and merges exactly, as {@link Dataset#reduce} does. */
  public <P extends Partial<P>> P reduce(LeafKernel<P> kernel) {
    kernel.columns().forEach(schema::indexOf);
    return phases.run(kernel, () -> total(kernel));
  }

  private <P extends Partial<P>> P total(LeafKernel<P> kernel) {
    OnePass<P> once = new OnePass<>(kernel);
    byte[] nothing = SuperstepLoop.encode(once, false);
    try {
      return holding.begin(once).total(nothing);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineException("interrupted while waiting for " + kernel, e);
    }
  }

  /**
   * Runs supersteps until the state says that it is done, or a person ends the training early: see
   * {@link SuperstepProgress#end}.
   *
   * <p>If {@code drawbar.checkpoint.folder} is set, the state is put down there now and then, and
   * at the end. A program that computes the same from the same rows, in the same order, goes on
   * from it, on any engine, to the same bits; iterations over these rows that had ended before are
   * not run again. All of it is removed by {@link #close}, unless something was broken off.
   *
   * @return the last state; where {@link Superstep#isDone} is not true of it, a person ended it
   * @throws EngineException if the engine gave up, or the thread was interrupted; with a folder for
   *     checkpoints, the last state is then there
   */
  public <S, P extends Partial<P>> S iterate(Superstep<S, P> superstep, S start) {
    superstep.columns().forEach(schema::indexOf);
    Optional<Checkpoints> checkpoints = phases.checkpoints(superstep, start, this::total);
    return phases.run(
        checkpoints.map(Checkpoints::folder).orElse(""),
        () -> session.loop(superstep, holding, checkpoints, end).run(start));
  }

  /** Where a person ended the training, if somebody did before it was done. */
  EarlyEnd end() {
    return end;
  }

  /** Lets go of the rows, and of states that were put down, if nothing was broken off. */
  @Override
  public void close() {
    phases.close();
    holding.close();
  }

  @Override
  public String toString() {
    return "HeldDataset(" + schema + ")";
  }
}
