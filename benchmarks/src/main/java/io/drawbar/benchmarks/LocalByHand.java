package io.drawbar.benchmarks;

/** Plain Java in this process: parallel streams, and what a specialist would write. */
final class LocalByHand extends ByHand {

  LocalByHand() {
    offer(Job.WORD_COUNT, "handWritten", LocalStreams::wordCount);
    offer(Job.WORD_COUNT, "handTuned", TunedWordCount::run);
    offer(Job.KEYED_AVERAGE, "handWritten", LocalStreams::keyedAverage);
    offer(Job.KEYED_AVERAGE, "handTuned", TunedKeyedAverage::run);
    offer(Job.JOIN, "handWritten", LocalStreams::join);
    offer(Job.REGRESSION_FROM_CSV, "handWritten", LocalStreams::regression);
    offer(Job.REGRESSION_FROM_CACHE, "handWritten", new LocalStreams.CachedRegression());
    offer(Job.SUPERSTEPS, "handWritten", new LocalSupersteps());
  }

  @Override
  void start() {}

  @Override
  public void close() {}
}
