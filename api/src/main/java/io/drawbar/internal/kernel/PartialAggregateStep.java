package io.drawbar.internal.kernel;

import io.drawbar.column.Batch;
import io.drawbar.column.BatchCodec;
import java.io.IOException;
import java.util.Arrays;

/**
 * The first half of an aggregation, and the end of a stage: groups what the task sees and sends
 * partial results, in frames, to the receiver that owns the key's hash. When the table is full, or
 * past the task's share of memory, it is sent and begun anew, which changes no result, because
 * partial results merge exactly. Where a full one has found hardly any rows of equal keys, it stops
 * to look for them: the other half will.
 */
public record PartialAggregateStep(AggregateSpec spec, HashRanges ranges) implements Step {
  private static final int MOST_GROUPS = 1 << 18;
  private static final int FRAME_ROWS = 1 << 14;

  /** With more groups than this share of the rows, looking for equals costs more than it saves. */
  private static final double WORTHLESS = 0.7;

  /**
   * The step with its receivers' ranges cut at so many places.
   *
   * @param granules see {@link HashRanges}
   */
  public static PartialAggregateStep of(AggregateSpec spec, int granules) {
    return new PartialAggregateStep(spec, new HashRanges(granules));
  }

  @Override
  public Operator open(TaskScope scope, Operator next) {
    return new Work(scope);
  }

  @Override
  public String describe() {
    return "aggregate partially " + spec.describe();
  }

  private final class Work extends Ending {
    private final TaskScope scope;
    private final ExchangeOutbox outbox;
    private final Evaluator[] keys;
    private final Evaluator[] arguments;
    private Groups groups;
    private long rows;
    private long held;
    private int most = MOST_GROUPS;
    private Groups.Grouping grouping = Groups.Grouping.BY_KEY;

    Work(TaskScope scope) {
      this.scope = scope;
      outbox = scope.rowOutbox();
      keys = ExpressionCompiler.compile(spec.keys(), spec.input());
      arguments =
          spec.aggregates().stream()
              .map(
                  a -> a.input().map(e -> ExpressionCompiler.compile(e, spec.input())).orElse(null))
              .toArray(Evaluator[]::new);
      groups = new Groups(spec);
    }

    @Override
    public void batch(Batch batch) throws IOException {
      groups.update(batch, keys, arguments);
      rows += batch.selected();
      if (groups.count() >= most) {
        if (groups.count() > WORTHLESS * rows) {
          grouping = Groups.Grouping.NONE;
          most = FRAME_ROWS * scope.context.receivers();
        }
        flush();
      } else {
        holdOrFlush();
      }
    }

    private void holdOrFlush() throws IOException {
      long now = groups.heapBytes();
      if (scope.memory.hasRoomFor(now - held)) {
        scope.memory.hold(now - held, "groups");
        held = now;
      } else {
        flush();
      }
    }

    @Override
    public void endInput() throws IOException {
      flush();
    }

    private void flush() throws IOException {
      Groups.View view = groups.view();
      int receivers = scope.context.receivers();
      int[][] byReceiver = new int[receivers][16];
      int[] counts = new int[receivers];
      for (int group = 0; group < groups.count(); group++) {
        int receiver = ranges.receiver(view.hash(group), receivers);
        if (counts[receiver] == byReceiver[receiver].length) {
          byReceiver[receiver] = Arrays.copyOf(byReceiver[receiver], counts[receiver] * 2);
        }
        byReceiver[receiver][counts[receiver]++] = group;
      }
      for (int receiver = 0; receiver < receivers; receiver++) {
        for (int from = 0; from < counts[receiver]; from += FRAME_ROWS) {
          int to = Math.min(from + FRAME_ROWS, counts[receiver]);
          int[] some = Arrays.copyOfRange(byReceiver[receiver], from, to);
          byte[] frame = BatchCodec.encode(view.partial(some, some.length), Envelope.BYTES);
          outbox.send(receiver, 0, frame);
          scope.report.rowsOut += some.length;
        }
      }
      groups = new Groups(spec, grouping);
      rows = 0;
      scope.memory.release(held);
      held = 0;
    }
  }
}
