package io.drawbar;

import io.drawbar.summary.Summary;
import io.drawbar.type.Field;
import io.drawbar.type.Schema;
import java.util.ArrayList;
import java.util.List;

/**
 * A fitted {@link Pipeline}: transforms, one after the other.
 *
 * @param stages at least one
 * @param reads the columns of the training data that the stages use; all, if a stage looks at its
 *     rows, so that it cannot be planned without them
 * @param adds the columns that the stages add or replace; none, if they are not known for such a
 *     stage
 * @param provenance what the stages were fitted by, and to; each has one of its own, too
 */
public record PipelineModel(
    List<Transform> stages, Schema reads, Schema adds, Provenance provenance) implements Model {
  private static final long serialVersionUID = 1;

  static final String TYPE = "pipeline";

  /** Copies the stages. */
  public PipelineModel {
    stages = List.copyOf(stages);
    if (stages.isEmpty()) {
      throw new IllegalArgumentException("a pipeline needs at least one stage");
    }
  }

  /** A model whose columns are found by planning it over the columns of the training data. */
  static PipelineModel of(List<Transform> stages, Schema training, Provenance provenance) {
    Dataset rows = NarrowPlan.rows(training);
    for (Transform stage : stages) {
      rows = stage.transform(rows);
    }
    List<Field> added = rows.schema().fields().stream().filter(f -> !isIn(training, f)).toList();
    // A vector that is scaled in place looks like the one that it was.
    Schema adds = added.isEmpty() ? rows.schema() : new Schema(added);
    String[] names = adds.names().toArray(String[]::new);
    List<Field> reads = new ArrayList<>();
    for (String column : NarrowPlan.of(rows.select(names)).columns()) {
      reads.add(Field.optional(column, training.field(column).type()));
    }
    return new PipelineModel(stages, new Schema(reads), adds, provenance);
  }

  private static boolean isIn(Schema schema, Field field) {
    return schema.find(field.name()).isPresent()
        && schema.field(field.name()).type().equals(field.type());
  }

  /**
   * What the stages make of a dataset, in order.
   *
   * @throws io.drawbar.error.DrawbarException if a column that a stage needs is not there, or of
   *     another type
   */
  @Override
  public Dataset transform(Dataset input) {
    Dataset rows = input;
    for (Transform stage : stages) {
      rows = stage.transform(rows);
    }
    return rows;
  }

  /**
   * The content of all stages.
   *
   * @throws UnsupportedModelException if a stage is a transform that cannot be saved
   */
  @Override
  public ModelContent content() {
    List<ModelContent> contents = new ArrayList<>();
    for (Transform stage : stages) {
      if (!(stage instanceof Saveable saveable)) {
        throw new UnsupportedModelException(
            "stage %s of the pipeline, counted from 0, is a %s, which cannot be saved: it is no Saveable"
                .formatted(contents.size(), stage.getClass().getName()));
      }
      contents.add(saveable.content());
    }
    return ModelContent.of(TYPE)
        .reads(reads)
        .adds(adds)
        .provenance(provenance)
        .stages(contents)
        .build();
  }

  /** Those of the stages, in order. */
  @Override
  public Summary summary() {
    Summary.Builder summary = Summary.of("pipeline of " + stages.size() + " stages");
    for (Transform stage : stages) {
      summary.part(stage instanceof Model model ? model.summary() : summary(stage));
    }
    return summary.part(provenance.summary()).build();
  }

  private static Summary summary(Transform stage) {
    String kind = stage.getClass().isHidden() ? "" : stage.getClass().getSimpleName();
    return Summary.of(kind.isEmpty() ? "transform" : kind).note(text(stage)).build();
  }

  /** What a stage has to say; what a lambda is called holds an address. */
  private static String text(Transform stage) {
    return stage.getClass().isHidden() ? "a function" : stage.toString().strip();
  }

  /** A line for each stage, and what it has to say below it. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("pipeline of ").append(stages.size()).append(" stages:");
    for (int i = 0; i < stages.size(); i++) {
      Transform stage = stages.get(i);
      String what = text(stage);
      text.append(System.lineSeparator()).append("  ").append(i + 1).append(". ");
      text.append(what.replace("\n", "\n     "));
    }
    return text.toString();
  }

  static PipelineModel of(ModelContent content) {
    List<Transform> stages = new ArrayList<>();
    content.stages().forEach(stage -> stages.add(SavedModels.read(stage)));
    return new PipelineModel(stages, content.reads(), content.adds(), content.provenance());
  }
}
