package io.drawbar.engine.flink;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.JobVertexID;
import org.apache.flink.runtime.jobmaster.JobResult;

/** Where jobs run. */
interface Cluster extends AutoCloseable {

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
  boolean isRunning();

  /** Hands a job over. */
  CompletableFuture<?> submit(JobGraph job);

  /** What became of a job, once it has ended. */
  CompletableFuture<JobResult> result(JobID job);

  /** Tells a job to stop. */
  CompletableFuture<?> cancel(JobID job);

  /** How far the vertices of a job have come: as it is, once the job has ended. */
  CompletableFuture<List<VertexState>> look(JobID job);

  /** How often to {@link #look} while a job runs. */
  Duration lookEvery();

  @Override
  void close();
}
