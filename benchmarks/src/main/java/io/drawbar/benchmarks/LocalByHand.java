package io.drawbar.benchmarks;

/** Plain Java in this process: parallel streams, and what a specialist would write. */
final class LocalByHand extends ByHand {

  LocalByHand() {
    offer(Job.WORD_COUNT, "handWritten", LocalStreams::wordCount);
    offer(Job.WORD_COUNT, "handTuned", TunedWordCount::run);
    offer(Job.KEYED_AVERAGE, "handWritten", LocalStreams::keyedAverage);
    offer(Job.KEYED_AVERAGE, "handTuned", TunedKeyedAverage::run);
    offer(Job.JOIN, "handWritten", LocalStreams::join);
    offer(Job.SORT, "handWritten", LocalStreams::sort);
    offer(Job.REGRESSION_FROM_CSV, "handWritten", LocalStreams::regression);
    offer(Job.REGRESSION_FROM_CACHE, "handWritten", new LocalStreams.CachedRegression());
    offer(Job.SUPERSTEPS, "handWritten", new LocalSupersteps());
    offer(Job.READ_CSV, "plain", PlainReaders::csv);
    offer(Job.READ_JSON, "plain", PlainReaders::json);
    offer(Job.READ_LIBSVM, "plain", PlainReaders::libsvm);
    offer(Job.READ_CSV, "memoryScan", new MemoryScan());
    offer(Job.READ_JSON, "memoryScan", new MemoryScan());
    offer(Job.READ_LIBSVM, "memoryScan", new MemoryScan());
    offer(Job.WRITE_CSV, "plain", new PlainCsvWriter());
    offer(Job.WRITE_CSV, "memoryScan", new MemoryScan());
    offer(Job.READ_PARQUET, "plain", ParquetRows::plain);
    offer(Job.READ_PARQUET, "memoryScan", new ParquetRows.Scan());
    for (Training training : Training.ALL) {
      for (String from : Training.FROM) {
        offer(training.from(from), "handWritten", TrainBenchmark.byHand(training, from));
      }
    }
    offerMore();
  }

  /** Another library's, if it is on the class path. */
  private void offerMore() {
    try {
      Class.forName(ByHand.class.getPackageName() + ".TribuoTrainings")
          .getDeclaredMethod("offer", LocalByHand.class)
          .invoke(null, this);
    } catch (ClassNotFoundException e) {
      // Compiled with -Dbenchmark=TrainBenchmark, -Ptribuo or -Pall-engines.
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  void start() {}

  @Override
  public void close() {}
}
