package io.drawbar.io;

import io.drawbar.error.NearestName;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** What has to be on the class path for the files of a scheme. */
final class FileSystemJars {
  private static final String HADOOP =
      "org.apache.hadoop:hadoop-client-api and org.apache.hadoop:hadoop-client-runtime";

  private static final Map<String, String> JARS =
      Map.of(
          "hdfs", HADOOP,
          "webhdfs", HADOOP,
          "swebhdfs", HADOOP,
          "viewfs", HADOOP,
          "har", HADOOP,
          "s3a", HADOOP + ", and org.apache.hadoop:hadoop-aws of the same version",
          "abfs", HADOOP + ", and org.apache.hadoop:hadoop-azure of the same version",
          "abfss", HADOOP + ", and org.apache.hadoop:hadoop-azure of the same version",
          "gs", HADOOP + ", and com.google.cloud.bigdataoss:gcs-connector");

  private static final Map<String, String> OTHER_NAMES = Map.of("s3", "s3a", "s3n", "s3a");

  private FileSystemJars() {}

  /** The way out where nobody knows a scheme. */
  static String advice(String scheme) {
    String jars = JARS.get(scheme);
    if (jars != null) {
      return "Add %s to the class path.".formatted(jars);
    }
    if (List.of("http", "https").contains(scheme)) {
      return "Download the file: its rows are read in ranges, by several tasks, and again after a failure.";
    }
    String other = OTHER_NAMES.get(scheme);
    if (other == null) {
      other = NearestName.of(scheme, new TreeSet<>(JARS.keySet())).orElse(null);
    }
    return other != null
        ? "Did you mean %s://?".formatted(other)
        : "Add the jar that brings it to Hadoop (fs.%s.impl) or has a FileSystemFactory, or name a file system with on(...)."
            .formatted(scheme);
  }
}
