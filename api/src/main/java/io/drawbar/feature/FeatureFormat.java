package io.drawbar.feature;

import io.drawbar.ModelContent;
import io.drawbar.ModelFormat;
import io.drawbar.Saveable;
import java.util.Map;
import java.util.function.Function;

/** Reads the transforms of this package. */
public final class FeatureFormat implements ModelFormat {
  @Override
  public Map<String, Function<ModelContent, Saveable>> readers() {
    return Map.of(
        VectorAssembler.TYPE, VectorAssembler::of,
        StandardScalerModel.TYPE, StandardScalerModel::of,
        StringIndexerModel.TYPE, StringIndexerModel::of,
        OneHotEncoderModel.TYPE, OneHotEncoderModel::of);
  }
}
