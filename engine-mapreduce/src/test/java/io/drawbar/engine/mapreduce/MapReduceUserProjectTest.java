package io.drawbar.engine.mapreduce;

import io.drawbar.testkit.UserProjectTest;

/** A user's project with {@code drawbar-engine-mapreduce}. */
final class MapReduceUserProjectTest extends UserProjectTest {
  @Override
  protected String engine() {
    return "mapreduce";
  }

  @Override
  protected String attached() {
    return """
        package com.example;

        import static io.drawbar.expr.Functions.*;

        import io.drawbar.*;
        import io.drawbar.engine.mapreduce.*;
        import io.drawbar.spi.Source;
        import io.drawbar.type.*;
        import java.nio.file.*;
        import org.apache.hadoop.conf.Configuration;
        import org.apache.hadoop.io.*;
        import org.apache.hadoop.mapreduce.lib.input.*;

        public final class Attached {
          public record Visit(String page, long visits) {}

          public static void main(String[] arguments) throws Exception {
            Path file = Path.of("visits.txt");
            Files.writeString(file, "home\\n".repeat(3) + "about\\n" + "home\\n".repeat(4));
            Configuration configuration = new Configuration();
            configuration.set(FileInputFormat.INPUT_DIR, file.toUri().toString());
            Schema schema = Schema.of(Visit.class);
            // sample
          }
        }
        """;
  }
}
