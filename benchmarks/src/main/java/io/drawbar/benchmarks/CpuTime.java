package io.drawbar.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * The CPU time of the process in each run, of all its threads, compiler and garbage collector
 * included. It says what a job costs also where others use the machine.
 */
public final class CpuTime implements InternalProfiler {
  static final String NAME = "cpu";

  private static final double NANOS = 1e6;

  private static volatile long ended;

  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private long start;

  /** Says that the run is over: what is done afterwards to check its answer does not count. */
  static void end() {
    ended = SYSTEM.getProcessCpuTime();
  }

  @Override
  public String getDescription() {
    return "CPU time of the process";
  }

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    start = SYSTEM.getProcessCpuTime();
  }

  @Override
  public Collection<? extends Result<?>> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    long end = ended > start ? ended : SYSTEM.getProcessCpuTime();
    double spent = (end - start) / NANOS;
    return List.of(new ScalarResult(NAME, spent, "ms", AggregationPolicy.AVG));
  }
}
