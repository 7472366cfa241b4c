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
  private TaskFailure failure;

  ChainTask(Feed feed, TaskScope scope, Operator first) {
    this.feed = feed;
    this.scope = scope;
    this.first = first;
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
      while (reader.nextLeaf()) {
        leaf(reader);
      }
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

  private void leaf(LeafReader reader) throws IOException {
    scope.unit = reader.unit();
    scope.block = 0;
    scope.report.leaves++;
    first.beginUnit(reader.unit());
    for (Batch block = reader.nextBlock(); block != null; block = reader.nextBlock()) {
      scope.report.blocks++;
      scope.report.rowsIn += block.selected();
      first.batch(block);
      first.endBlock();
      scope.block++;
    }
    first.endUnit();
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
      scope.close();
    }
  }
}
