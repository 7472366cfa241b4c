package io.drawbar.internal.kernel;

import io.drawbar.column.Batch;
import io.drawbar.column.BatchCodec;
import io.drawbar.error.DrawbarException;
import io.drawbar.expr.EvaluationException;
import io.drawbar.spi.EngineException;
import io.drawbar.spi.HeldBlocks;
import io.drawbar.spi.LeafReader;
import io.drawbar.spi.Split;
import io.drawbar.spi.StageTask;
import io.drawbar.spi.Unit;
import java.io.IOException;
import java.util.List;

/**
 * A task at work: reads leaves or decodes frames, pushes batches, and carries errors in the data.
 */
final class ChainTask implements StageTask {
  private final Feed feed;
  private final TaskScope scope;
  private final Operator first;
  private final Inbox inbox;
  private final BadRowTally badRows;
  private TaskFailure failure;

  ChainTask(Feed feed, TaskScope scope, Operator first) {
    this.feed = feed;
    this.scope = scope;
    this.first = first;
    badRows = new BadRowTally(scope, feed);
    String name = "task %s of stage %s".formatted(scope.context.task(), scope.stage);
    List<Integer> from = feed instanceof Feed.FromFrames frames ? frames.from() : List.of();
    inbox = new Inbox(name, from);
    scope.report.tasks = 1;
  }

  @Override
  public boolean failed() {
    return failure != null;
  }

  @Override
  public void split(Split split) throws IOException {
    if (failure != null) {
      return;
    }
    Feed.FromSource source = (Feed.FromSource) feed;
    scope.unit = split.firstUnit();
    scope.block = 0;
    scope.input = file(split, source);
    try (LeafReader reader = source.source().open(split, source.layout(), source.columns())) {
      reader.tell(badRows);
      long before = scope.report.rowsIn - scope.report.rowsBad;
      long good = 0;
      while (reader.nextLeaf()) {
        good += leaf(reader);
      }
      checkRows(source, before + good);
      first.endSplit();
      scope.report.bytesRead += reader.bytesRead();
    } catch (EngineException e) {
      throw e;
    } catch (EvaluationException e) {
      String where = "%s (%s)".formatted(e.getMessage(), place(split, source));
      failure = TaskFailure.of(scope, new EvaluationException(where));
    } catch (DrawbarException e) {
      failure = TaskFailure.of(scope, e);
    }
  }

  private String place(Split split, Feed.FromSource source) {
    String file = file(split, source);
    return "%s, leaf %s, block %s".formatted(file, Unit.ordinal(scope.unit), scope.block);
  }

  private String file(Split split, Feed.FromSource source) {
    return split.shown().isEmpty()
        ? "file %s of %s".formatted(Unit.file(scope.unit), source.source().describe())
        : split.shown();
  }

  /** Rows in are rows good and rows bad: none got lost without a word. */
  private void checkRows(Feed.FromSource source, long good) {
    if (scope.report.rowsIn != good + scope.report.rowsBad) {
      throw new EngineException(
          ("%s gave task %s %s rows, of which %s are good and %s were said to be bad: there is no"
                  + " result; report it to whoever has written this source")
              .formatted(
                  source.source().describe(),
                  scope.context.task(),
                  scope.report.rowsIn,
                  good,
                  scope.report.rowsBad));
    }
  }

  /** Reads a leaf; returns how many of its rows are good. */
  private long leaf(LeafReader reader) throws IOException {
    long good = 0;
    scope.unit = reader.unit();
    scope.block = 0;
    scope.report.leaves++;
    first.beginUnit(reader.unit());
    for (Batch block = reader.nextBlock(); block != null; block = reader.nextBlock()) {
      scope.report.blocks++;
      scope.report.rowsIn += block.rows();
      good += block.selected();
      first.batch(block);
      first.endBlock();
      scope.block++;
    }
    first.endUnit();
    return good;
  }

  @Override
  public void frame(byte[] frame) throws IOException {
    Envelope envelope = inbox.accept(frame);
    if (envelope.kind() == Envelope.Kind.DATA && failure == null) {
      Batch batch =
          BatchCodec.decode(
              ((Feed.FromFrames) feed).schema(envelope.stage()), frame, Envelope.BYTES);
      scope.report.rowsIn += batch.rows();
      scope.frame = envelope;
      scope.frameBytes = frame.length;
      try {
        first.batch(batch);
      } catch (EngineException e) {
        throw e;
      } catch (DrawbarException e) {
        failure = TaskFailure.of(scope, e);
      }
    }
  }

  @Override
  public void endInput() throws IOException {
    if (feed instanceof Feed.FromFrames) {
      if (inbox.summary.failure == null) {
        inbox.verify();
      }
      scope.report.framesOutOfOrder = inbox.outOfOrder;
    }
    TaskSummary summary = new TaskSummary();
    summary.add(inbox.summary);
    failure = TaskFailure.first(inbox.summary.failure, failure);
    if (failure == null) {
      finish();
    }
    if (failure == null) {
      badRows.end(summary);
    }
    summary.add(scope.stage, scope.report);
    summary.add(scope.expectations);
    summary.failure = failure;
    scope.end(summary);
  }

  private void finish() throws IOException {
    try {
      first.endInput();
    } catch (EngineException e) {
      throw e;
    } catch (DrawbarException e) {
      failure = TaskFailure.of(scope, e);
    }
  }

  @Override
  public HeldBlocks held() {
    if (scope.held == null) {
      throw new IllegalStateException("stage " + scope.stage + " holds no blocks");
    }
    return scope.held;
  }

  @Override
  public void close() throws IOException {
    try {
      first.close();
    } finally {
      try {
        badRows.close();
      } finally {
        scope.close();
      }
    }
  }
}
