package io.drawbar;

import io.drawbar.iterate.DataFingerprint;
import io.drawbar.type.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Transforms and trainers, one after the other; itself a trainer. Each trainer is fitted to the
 * rows as the stages before it have made them, in a pass of its own.
 *
 * <pre>{@code
 * PipelineModel model =
 *     Pipeline.of(
 *             VectorAssembler.of("age", "income", "visits").into("features"),
 *             StandardScaler.on("features"),
 *             LinearRegression.on("features").predicting("spent"))
 *         .fit(customers);
 * }</pre>
 *
 * @param stages at least one
 */
public record Pipeline(List<PipelineStage> stages) implements Trainer<PipelineModel> {
  /**
   * Copies the stages.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Pipeline {
    stages = List.copyOf(stages);
    if (stages.isEmpty()) {
      throw new IllegalArgumentException("a pipeline needs at least one stage");
    }
  }

  /** A pipeline of these stages, in order. */
  public static Pipeline of(PipelineStage... stages) {
    return new Pipeline(List.of(stages));
  }

  /**
   * Fits each trainer, in order.
   *
   * @throws io.drawbar.error.DrawbarException if a stage does not fit the columns before it, or the
   *     data does not determine one of the models
   */
  @Override
  public PipelineModel fit(Dataset training) {
    List<Transform> fitted = new ArrayList<>();
    List<Provenance> learnt = new ArrayList<>();
    Dataset rows = training;
    for (PipelineStage stage : stages) {
      Transform transform;
      if (stage instanceof Trainer<?> trainer) {
        Model model = trainer.fit(rows);
        learnt.add(model.provenance());
        transform = model;
      } else {
        transform = (Transform) stage;
      }
      fitted.add(transform);
      rows = transform.transform(rows);
    }
    Provenance provenance = provenance(training, learnt);
    try {
      return PipelineModel.of(fitted, training.schema(), provenance);
    } catch (UnsupportedModelException e) {
      // A user's transform that looks at its rows cannot be planned without them.
      return new PipelineModel(fitted, training.schema(), Schema.empty(), provenance);
    }
  }

  /** What its trainers have learnt from, together. */
  private Provenance provenance(Dataset training, List<Provenance> learnt) {
    List<String> inputs = learnt.stream().flatMap(p -> p.inputs().stream()).distinct().toList();
    long rows = learnt.stream().mapToLong(Provenance::rows).max().orElse(0);
    List<String> data = learnt.stream().map(Provenance::data).toList();
    Provenance own = Provenance.of(this, training, inputs, new DataFingerprint());
    return new Provenance(
            own.trainer(), own.parameters(), inputs, rows, String.join("+", data), own.version())
        .endedAs(learnt);
  }

  /** As it is written in a program. */
  @Override
  public String toString() {
    return stages.stream()
        .map(stage -> stage.getClass().isHidden() ? "a function" : stage.toString())
        .collect(Collectors.joining(",\n    ", "Pipeline.of(\n    ", ")"));
  }
}
