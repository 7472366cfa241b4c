package io.drawbar.engine.spark;

import io.drawbar.spi.EngineException;
import io.drawbar.spi.Stage;
import java.io.NotSerializableException;
import java.util.List;

/** Spark's exceptions in words that help. */
final class Failures {

  private static final int DEPTH = 32;

  private Failures() {}

  /** The error of a run: which stage, why, and the way out. */
  static EngineException of(String run, List<Stage> stages, Throwable failure) {
    Throwable root = root(failure);
    return EngineException.ofStages(
        SparkEngineFactory.NAME, stages, run, line(root), wayOut(failure, root), failure);
  }

  private static String wayOut(Throwable failure, Throwable root) {
    String conf = SparkKeys.CONF.name();
    String message = String.valueOf(failure.getMessage());
    if (message.contains("spark.driver.maxResultSize")) {
      return "Write the result instead of collecting it, or raise the limit with"
          + " %sspark.driver.maxResultSize = 4g (0 for none), as far as the driver's heap goes."
              .formatted(conf);
    }
    if (root instanceof NotSerializableException) {
      return "Functions of a pipeline are shipped to tasks: make what they capture Serializable, or"
          + " create it inside.";
    }
    if (root instanceof OutOfMemoryError) {
      return "Give the tasks more heap: -Xmx with a local master, else %sspark.executor.memory."
          .formatted(conf);
    }
    if (!message.contains(" failed ")) {
      return "Spark ended the job itself: it was cancelled, or its context stopped.";
    }
    return "Spark tried a task as often as %sspark.task.maxFailures says (4), or the second number of"
            .formatted(conf)
        + " local[2,4]; its own trace follows as the cause.";
  }

  /** Where a chain of causes starts. */
  static Throwable root(Throwable failure) {
    Throwable root = failure;
    for (int i = 0; i < DEPTH && root.getCause() != null; i++) {
      root = root.getCause();
    }
    return root;
  }

  /** The name and the first line of an exception: Spark's messages go on with stack traces. */
  static String line(Throwable failure) {
    String message = String.valueOf(failure.getMessage()).lines().findFirst().orElse("").strip();
    return failure.getClass().getSimpleName()
        + ": "
        + (message.endsWith(".") ? message.substring(0, message.length() - 1) : message);
  }
}
