package io.drawbar.benchmarks;

/** A program that does a job of the benchmarks, on an engine that has been started. */
@FunctionalInterface
interface Contender {

  /** What is not timed: keeping the input in memory, for a job that starts from there. */
  default void prepare(Input input) throws Exception {}

  /** Does the job; returns the answer in the form of {@link Job}. */
  double[] run(Input input) throws Exception;
}
