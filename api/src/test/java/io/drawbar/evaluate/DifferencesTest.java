package io.drawbar.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbar.Pipeline;
import io.drawbar.Transform;
import io.drawbar.feature.MinMaxScaler;
import io.drawbar.feature.OneHotEncoder;
import io.drawbar.feature.StandardScaler;
import io.drawbar.feature.StringIndexer;
import io.drawbar.learn.LogisticRegression;
import java.util.List;
import org.junit.jupiter.api.Test;

class DifferencesTest {
  private static final LogisticRegression PLAIN = LogisticRegression.on("features");

  private static Pipeline pipeline(LogisticRegression last) {
    return Pipeline.of(
        StringIndexer.on("job").into("jobIndex"),
        OneHotEncoder.on("jobIndex").into("features"),
        StandardScaler.on("features"),
        last);
  }

  @Test
  void onlyWhatDiffersIsNamed() {
    assertThat(Differences.of(List.of(PLAIN.withL2(.001), PLAIN.withL2(.1))))
        .containsExactly("LogisticRegression l2=0.001", "LogisticRegression l2=0.1");
    assertThat(Differences.of(List.of(PLAIN.withL2(1), PLAIN.withL2(2).predicting("y"))))
        .containsExactly(
            "LogisticRegression label=label l2=1.0", "LogisticRegression label=y l2=2.0");
    assertThat(Differences.of(List.of(PLAIN, PLAIN))).containsExactly("", "");
  }

  @Test
  void stagesOfPipelinesAreLookedInto() {
    assertThat(
            Differences.of(
                List.of(
                    pipeline(PLAIN.withL2(.001)),
                    pipeline(PLAIN.withL2(.01)),
                    pipeline(PLAIN.withL2(.1)))))
        .containsExactly(
            "LogisticRegression l2=0.001",
            "LogisticRegression l2=0.01",
            "LogisticRegression l2=0.1");
    Pipeline inner = Pipeline.of(StandardScaler.on("features"));
    assertThat(
            Differences.of(
                List.of(
                    Pipeline.of(inner, PLAIN.withL2(1)),
                    Pipeline.of(MinMaxScaler.on("features"), PLAIN))))
        .containsExactly(
            "Pipeline, LogisticRegression l2=1.0", "MinMaxScaler, LogisticRegression l2=0.0");
  }

  @Test
  void pipelinesOfOtherLengthsAndFunctionsHaveNames() {
    Transform kept = rows -> rows;
    Transform dropped = rows -> rows.drop("x");
    assertThat(
            Differences.of(List.of(Pipeline.of(PLAIN), Pipeline.of(kept, StandardScaler.on("x")))))
        .containsExactly("[LogisticRegression]", "[a function, StandardScaler]");
    assertThat(
            Differences.of(
                List.of(Pipeline.of(kept, PLAIN.withL2(1)), Pipeline.of(dropped, PLAIN.withL2(2)))))
        .containsExactly(
            "a function, LogisticRegression l2=1.0", "a function, LogisticRegression l2=2.0");
  }
}
