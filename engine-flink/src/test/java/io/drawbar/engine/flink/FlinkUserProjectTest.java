package io.drawbar.engine.flink;

import io.drawbar.testkit.UserProjectTest;

/** A user's project with {@code drawbar-engine-flink}. */
final class FlinkUserProjectTest extends UserProjectTest {
  @Override
  protected String engine() {
    return "flink";
  }

  @Override
  protected String attached() {
    return """
        package com.example;

        import static io.drawbar.expr.Functions.*;

        import io.drawbar.*;
        import io.drawbar.engine.flink.*;
        import org.apache.flink.streaming.api.datastream.DataStream;
        import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

        public final class Attached {
          public static class Visit {
            public String page;
            public long visits;

            public static Visit of(String page, long visits) {
              Visit visit = new Visit();
              visit.page = page;
              visit.visits = visits;
              return visit;
            }
          }

          public static void main(String[] arguments) throws Exception {
            StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.createLocalEnvironment(2);
            DataStream<Visit> visits =
                environment.fromData(
                    Visit.of("home", 3), Visit.of("about", 1), Visit.of("home", 4));
            // sample
          }
        }
        """;
  }
}
