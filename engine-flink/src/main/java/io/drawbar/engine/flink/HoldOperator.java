package io.drawbar.engine.flink;

import io.drawbar.spi.HeldBlocks;
import io.drawbar.spi.Split;
import io.drawbar.spi.StageTask;
import io.drawbar.spi.SuperstepProgram;
import io.drawbar.spi.TaskContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.execution.CancelTaskException;
import org.apache.flink.runtime.operators.coordination.OperatorEvent;
import org.apache.flink.runtime.operators.coordination.OperatorEventGateway;
import org.apache.flink.runtime.operators.coordination.OperatorEventHandler;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.FlinkRuntimeException;
import org.apache.flink.util.function.ThrowingRunnable;

/**
 * A reader: at the word to start it reads its rows, which then stay with it, and at each superstep
 * it folds them. Everything happens on the one thread of its task, some blocks at a time, so that
 * between them it hears what else is said.
 */
final class HoldOperator extends AbstractStreamOperator<Void>
    implements OneInputStreamOperator<Tuple2<Integer, byte[]>, Void>, OperatorEventHandler {
  private static final long serialVersionUID = 1;

  /** How long it folds without listening; a block may take longer. */
  private static final long BURST_NANOS = 2_000_000;

  /** What is said of failures outside the stages. */
  private static final int NO_STAGE = -1;

  private final transient HoldPlan plan;
  private final transient OperatorEventGateway coordinator;
  private final transient MailboxExecutor mailbox;
  private final transient List<HeldBlocks> held = new ArrayList<>();

  /** What has been said last, to be said again. */
  private transient HoldMessage.Held loaded;

  private transient HoldMessage.Folded folded;

  private transient long programNumber = -1;
  private transient SuperstepProgram program;

  /** The superstep under way, where it has come to, and the largest number heard of. */
  private transient HoldMessage.Fold work;

  private transient SuperstepProgram.Worker worker;
  private transient int task;
  private transient int block;
  private transient long newest = -1;

  private transient int stage = NO_STAGE;

  HoldOperator(HoldPlan plan, OperatorEventGateway coordinator, MailboxExecutor mailbox) {
    this.plan = plan;
    this.coordinator = coordinator;
    this.mailbox = mailbox;
  }

  @Override
  public void processElement(StreamRecord<Tuple2<Integer, byte[]>> start) {
    guard(
        () -> {
          List<byte[]> frames = new ArrayList<>();
          for (HoldPlan.HeldStage one : plan.stages()) {
            stage = one.id();
            if (start.getValue().f0 < one.tasks()) {
              held.add(read(one, start.getValue().f0, frames));
            }
          }
          stage = NO_STAGE;
          loaded = new HoldMessage.Held(Parcel.of(plan.folder(), frames, plan.messageBytes()));
          coordinator.sendEventToCoordinator(loaded);
        });
  }

  private HeldBlocks read(HoldPlan.HeldStage one, int number, List<byte[]> frames)
      throws IOException {
    TaskContext context =
        TaskContext.of(number, one.tasks(), 1, Attempt.name(one.id(), info()))
            .withMemoryBytes(Math.max(1, memoryBytes() / plan.stages().size()))
            .withSpillFolder(
                StageOperator.spillFolder(getContainingTask().getEnvironment(), number));
    List<Split> splits = plan.folder().get(Feed.Splits.file(one.id(), number), classes());
    try (StageTask reading = one.program().open(context, (receiver, frame) -> frames.add(frame))) {
      for (Split split : splits) {
        reading.split(split);
      }
      reading.endInput();
      return reading.held();
    }
  }

  private long memoryBytes() {
    Configuration manager =
        getContainingTask().getEnvironment().getTaskManagerInfo().getConfiguration();
    int slots = plan.slots() > 0 ? plan.slots() : manager.get(TaskManagerOptions.NUM_TASK_SLOTS);
    return StageOperator.memoryBytes(manager, Runtime.getRuntime().maxMemory(), slots);
  }

  private TaskInfo info() {
    return getRuntimeContext().getTaskInfo();
  }

  private ClassLoader classes() {
    return getUserCodeClassloader();
  }

  @Override
  public void handleOperatorEvent(OperatorEvent event) {
    guard(
        () -> {
          if (event instanceof HoldMessage.Fold fold && fold.number() > newest) {
            begin(fold);
          } else if (event instanceof HoldMessage.Fold fold) {
            tell(fold.number());
          } else if (event instanceof HoldMessage.Ping ping) {
            tell(ping.number());
          } else if (event instanceof HoldMessage.Stop stop && isAt(stop.number())) {
            rest();
          }
        });
  }

  private boolean isAt(long number) {
    return work != null && work.number() == number;
  }

  /** How it stands with a superstep. */
  private void tell(long number) {
    if (isAt(number)) {
      coordinator.sendEventToCoordinator(new HoldMessage.Working(number));
    } else if (folded != null && folded.number() == number) {
      coordinator.sendEventToCoordinator(folded);
    } else if (loaded != null && (number > newest || number < 0)) {
      coordinator.sendEventToCoordinator(loaded);
    }
  }

  private void begin(HoldMessage.Fold fold) throws IOException {
    newest = fold.number();
    work = fold;
    folded = null;
    if (fold.program() != programNumber) {
      program = plan.folder().get(HoldMessage.Fold.file(fold.program()), classes());
      programNumber = fold.program();
    }
    worker = program.open(fold.state().frames(plan.folder()).get(0));
    task = 0;
    block = 0;
    goOn(fold);
  }

  private void goOn(HoldMessage.Fold fold) throws IOException {
    long start = System.nanoTime();
    while (work == fold && System.nanoTime() - start < BURST_NANOS) {
      if (task == held.size()) {
        end();
      } else if (block == held.get(task).count()) {
        task++;
        block = 0;
      } else {
        worker.fold(held.get(task), block++);
      }
    }
    if (work == fold) {
      mailbox.execute(
          () -> guard(() -> goOnIfWanted(fold)), "superstep of number %s", fold.number());
    }
  }

  private void goOnIfWanted(HoldMessage.Fold fold) throws IOException {
    if (work == fold) {
      goOn(fold);
    }
  }

  private void end() throws IOException {
    Parcel frame = Parcel.of(plan.folder(), List.of(worker.end()), plan.messageBytes());
    folded = new HoldMessage.Folded(work.number(), frame);
    rest();
    coordinator.sendEventToCoordinator(folded);
  }

  private void rest() {
    work = null;
    worker = null;
  }

  @Override
  public void close() throws Exception {
    held.forEach(HeldBlocks::close);
    super.close();
  }

  /* Errors, too, see StageOperator. Who counts them is the coordinator. */
  private void guard(ThrowingRunnable<Throwable> todo) {
    try {
      todo.run();
    } catch (Throwable e) {
      if (getContainingTask().isCanceled()) {
        throw new CancelTaskException(e);
      }
      String when = work == null ? "" : ", superstep %s".formatted(work.number());
      throw new FlinkRuntimeException(new StageFailure(stage, info(), when, e));
    }
  }
}
