package io.drawbar.engine.flink;

import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.operators.coordination.OperatorCoordinator;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.CoordinatedOperatorFactory;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;

/** Makes the {@link HoldOperator}s in their tasks, and their coordinator in the job manager. */
final class HoldOperatorFactory extends AbstractStreamOperatorFactory<Void>
    implements OneInputStreamOperatorFactory<Tuple2<Integer, byte[]>, Void>,
        CoordinatedOperatorFactory<Void> {
  private static final long serialVersionUID = 1;

  private final HoldPlan plan;

  HoldOperatorFactory(HoldPlan plan) {
    this.plan = plan;
    this.chainingStrategy = ChainingStrategy.ALWAYS;
  }

  @Override
  @SuppressWarnings("unchecked") // Flink's own signature.
  public <T extends StreamOperator<Void>> T createStreamOperator(
      StreamOperatorParameters<Void> parameters) {
    OperatorID id = parameters.getStreamConfig().getOperatorID();
    HoldOperator operator =
        new HoldOperator(
            plan,
            parameters.getOperatorEventDispatcher().getOperatorEventGateway(id),
            parameters.getMailboxExecutor());
    operator.setup(
        parameters.getContainingTask(), parameters.getStreamConfig(), parameters.getOutput());
    parameters.getOperatorEventDispatcher().registerEventHandler(id, operator);
    return (T) operator;
  }

  @Override
  public OperatorCoordinator.Provider getCoordinatorProvider(String name, OperatorID operator) {
    return new HoldCoordinator.Provider(plan, operator);
  }

  @Override
  @SuppressWarnings("rawtypes") // Flink's own signature.
  public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classes) {
    return HoldOperator.class;
  }
}
