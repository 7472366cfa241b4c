package io.drawbar.engine.flink;

import io.drawbar.spi.EngineException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.jobmanager.scheduler.NoResourceAvailableException;
import org.apache.flink.runtime.operators.coordination.CoordinationRequest;
import org.apache.flink.runtime.operators.coordination.CoordinationRequestHandler;
import org.apache.flink.runtime.operators.coordination.CoordinationResponse;
import org.apache.flink.runtime.operators.coordination.OperatorCoordinator;
import org.apache.flink.runtime.operators.coordination.OperatorEvent;
import org.apache.flink.util.ExceptionUtils;
import org.apache.flink.util.FlinkException;

/**
 * Between the driver and the readers, in Flink's job manager: hands each superstep to all readers
 * and their parcels to the driver, unopened, for it runs on the thread that schedules.
 *
 * <p>A question of the driver's is answered when all readers have done their part, or after a
 * while, unanswered; the driver then asks again, and readers that are behind are pinged. So nothing
 * here needs a clock or a thread, and what gets lost on the way is said again.
 */
final class HoldCoordinator implements OperatorCoordinator, CoordinationRequestHandler {

  /** Less than Flink waits for answers: {@code pekko.ask.timeout}, 10 s. */
  static final long ANSWER_MILLIS = 1_000;

  /**
   * How often Flink may fail to start a reader: for some seconds, or for a minute, it goes on
   * sending it to a machine that has died.
   */
  private static final int MOST_STARTS = 20;

  private static final class Reader {
    private int attempt = -1;
    private SubtaskGateway gateway;
    private boolean holds;
    private Parcel loaded;
    private Parcel folded;
    private int failures;
    private int starts;
    private int pings;

    private void renew(int number) {
      attempt = number;
      gateway = null;
      holds = false;
    }
  }

  private final HoldPlan plan;
  private final Context context;
  private final List<Reader> readers;
  private int attempts;
  private HoldMessage.Fold fold;
  private CompletableFuture<CoordinationResponse> answer = new CompletableFuture<>();

  HoldCoordinator(HoldPlan plan, Context context) {
    this.plan = plan;
    this.context = context;
    this.readers = Stream.generate(Reader::new).limit(plan.readers()).toList();
  }

  /** Makes one in the job manager. */
  record Provider(HoldPlan plan, OperatorID operator) implements OperatorCoordinator.Provider {
    @Override
    public OperatorID getOperatorId() {
      return operator;
    }

    @Override
    public OperatorCoordinator create(Context context) {
      return new HoldCoordinator(plan, context);
    }
  }

  @Override
  public synchronized CompletableFuture<CoordinationResponse> handleCoordinationRequest(
      CoordinationRequest request) {
    answer.complete(response(false, List.of())); // who asks again waits no more
    if (request instanceof HoldMessage.Stop stop) {
      stop(stop);
      return CompletableFuture.completedFuture(response(false, List.of()));
    }
    if (request instanceof HoldMessage.Fold next && (fold == null || next.number() > number())) {
      begin(next);
    } else {
      readers.forEach(this::ping);
    }
    answer = new CompletableFuture<>();
    answerIfWhole();
    return answer.completeOnTimeout(
        response(false, List.of()), ANSWER_MILLIS, TimeUnit.MILLISECONDS);
  }

  private long number() {
    return fold == null ? -1 : fold.number();
  }

  private void begin(HoldMessage.Fold next) {
    fold = next;
    for (Reader reader : readers) {
      reader.folded = null;
      send(reader);
    }
  }

  private void stop(HoldMessage.Stop stop) {
    if (stop.number() == number()) {
      fold = null;
      readers.stream().filter(r -> r.gateway != null).forEach(r -> r.gateway.sendEvent(stop));
    }
  }

  /** Sends the superstep to a reader that is ready for it. */
  private void send(Reader reader) {
    if (fold != null && reader.folded == null && reader.holds && reader.gateway != null) {
      reader.pings = 0;
      reader.gateway.sendEvent(fold);
    }
  }

  private void ping(Reader reader) {
    boolean isAwaited = fold == null ? reader.loaded == null : reader.folded == null;
    if (!isAwaited || reader.gateway == null) {
      return;
    }
    reader.pings++;
    // One that is reading its rows cannot answer; if it does not come back, Flink finds out.
    if (reader.holds && reader.pings * ANSWER_MILLIS > plan.patience().toMillis()) {
      fail(
          new EngineException(
              ("task %s of those that hold rows has said nothing for %s seconds in a superstep"
                      + " (%s is how many it may)")
                  .formatted(
                      readers.indexOf(reader),
                      plan.patience().toSeconds(),
                      FlinkKeys.PATIENCE.name())));
    } else {
      reader.gateway.sendEvent(new HoldMessage.Ping(number()));
    }
  }

  /** Ends the job; the driver hears of it from Flink. */
  private void fail(Throwable cause) {
    context.failJob(new SuppressRestartsException(cause));
  }

  @Override
  public synchronized void handleEventFromOperator(int subtask, int attempt, OperatorEvent event) {
    Reader reader = readers.get(subtask);
    if (attempt < reader.attempt) {
      return;
    }
    if (attempt > reader.attempt) {
      reader.renew(attempt); // it was faster than the word that it runs
    }
    reader.pings = 0;
    if (event instanceof HoldMessage.Held held) {
      reader.holds = true;
      reader.loaded = reader.loaded == null ? held.frames() : reader.loaded;
      send(reader);
    } else if (event instanceof HoldMessage.Folded folded && folded.number() == number()) {
      reader.folded = folded.frame();
    }
    answerIfWhole();
  }

  private void answerIfWhole() {
    if (answer.isDone()) {
      return;
    }
    List<Parcel> parcels = parcels(fold == null ? reader -> reader.loaded : r -> r.folded);
    if (parcels.size() == readers.size()) {
      for (Reader reader : readers) {
        reader.failures = 0;
        reader.starts = 0;
      }
      answer.complete(response(true, parcels));
    }
  }

  private List<Parcel> parcels(Function<Reader, Parcel> parcel) {
    return readers.stream().map(parcel).filter(found -> found != null).toList();
  }

  private CoordinationResponse response(boolean isWhole, List<Parcel> parcels) {
    int ended = (int) readers.stream().filter(reader -> reader.holds).count();
    try {
      return new HoldAnswer(isWhole, ended, attempts, parcels).toResponse();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
  }

  @Override
  public synchronized void executionAttemptReady(int task, int attempt, SubtaskGateway gateway) {
    Reader reader = readers.get(task);
    if (attempt > reader.attempt) {
      reader.renew(attempt);
    }
    reader.gateway = gateway;
    attempts++;
    send(reader);
  }

  @Override
  public synchronized void executionAttemptFailed(int subtask, int attempt, Throwable reason) {
    Reader reader = readers.get(subtask);
    if (attempt < reader.attempt) {
      return;
    }
    boolean hasRun = reader.gateway != null || reader.holds;
    reader.renew(attempt);
    if (reason == null) {
      return; // it was cancelled
    }
    reader.failures += hasRun ? 1 : 0;
    reader.starts += hasRun ? 0 : 1;
    boolean isHopeless =
        ExceptionUtils.findThrowable(reason, NoResourceAvailableException.class).isPresent();
    if (reader.failures >= plan.attempts() || reader.starts >= MOST_STARTS || isHopeless) {
      fail(reason);
    }
  }

  @Override
  public synchronized void close() {
    answer.completeExceptionally(new FlinkException("the job that holds rows has ended"));
  }

  @Override
  public void start() {
    if (context.currentParallelism() != plan.readers()) {
      fail(
          new EngineException(
              "Flink starts %s tasks of %s that are to hold rows: its scheduler must leave that alone"
                  .formatted(context.currentParallelism(), plan.readers())));
    }
  }

  @Override
  public void subtaskReset(int subtask, long checkpoint) {
    // What a reader has is known by its attempt.
  }

  @Override
  public void resetToCheckpoint(long checkpoint, byte[] state) {
    // The same.
  }

  @Override
  public void checkpointCoordinator(long checkpoint, CompletableFuture<byte[]> state) {
    state.complete(new byte[0]);
  }

  @Override
  public void notifyCheckpointComplete(long checkpoint) {
    // There are none.
  }
}
