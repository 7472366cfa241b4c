package io.drawbar.io.parquet;

import io.drawbar.error.DrawbarException;

/** Whether the jars are there that this package needs and that come with no other. */
final class Libraries {
  private Libraries() {}

  /**
   * Checks that they are.
   *
   * @throws DrawbarException if one is missing; names it
   */
  static void check() {
    check("org.apache.parquet.hadoop.ParquetFileWriter", "org.apache.parquet:parquet-hadoop");
    check("org.apache.hadoop.conf.Configuration", "org.apache.hadoop:hadoop-client-api");
  }

  /**
   * Checks that a class is there.
   *
   * @param jar what it is in, as Maven calls it
   */
  static void check(String className, String jar) {
    try {
      Class.forName(className, false, Libraries.class.getClassLoader());
    } catch (ClassNotFoundException | LinkageError e) {
      throw new DrawbarException(
          ("Parquet needs %s, and %s is not on the class path. Add org.apache.parquet:parquet-hadoop,"
                  + " org.apache.hadoop:hadoop-client-api and org.apache.hadoop:hadoop-client-runtime"
                  + " to the program, and to what is sent to the workers of an engine; Spark has all"
                  + " three.")
              .formatted(jar, className),
          e);
    }
  }
}
