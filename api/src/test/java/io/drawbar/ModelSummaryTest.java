package io.drawbar;

import static io.drawbar.expr.Functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawbar.learn.LinearRegressionModel;
import io.drawbar.summary.Summary;
import io.drawbar.type.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What models say of themselves, as text. */
class ModelSummaryTest {
  private static final Map<String, String> PARAMETERS = new LinkedHashMap<>();

  static {
    PARAMETERS.put("label", "y");
    PARAMETERS.put("weight", "");
  }

  private static final Provenance PROVENANCE =
      new Provenance("Gardener", PARAMETERS, List.of("x", "y"), 1234, "00ff", "0.1");

  /** A model of a user's own, which says nothing of itself. */
  private record PlantModel(double weight) implements Model {
    private static final long serialVersionUID = 1;

    @Override
    public ModelContent content() {
      return ModelContent.of("plant-model").metric("growth", .5).provenance(PROVENANCE).build();
    }

    @Override
    public Dataset transform(Dataset input) {
      return input.withColumn("weight", col("x").times(weight));
    }
  }

  @Test
  void aModelOfAUsersOwnHasItsMetricsAndItsProvenance() {
    assertThat(new PlantModel(3).summary().toString())
        .isEqualTo(
            """
            plant model
              growth  0.5

              where it comes from
                trainer                       Gardener
                rows                          1,234
                version of Drawbar            0.1
                learnt from the columns       x, y
                fingerprint of their content  00ff
                label                         y
                weight                        none
            """);
  }

  @Test
  void aPipelineHasWhatItsStagesSay() {
    Transform function = rows -> rows;
    PipelineModel model =
        new PipelineModel(
            List.of(function, new PlantModel(3)),
            Schema.empty(),
            Schema.empty(),
            Provenance.none());
    assertThat(model.summary().toString())
        .startsWith("pipeline of 2 stages\n\n  transform\n    a function\n\n  plant model\n")
        .contains("trainer             none: put together by hand")
        .doesNotContain("@");
  }

  @Test
  void aRegressionThatWasPutTogetherByHandSaysWhatItLacks() {
    LinearRegressionModel model =
        new LinearRegressionModel(
            "x", List.of("a"), List.of(2.0), 1, 9, .5, .25, Provenance.none());
    Summary summary = model.summary();
    assertThat(summary.toString())
        .startsWith(
            """
            linear regression on 'x'
              rows                     9
              R\u00b2                       0.5
              residual standard error  0.25

              coefficients
                element    coefficient
                intercept            1
                a                    2
              No standard errors and p-values: the model does not have them.
            """);
    assertThat(summary.html()).contains("coefficients in their units");
  }
}
