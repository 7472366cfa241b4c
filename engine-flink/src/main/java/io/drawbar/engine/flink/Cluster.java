package io.drawbar.engine.flink;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.JobID;
import org.apache.flink.client.program.ClusterClient;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.JobVertexID;
import org.apache.flink.runtime.jobmaster.JobResult;

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
  final CompletableFuture<JobResult> result(JobID job) {
    return client.requestJobResult(job);
  }

  /** Tells a job to stop. */
  final CompletableFuture<?> cancel(JobID job) {
    return client.cancel(job);
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
