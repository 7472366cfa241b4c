package io.drawbar.testkit;

import io.drawbar.Dataset;
import io.drawbar.Session;
import io.drawbar.io.Records;
import io.drawbar.type.Schema;
import java.util.List;

/**
 * The other dataset of an operation on two: the same one again, or rows in memory, after some
 * steps.
 *
 * @param source rows in memory; null for the dataset itself
 */
record OtherRows(GeneratedSource source, List<PipelineStep> steps) {
  OtherRows {
    steps = List.copyOf(steps);
  }

  /** The dataset itself, after some steps. */
  static OtherRows self(PipelineStep... steps) {
    return new OtherRows(null, List.of(steps));
  }

  Dataset dataset(Session session, Dataset self) {
    Dataset dataset =
        source == null ? self : session.read(Records.of(source.schema(), source.rows()));
    for (PipelineStep step : steps) {
      dataset = step.apply(session, dataset);
    }
    return dataset;
  }

  Schema schema(Schema self) {
    Schema schema = source == null ? self : source.schema();
    for (PipelineStep step : steps) {
      schema = step.schema(schema);
    }
    return schema;
  }
}
