package io.drawbar.internal.kernel;

import io.drawbar.column.Batch;
import io.drawbar.column.BatchCodec;
import io.drawbar.internal.kernel.Envelope.Kind;
import io.drawbar.iterate.Partial;
import io.drawbar.iterate.PartialForm;
import io.drawbar.spi.EngineException;
import io.drawbar.spi.PartReceipt;
import io.drawbar.type.Schema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** What came back from a run, on the driver: checked for completeness, put in order, decoded. */
public final class RunOutcome {
  private record Placed(Envelope envelope, byte[] frame) {}

  private final TaskSummary summary;
  private final List<Placed> data;

  private RunOutcome(TaskSummary summary, List<Placed> data) {
    this.summary = summary;
    this.data = data;
  }

  /**
   * Takes the frames of a run that collects or commits.
   *
   * @param stages the stages of the result: branches of a union, in the order of their ids
   * @throws io.drawbar.error.DrawbarException the first error in the data, if there was one
   * @throws io.drawbar.expect.UnmetExpectationsException if rows are not as expected
   * @throws EngineException if a frame is missing, damaged or came twice
   */
  public static RunOutcome of(List<byte[]> frames, List<Integer> stages) {
    Inbox inbox = new Inbox("the driver", stages);
    List<Placed> data = new ArrayList<>();
    for (byte[] frame : frames) {
      try {
        Envelope envelope = inbox.accept(frame);
        if (envelope.kind() == Kind.DATA) {
          data.add(new Placed(envelope, frame));
        }
      } catch (IOException | IllegalArgumentException e) {
        throw new EngineException("the engine handed over a damaged frame: " + e.getMessage(), e);
      }
    }
    if (inbox.summary.failure != null) {
      throw inbox.summary.failure.exception();
    }
    inbox.verify();
    ExpectationTally.check(inbox.summary.expectations.values());
    data.sort(Comparator.comparing(Placed::envelope, Envelope.IN_ORDER));
    return new RunOutcome(inbox.summary, data);
  }

  /**
   * Merges the frames of a run that reduces.
   *
   * @param stages the stages of the result
   * @throws io.drawbar.error.DrawbarException the first error in the data, if there was one
   * @throws io.drawbar.expect.UnmetExpectationsException if rows are not as expected
   * @throws EngineException if a task is missing or was counted twice
   */
  public static <P extends Partial<P>> Reduced<P> reduced(
      List<byte[]> frames, List<Integer> stages, PartialForm<P> form) {
    ReducedFrame<P> all = null;
    for (byte[] frame : frames) {
      ReducedFrame<P> one = ReducedFrame.of(frame, form);
      if (all == null) {
        all = one;
      } else {
        all.merge(one);
      }
    }
    if (all == null) {
      throw new EngineException(
          "the engine handed over no partial at all: run again, and report it");
    }
    if (all.summary.failure != null) {
      throw all.summary.failure.exception();
    }
    all.verify(stages);
    ExpectationTally.check(all.summary.expectations.values());
    return new Reduced<>(all.partial, all.summary.stages, all.summary.quarantined);
  }

  /**
   * What the tasks of a run report whose rows went elsewhere, by stage.
   *
   * @param frames those in which tasks report; some may be there twice
   * @param stages the stages of the result
   * @return empty if not all of the tasks of the result have run
   */
  public static Optional<SortedMap<Integer, StageReport>> reports(
      List<byte[]> frames, List<Integer> stages) {
    TaskSummary summary = new TaskSummary();
    Map<Integer, BitSet> ended = new TreeMap<>();
    Map<Integer, Integer> tasks = new TreeMap<>();
    try {
      for (byte[] frame : frames) {
        Envelope envelope = Envelope.of(frame);
        BitSet of = ended.computeIfAbsent(envelope.stage(), stage -> new BitSet());
        if (!of.get(envelope.producer())) {
          of.set(envelope.producer());
          tasks.put(envelope.stage(), envelope.producers());
          summary.add(TaskSummary.ofBytes(frame, Envelope.BYTES));
        }
      }
    } catch (IOException e) {
      throw new EngineException("the engine handed over a damaged frame: " + e.getMessage(), e);
    }
    boolean all =
        stages.stream()
            .allMatch(
                stage ->
                    tasks.containsKey(stage) && ended.get(stage).cardinality() == tasks.get(stage));
    return all ? Optional.of(summary.stages) : Optional.empty();
  }

  /**
   * A merged partial.
   *
   * @param stages what the tasks report, by stage
   * @param quarantined the parts of bad rows that they have written, by quarantine
   */
  public record Reduced<P>(
      P partial,
      SortedMap<Integer, StageReport> stages,
      SortedMap<String, List<PartReceipt>> quarantined) {}

  /** What the tasks report, by stage. */
  public SortedMap<Integer, StageReport> stages() {
    return summary.stages;
  }

  /** The parts of bad rows that the tasks have written, by quarantine. */
  public SortedMap<String, List<PartReceipt>> quarantined() {
    return summary.quarantined;
  }

  /**
   * The collected rows in order, as batches.
   *
   * @throws EngineException if a frame is damaged
   */
  public List<Batch> batches(Schema schema) {
    List<Batch> batches = new ArrayList<>();
    each(schema, batches::add);
    return batches;
  }

  /**
   * The collected rows in order, a batch at a time.
   *
   * @throws EngineException if a frame is damaged
   */
  public void each(Schema schema, Consumer<Batch> use) {
    for (Placed placed : data) {
      Batch batch;
      try {
        batch = BatchCodec.decode(schema, placed.frame(), Envelope.BYTES).lasting();
      } catch (IllegalArgumentException e) {
        throw new EngineException("the engine handed over a damaged frame: " + e.getMessage(), e);
      }
      use.accept(batch);
    }
  }

  /** The receipts of the parts written, in order. */
  public List<PartReceipt> receipts() {
    List<PartReceipt> receipts = new ArrayList<>();
    for (Placed placed : data) {
      try {
        receipts.add(WriteStep.receipt(placed.frame()));
      } catch (IOException e) {
        throw new EngineException("the engine handed over a damaged receipt", e);
      }
    }
    return receipts;
  }
}
