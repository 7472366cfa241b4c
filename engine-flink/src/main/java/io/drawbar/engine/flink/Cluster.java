package io.drawbar.engine.flink;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.JobID;
import org.apache.flink.client.program.ClusterClient;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.JobVertexID;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.operators.coordination.CoordinationRequest;
import org.apache.flink.runtime.operators.coordination.CoordinationResponse;

/** Where jobs run, asked by a client of Flink's, be it here or elsewhere. */
abstract class Cluster implements AutoCloseable {

  private final ClusterClient<?> client;

  Cluster(ClusterClient<?> client) {
    this.client = client;
  }

  /**
   * How far a vertex of a job has come.
   *
   * @param vertex its id in the job graph
   * @param tasks how many tasks it has
   * @param begun how many of them run or have run
   * @param ended how many have ended well
   * @param bytesOut what it has handed to Flink's exchanges, of the attempts that counted
   */
  record VertexState(JobVertexID vertex, int tasks, int begun, int ended, long bytesOut) {}

  /** Whether it can still be asked. */
  abstract boolean isRunning();

  /** Hands a job over. */
  CompletableFuture<?> submit(JobGraph job) {
    return client.submitJob(job);
  }

  /** What became of a job, once it has ended. */
  CompletableFuture<JobResult> result(JobID job) {
    return client.requestJobResult(job);
  }

  /** Tells a job to stop. */
  final CompletableFuture<?> cancel(JobID job) {
    return client.cancel(job);
  }

  /** Asks the coordinator of an operator of a job that runs. */
  final CompletableFuture<CoordinationResponse> ask(
      JobID job, OperatorID operator, CoordinationRequest request) {
    return client.sendCoordinationRequest(job, operator, request);
  }

  /**
   * How many tasks can run at once that stay, beside those of other jobs.
   *
   * @param wanted as many as that if possible
   * @param held how many others hold rows
   */
  abstract int room(int wanted, int held) throws InterruptedException;

  /** How long a job that waits for its driver goes on without hearing of it; zero if for ever. */
  abstract Duration orphanedAfter();

  /** The driver of a job is there, until a moment of the clock. */
  final CompletableFuture<?> reportDriver(JobID job, long untilMillis) {
    return client.reportHeartbeat(job, untilMillis);
  }

  /** How far the vertices of a job have come: as it is, once the job has ended. */
  abstract CompletableFuture<List<VertexState>> look(JobID job);

  /** How often to {@link #look} while a job runs. */
  abstract Duration lookEvery();

  @Override
  public void close() {
    client.close();
  }
}
