package io.drawbar;

import java.util.Map;
import java.util.function.Function;

/** Reads pipelines. */
public final class PipelineFormat implements ModelFormat {
  @Override
  public Map<String, Function<ModelContent, Saveable>> readers() {
    return Map.of(PipelineModel.TYPE, PipelineModel::of);
  }
}
